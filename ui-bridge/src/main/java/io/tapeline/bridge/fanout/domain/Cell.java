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

  private final byte[] head;
  private volatile @Nullable Value newest;

  Cell(ChannelName channel, @Nullable String key) {
    this.head = Text.utf8(Text.itemHead(channel, key));
  }

  /**
   * The value as of now.
   *
   * @param changes how often the key has changed so far, from 1; clients remember it
   * @param data null: the key is gone
   * @param taken when it came here, in microseconds; or {@link #UNTIMED}
   */
  @SuppressWarnings("ArrayRecordComponent") // shared on purpose, and nobody compares values
  record Value(
      long changes,
      byte[] version,
      @Nullable Version order,
      byte @Nullable [] data,
      long at,
      long taken) {}

  @Nullable Value newest() {
    return newest;
  }

  byte[] head() {
    return head;
  }

  /** Takes a value whose version is a counter of ours. */
  void put(byte @Nullable [] data, long atMillis, long takenMicros) {
    var known = newest;
    long changes = known == null ? 1 : known.changes + 1;
    newest =
        new Value(changes, Text.utf8(Long.toString(changes)), null, data, atMillis, takenMicros);
  }

  /** Takes a value that brings its version along; one that is not newer is left alone. */
  boolean put(Version version, byte @Nullable [] data, long atMillis) {
    var known = newest;
    if (known != null && known.order != null && known.order.compareTo(version) >= 0) return false;
    long changes = known == null ? 1 : known.changes + 1;
    newest = new Value(changes, Text.utf8(version.toString()), version, data, atMillis, UNTIMED);
    return true;
  }

  /** Says that the key is gone, whatever came before. */
  void remove(long atMillis) {
    var known = newest;
    if (known == null || known.data == null) return;
    newest = new Value(known.changes + 1, known.version, known.order, null, atMillis, UNTIMED);
  }
}
