package io.tapeline.market.sim.domain;

import org.jspecify.annotations.Nullable;

/** Orders by a number above zero: open addressing, no boxes, and nothing allocated once it is made. */
final class OrderTable {
  private final long[] keys;
  private final OrderPool.@Nullable Pooled[] values;
  private final int mask;

  /**
   * An empty table.
   *
   * @param capacity of orders at a time; a power of two
   */
  OrderTable(int capacity) {
    int size = Integer.highestOneBit(capacity - 1) << 2;
    keys = new long[size];
    values = new OrderPool.Pooled[size];
    mask = size - 1;
  }

  OrderPool.@Nullable Pooled find(long key) {
    if (key == 0) return null;
    for (int at = home(key); keys[at] != 0; at = (at + 1) & mask) {
      if (keys[at] == key) return values[at];
    }
    return null;
  }

  void put(long key, OrderPool.Pooled order) {
    int at = home(key);
    while (keys[at] != 0) at = (at + 1) & mask;
    keys[at] = key;
    values[at] = order;
  }

  /** Closes the gap, so that no search ends too early and nothing is left behind. */
  void remove(long key) {
    int gap = home(key);
    while (keys[gap] != key) {
      if (keys[gap] == 0) return;
      gap = (gap + 1) & mask;
    }
    for (int at = (gap + 1) & mask; keys[at] != 0; at = (at + 1) & mask) {
      int home = home(keys[at]);
      if (((at - home) & mask) < ((at - gap) & mask)) continue;
      keys[gap] = keys[at];
      values[gap] = values[at];
      gap = at;
    }
    keys[gap] = 0;
    values[gap] = null;
  }

  private int home(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
  }
}
