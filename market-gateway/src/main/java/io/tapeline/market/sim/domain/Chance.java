package io.tapeline.market.sim.domain;

import java.util.SplittableRandom;

/** Chance from a seed, the same on every machine: hence {@link StrictMath}. */
final class Chance {
  /** No order is more than this many times its mean. */
  private static final double LARGEST = 8;

  private final SplittableRandom random;

  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  double exponential(double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }

  /** Near enough to a normal distribution with mean 0 and variance 1, and never beyond 3. */
  double bell() {
    return 2 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
  }

  /** At least one lot, this many on average. */
  long lots(double mean) {
    return 1 + Math.round(Math.min(exponential(mean - 1), LARGEST * mean));
  }

  /** At least one lot: log-normal, half of them at most the median, few of them very much more. */
  long skewed(double median, double spread) {
    return Math.max(1, Math.round(median * StrictMath.exp(spread * bell())));
  }

  /** The time until the next of so many events a second. */
  long waitMicros(double perSecond) {
    return 1 + (long) (exponential(1_000_000 / perSecond));
  }
}
