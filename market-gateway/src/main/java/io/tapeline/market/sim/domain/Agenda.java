package io.tapeline.market.sim.domain;

import java.util.ArrayDeque;
import java.util.TreeMap;

/** What is to happen at a venue time: in the order of the times, and at one time as it was put. */
final class Agenda {
  static final long NOTHING = Long.MAX_VALUE;

  private final TreeMap<Long, ArrayDeque<Runnable>> due = new TreeMap<>();

  void at(long micros, Runnable task) {
    due.computeIfAbsent(micros, _ -> new ArrayDeque<>(1)).add(task);
  }

  long nextAt() {
    return due.isEmpty() ? NOTHING : due.firstKey();
  }

  /** Does what is next. */
  void next() {
    var first = due.pollFirstEntry();
    if (first != null) first.getValue().forEach(Runnable::run);
  }
}
