package io.tapeline.bridge.fanout.kafka;

/**
 * Notices when answers stop coming, by their count. Times are nanoseconds of a clock that only
 * moves forward.
 */
final class Pulse {
  private final long limitNanos;
  private double count;
  private long asOf;

  Pulse(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /** Takes it that something was heard just now. */
  void start(long nowNanos) {
    asOf = nowNanos;
  }

  /** Whether the count has not moved for longer than the limit. */
  boolean isSilent(double answers, long nowNanos) {
    if (answers != count) {
      count = answers;
      asOf = nowNanos;
    }
    return nowNanos - asOf > limitNanos;
  }
}
