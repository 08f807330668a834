package io.tapeline.market.sim.domain;

import java.util.SplittableRandom;

/**
 * A mixed stream of instructions, made beforehand: of a hundred about 44 new orders that rest, 40
 * cancels, 10 replaces and 6 orders that take from the book. It speaks of places in a table of open
 * orders, so that it never runs dry and never grows: where the place is empty a new order takes it.
 */
final class OrderStream {
  static final int LENGTH = 1 << 20;
  static final int OPEN = 1 << 13;
  static final int MIDDLE = 20_000;

  /** What comes: PLACE, a cancel or new order at a place; CHANGE, a replace of it; TAKE. */
  static final byte PLACE = 0;

  static final byte CHANGE = 1;
  static final byte TAKE = 2;

  final byte[] kinds = new byte[LENGTH];
  final int[] places = new int[LENGTH];
  final int[] distances = new int[LENGTH];
  final int[] lots = new int[LENGTH];
  final boolean[] buys = new boolean[LENGTH];

  OrderStream(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < LENGTH; i++) {
      int dice = random.nextInt(100);
      kinds[i] = dice < 84 ? PLACE : dice < 94 ? CHANGE : TAKE;
      places[i] = random.nextInt(OPEN);
      // Most of what happens happens near the best price.
      distances[i] = 1 + (int) Math.min(200, -20 * Math.log(1 - random.nextDouble()));
      lots[i] = 1 + random.nextInt(10);
      buys[i] = random.nextBoolean();
    }
  }
}
