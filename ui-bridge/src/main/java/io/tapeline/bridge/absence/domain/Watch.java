package io.tapeline.bridge.absence.domain;

/**
 * For how long a bridge has looked without a break. One that has only just begun, stood still, or
 * could not read what other bridges heard, knows nothing of who is there.
 */
public final class Watch {
  private final long longestGapNanos;
  private long sinceNanos;
  private long lastNanos;

  public Watch(long longestGapNanos, long nowNanos) {
    this.longestGapNanos = longestGapNanos;
    sinceNanos = nowNanos;
    lastNanos = nowNanos;
  }

  public synchronized void restart(long nowNanos) {
    sinceNanos = nowNanos;
    lastNanos = nowNanos;
  }

  /** Looks again; for how many seconds it has done so. */
  public synchronized double look(long nowNanos) {
    if (nowNanos - lastNanos > longestGapNanos) sinceNanos = nowNanos;
    lastNanos = nowNanos;
    return (nowNanos - sinceNanos) / 1e9;
  }
}
