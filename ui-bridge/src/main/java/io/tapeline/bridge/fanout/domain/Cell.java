package io.tapeline.bridge.fanout.domain;

import org.jspecify.annotations.Nullable;

/**
 * One key of a state channel with its newest value. Written by one thread, read by many. The
 * value's bytes are those that came from the tape: they are never encoded again, only copied into
 * frames.
 */
public final class Cell {
  /** Nobody wants to know how long a value stays here. */
  static final long UNTIMED = Long.MAX_VALUE;

  private final ItemKey key;
  private volatile @Nullable Value newest;

  Cell(ChannelName channel, @Nullable String key) {
    this.key = ItemKey.of(channel, key);
  }

  /**
   * The value as of now.
   *
   * @param changes how often the key has changed so far, from 1; clients remember it
   * @param order by which a newer value is told from an older one; null where the tape's order does
   * @param isGone there is no value any more
   * @param taken when it came here, in microseconds; or {@link #UNTIMED}
   */
  record Value(
      long changes,
      Version version,
      @Nullable Version order,
      boolean isGone,
      Item item,
      long at,
      long taken) {}

  @Nullable Value newest() {
    return newest;
  }

  /** Takes a value whose version is a counter of ours. */
  void put(byte[] data, long atMillis, long takenMicros) {
    take(Version.of(changes()), null, data, atMillis, takenMicros);
  }

  /** Takes a value that brings its version along; one that is not newer is left alone. */
  boolean put(Version version, byte[] data, long atMillis) {
    var known = newest;
    if (known != null && known.order != null && known.order.compareTo(version) >= 0) return false;
    take(version, version, data, atMillis, UNTIMED);
    return true;
  }

  /** Says that the key is gone, whatever came before. */
  void remove(long atMillis) {
    var known = newest;
    if (known == null || known.isGone) return;
    take(known.version, known.order, null, atMillis, UNTIMED);
  }

  private void take(
      Version version, @Nullable Version order, byte @Nullable [] data, long at, long taken) {
    var item = Item.of(key, version, data);
    newest = new Value(changes(), version, order, data == null, item, at, taken);
  }

  /** The number of the next change. */
  private long changes() {
    var known = newest;
    return known == null ? 1 : known.changes + 1;
  }
}
