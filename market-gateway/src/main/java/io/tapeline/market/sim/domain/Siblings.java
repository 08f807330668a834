package io.tapeline.market.sim.domain;

import java.util.ArrayDeque;

/** Groups of which one order's fill makes the others smaller, once matching is done. */
final class Siblings {
  /** Makes an order smaller. */
  @FunctionalInterface
  interface Shrink {
    void shrink(DeskOrder order, long lots);
  }

  private record Fill(DeskOrder order, long lots) {}

  private final OcoGroups groups = new OcoGroups();
  private final ArrayDeque<Fill> fills = new ArrayDeque<>();
  private final Shrink shrink;

  Siblings(Shrink shrink) {
    this.shrink = shrink;
  }

  void add(DeskOrder order) {
    groups.add(order);
  }

  void ended(DeskOrder order) {
    groups.ended(order);
  }

  void filled(DeskOrder order, long lots) {
    if (!groups.siblings(order).isEmpty()) fills.add(new Fill(order, lots));
  }

  /** Whether somebody was filled and the others do not know yet. */
  boolean isBehind() {
    return !fills.isEmpty();
  }

  void follow() {
    for (var fill = fills.poll(); fill != null; fill = fills.poll()) {
      for (var sibling : groups.siblings(fill.order())) shrink.shrink(sibling, fill.lots());
    }
  }
}
