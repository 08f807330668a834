package io.tapeline.market.sim.domain;

import io.tapeline.model.Side;

/** Orders that are used again: one stack for each side and each way to end. */
final class OrderPool {
  /** An order that knows its number. */
  static final class Pooled extends BookOrder {
    long id;

    Pooled(Side side, Rest rest) {
      super(side, NOBODY, rest, 0, 1);
    }
  }

  private static final int MOST = 1 << 15;
  private final Pooled[][] free = new Pooled[4][MOST];
  private final int[] sizes = new int[4];

  OrderPool() {
    for (var side : Side.values()) {
      for (var rest : new BookOrder.Rest[] {BookOrder.Rest.WAITS, BookOrder.Rest.ENDS}) {
        for (int i = 0; i < MOST; i++) give(new Pooled(side, rest));
      }
    }
  }

  Pooled take(Side side, BookOrder.Rest rest, long limit, long lots, long id) {
    int stack = stack(side, rest);
    var order = free[stack][--sizes[stack]];
    order.limit = limit;
    order.leaves = lots;
    order.id = id;
    return order;
  }

  void give(Pooled order) {
    int stack = stack(order.side, order.rest);
    free[stack][sizes[stack]++] = order;
  }

  private static int stack(Side side, BookOrder.Rest rest) {
    return side.ordinal() * 2 + (rest == BookOrder.Rest.WAITS ? 0 : 1);
  }
}
