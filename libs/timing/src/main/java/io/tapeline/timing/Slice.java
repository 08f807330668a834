package io.tapeline.timing;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/** Calls of one stretch of time, in nanoseconds. For one thread at a time. */
final class Slice {
  private static final double NANOS_PER_MS = 1e6;

  /** Grows with the longest call, so what is always fast stays small. */
  private final Histogram values = new Histogram(Recording.DIGITS);

  private long sum;
  private long min = Long.MAX_VALUE;
  private long max;

  void add(AbstractHistogram more, long moreSum, long moreMin, long moreMax) {
    values.add(more);
    sum += moreSum;
    min = Math.min(min, moreMin);
    max = Math.max(max, moreMax);
  }

  void add(Slice more) {
    if (!more.isEmpty()) add(more.values, more.sum, more.min, more.max);
  }

  boolean isEmpty() {
    return values.getTotalCount() == 0;
  }

  void clear() {
    if (isEmpty()) return;
    values.reset();
    sum = 0;
    min = Long.MAX_VALUE;
    max = 0;
  }

  Figures figures() {
    var count = values.getTotalCount();
    if (count == 0) return Figures.NONE;
    // the only calls of a slice may have left their extremes in the one before
    boolean known = min <= max;
    long low = known ? min : values.getMinValue();
    long high = known ? max : values.getMaxValue();
    return new Figures(
        count,
        low / NANOS_PER_MS,
        high / NANOS_PER_MS,
        sum / (double) count / NANOS_PER_MS,
        percentile(50, low, high),
        percentile(95, low, high),
        percentile(99, low, high));
  }

  /** The histogram names the upper end of a bucket; nothing took longer than the longest. */
  private double percentile(double percent, long low, long high) {
    return Math.clamp(values.getValueAtPercentile(percent), low, high) / NANOS_PER_MS;
  }
}
