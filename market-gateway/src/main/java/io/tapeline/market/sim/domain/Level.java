package io.tapeline.market.sim.domain;

import org.jspecify.annotations.Nullable;

/** The orders that wait at one price, oldest first, as a list linked through the orders. */
final class Level {
  long px;
  long lots;
  int orders;
  @Nullable BookOrder oldest;
  @Nullable BookOrder newest;

  Level(long px) {
    this.px = px;
  }

  void append(BookOrder order) {
    order.level = this;
    order.older = newest;
    order.newer = null;
    if (newest == null) oldest = order;
    else newest.newer = order;
    newest = order;
    lots += order.leaves;
    orders++;
  }

  void unlink(BookOrder order) {
    if (order.older == null) oldest = order.newer;
    else order.older.newer = order.newer;
    if (order.newer == null) newest = order.older;
    else order.newer.older = order.older;
    order.level = null;
    order.older = null;
    order.newer = null;
    lots -= order.leaves;
    orders--;
  }

  /** Takes lots off one of its orders, which keeps its place. */
  void take(BookOrder order, long less) {
    order.leaves -= less;
    lots -= less;
  }

  boolean isEmpty() {
    return oldest == null;
  }
}
