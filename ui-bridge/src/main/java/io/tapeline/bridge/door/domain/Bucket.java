package io.tapeline.bridge.door.domain;

/** So many at once, and then so many a second. Not for several threads. */
public final class Bucket {
  private final double capacity;
  private final double perSecond;
  private double left;
  private long asOfNanos;

  public Bucket(double capacity, double perSecond, long nowNanos) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.left = capacity;
    this.asOfNanos = nowNanos;
  }

  /** Takes one, if there is one. */
  public boolean take(long nowNanos) {
    left = Math.min(capacity, left + (nowNanos - asOfNanos) / 1e9 * perSecond);
    asOfNanos = nowNanos;
    if (left < 1) return false;
    left--;
    return true;
  }

  public boolean isFull(long nowNanos) {
    return left + (nowNanos - asOfNanos) / 1e9 * perSecond >= capacity;
  }
}
