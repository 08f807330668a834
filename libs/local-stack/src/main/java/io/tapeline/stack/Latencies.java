package io.tapeline.stack;

import java.time.Duration;
import java.util.Arrays;

/** Latencies of a run, in nanoseconds, every one of them kept; filled by many threads at once. */
final class Latencies {
  private final long[] nanos;
  private int size;

  Latencies(int most) {
    nanos = new long[most];
  }

  synchronized void add(long latency) {
    if (size < nanos.length) nanos[size++] = latency;
  }

  synchronized int count() {
    return size;
  }

  /** The latency that this share of all does not exceed; 1 is the greatest. */
  synchronized Duration at(double share) {
    if (size == 0) return Duration.ZERO;
    Arrays.sort(nanos, 0, size);
    return Duration.ofNanos(nanos[(int) Math.min(size - 1L, (long) Math.ceil(share * size) - 1)]);
  }

  static String text(Duration latency) {
    return "%.1f ms".formatted(latency.toNanos() / 1e6);
  }

  @Override
  public String toString() {
    return "p50 %s, p90 %s, p99 %s, max %s"
        .formatted(text(at(0.50)), text(at(0.90)), text(at(0.99)), text(at(1)));
  }
}
