package io.tapeline.service;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How often something happened within the last minute, by steps of five seconds. */
final class MinuteCount {
  private static final int STEPS = 12;
  private static final long STEP_NANOS = TimeUnit.MINUTES.toNanos(1) / STEPS;

  private final long[] counts = new long[STEPS];
  private long newest = Long.MIN_VALUE;

  synchronized void add(long nowNanos) {
    counts[at(nowNanos)]++;
  }

  synchronized long of(long nowNanos) {
    var _ = at(nowNanos);
    return Arrays.stream(counts).sum();
  }

  /** The place of this moment; what was there a minute ago is forgotten. */
  private int at(long nowNanos) {
    long step = Math.floorDiv(nowNanos, STEP_NANOS);
    if (newest == Long.MIN_VALUE || step - newest >= STEPS) Arrays.fill(counts, 0);
    else for (long old = newest + 1; old <= step; old++) counts[Math.floorMod(old, STEPS)] = 0;
    newest = Math.max(newest, step);
    return Math.floorMod(step, STEPS);
  }
}
