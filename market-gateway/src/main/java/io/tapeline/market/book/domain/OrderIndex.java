package io.tapeline.market.book.domain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Orders by id: open addressing, so that finding one allocates nothing. */
final class OrderIndex {
  private @Nullable RestingOrder[] slots = new RestingOrder[1 << 15];
  private int mask = slots.length - 1;
  private int size;

  int size() {
    return size;
  }

  @Nullable RestingOrder get(long id) {
    for (int slot = home(id); ; slot = (slot + 1) & mask) {
      var order = slots[slot];
      if (order == null || order.id == id) return order;
    }
  }

  /** Adds an order whose id is not in yet. */
  void add(RestingOrder order) {
    if (size * 2 >= slots.length) grow();
    insert(order);
    size++;
  }

  private void insert(RestingOrder order) {
    int slot = home(order.id);
    while (slots[slot] != null) slot = (slot + 1) & mask;
    slots[slot] = order;
  }

  void remove(long id) {
    int hole = home(id);
    while (true) {
      var order = slots[hole];
      if (order == null) return;
      if (order.id == id) break;
      hole = (hole + 1) & mask;
    }
    size--;
    // what follows moves up, so that no search ends at the hole before it should
    for (int slot = (hole + 1) & mask; ; slot = (slot + 1) & mask) {
      var order = slots[slot];
      if (order == null) break;
      if (((slot - home(order.id)) & mask) >= ((slot - hole) & mask)) {
        slots[hole] = order;
        hole = slot;
      }
    }
    slots[hole] = null;
  }

  void clear() {
    Arrays.fill(slots, null);
    size = 0;
  }

  private void grow() {
    var old = slots;
    slots = new RestingOrder[old.length * 2];
    mask = slots.length - 1;
    for (var order : old) if (order != null) insert(order);
  }

  private int home(long id) {
    long mixed = id * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & mask;
  }
}
