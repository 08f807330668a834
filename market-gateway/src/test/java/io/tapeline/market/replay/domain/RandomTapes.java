package io.tapeline.market.replay.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Order-by-order recordings out of a seed: a market around 100 in which everything happens. */
final class RandomTapes {
  private record Order(long id, boolean bid, long ticks, long lots) {}

  private final Random random;
  private final Tape tape = Tape.mbo();
  private final List<Order> orders = new ArrayList<>();
  private long nextId = 1;

  private RandomTapes(long seed) {
    random = new Random(seed);
  }

  static Tape mbo(long seed, int events) {
    return new RandomTapes(seed).write(events);
  }

  private Tape write(int events) {
    for (int event = 0; event < events; event++) {
      tape.at(event * 7L);
      int dice = random.nextInt(10);
      if (orders.size() < 20 || dice < 4) add();
      else if (dice < 6) cancel();
      else if (dice < 7) modify();
      else trade();
    }
    return tape;
  }

  private void add() {
    boolean bid = random.nextBoolean();
    long ticks = bid ? 100 - random.nextLong(6) : 101 + random.nextLong(6);
    var order = new Order(nextId++, bid, ticks, 1 + random.nextLong(9));
    orders.add(order);
    if (bid) tape.bid(order.id(), ticks, order.lots());
    else tape.ask(order.id(), ticks, order.lots());
  }

  private void cancel() {
    var order = orders.remove(random.nextInt(orders.size()));
    if (order.bid()) tape.cancelBid(order.id(), order.lots());
    else tape.cancelAsk(order.id(), order.lots());
  }

  private void modify() {
    int at = random.nextInt(orders.size());
    var old = orders.get(at);
    var order = new Order(old.id(), old.bid(), old.ticks(), 1 + random.nextLong(9));
    if (order.lots() <= old.lots()) orders.set(at, order);
    else {
      orders.remove(at);
      orders.add(order);
    }
    if (order.bid()) tape.modifyBid(order.id(), order.ticks(), order.lots());
    else tape.modifyAsk(order.id(), order.ticks(), order.lots());
  }

  /** An aggressor goes through the queue of the best price, as a venue would have it. */
  private void trade() {
    boolean hitsBids = random.nextBoolean();
    var best =
        orders.stream()
            .filter(order -> order.bid() == hitsBids)
            .reduce((a, b) -> (hitsBids ? b.ticks() > a.ticks() : b.ticks() < a.ticks()) ? b : a);
    if (best.isEmpty()) return;
    var order = best.get();
    long lots = 1 + random.nextLong(order.lots());
    if (hitsBids) tape.sellerHits(order.id(), order.ticks(), lots);
    else tape.buyerLifts(order.id(), order.ticks(), lots);
    if (lots == order.lots()) orders.remove(order);
    else
      orders.set(
          orders.indexOf(order),
          new Order(order.id(), order.bid(), order.ticks(), order.lots() - lots));
  }
}
