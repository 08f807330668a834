package io.tapeline.timing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one name took, in all and within the last minute. Of fixed size: some 40 KiB
 * twice for what is being recorded, and as much as the longest call asks for of each of {@value
 * #SLICES} slices of the minute and of the whole.
 *
 * <p>{@link #record} is for any thread, waits for nobody and allocates nothing.
 */
final class Recording {
  /** Two digits: a percentile is within one percent, for an eighth of the memory of three. */
  static final int DIGITS = 2;

  static final int SLICES = 6;

  /** What takes longer is counted as that long in percentiles; its own extreme is exact. */
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

  private final Recorder recorder = new Recorder(LONGEST, DIGITS);
  private final LongAdder sum = new LongAdder();
  private final AtomicLong min = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong max = new AtomicLong();

  private final Slice total = new Slice();
  private final Slice[] slices = new Slice[SLICES];
  private int current;
  private @Nullable Histogram spare;

  Recording() {
    for (int i = 0; i < SLICES; i++) slices[i] = new Slice();
  }

  /**
   * @param nanos not negative
   */
  void record(long nanos) {
    sum.add(nanos);
    // read first: a new extreme is rare
    if (nanos < min.get()) min.accumulateAndGet(nanos, Math::min);
    if (nanos > max.get()) max.accumulateAndGet(nanos, Math::max);
    // last: what is counted has left its extremes behind
    recorder.recordValue(Math.min(nanos, LONGEST));
  }

  /** A slice of the minute is over; the oldest one is forgotten. */
  synchronized void turn() {
    collect();
    current = (current + 1) % SLICES;
    slices[current].clear();
  }

  synchronized Figures total() {
    collect();
    return total.figures();
  }

  /** Of the last fifty to sixty seconds. */
  synchronized Figures window() {
    collect();
    var window = new Slice();
    for (var slice : slices) window.add(slice);
    return window.figures();
  }

  synchronized void reset() {
    collect();
    total.clear();
    for (var slice : slices) slice.clear();
  }

  /**
   * A call that ends meanwhile may be split: its time and extremes here, itself counted next time.
   */
  private void collect() {
    var interval = recorder.getIntervalHistogram(spare);
    spare = interval;
    if (interval.getTotalCount() == 0) return;
    long intervalSum = sum.sumThenReset();
    long intervalMin = min.getAndSet(Long.MAX_VALUE);
    long intervalMax = max.getAndSet(0);
    total.add(interval, intervalSum, intervalMin, intervalMax);
    slices[current].add(interval, intervalSum, intervalMin, intervalMax);
  }
}
