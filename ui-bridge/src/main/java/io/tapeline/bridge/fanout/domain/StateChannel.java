package io.tapeline.bridge.fanout.domain;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The keys of one state channel, in the order they came up. Cells are only added. */
public final class StateChannel implements Channel {
  /** More keys than any catalogue has; what comes on top is not shown. */
  private static final int MOST_CELLS = 4096;

  private final ChannelName name;
  private final ConcurrentMap<String, Cell> byKey = new ConcurrentHashMap<>();
  private final AtomicInteger followers = new AtomicInteger();
  private volatile Cell[] cells = {};

  StateChannel(ChannelName name) {
    this.name = name;
  }

  @Override
  public ChannelName name() {
    return name;
  }

  boolean isFollowed() {
    return followers.get() > 0;
  }

  void follow() {
    followers.incrementAndGet();
  }

  void leave() {
    followers.decrementAndGet();
  }

  Cell[] cells() {
    return cells;
  }

  /** The cell of the key, made when it is not there; null when the channel is full. */
  synchronized @Nullable Cell cell(String key, boolean keyed) {
    var known = byKey.get(key);
    if (known != null) return known;
    var cell = new Cell(name, keyed ? key : null);
    return add(key, cell, MOST_CELLS) ? cell : null;
  }

  @Nullable Cell find(String key) {
    return byKey.get(key);
  }

  /** Shows a cell of another channel here too; false when there is no more room. */
  synchronized boolean add(String key, Cell cell, int most) {
    if (byKey.containsKey(key)) return true;
    if (cells.length >= most) return false;
    byKey.put(key, cell);
    var more = Arrays.copyOf(cells, cells.length + 1);
    more[cells.length] = cell;
    cells = more;
    return true;
  }
}
