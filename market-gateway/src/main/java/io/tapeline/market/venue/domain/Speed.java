package io.tapeline.market.venue.domain;

import java.math.BigDecimal;

/** How fast a recording is played, as people write it: a number above zero, or {@code max}. */
public final class Speed {
  public static final double MAX = Double.POSITIVE_INFINITY;
  private static final double FASTEST = 1_000_000;

  private Speed() {}

  /**
   * Reads a speed.
   *
   * @throws IllegalArgumentException when it is none, with a sentence that says what would be
   */
  public static double parse(String text) {
    if (text.equals("max")) return MAX;
    try {
      var speed = new BigDecimal(text).doubleValue();
      if (speed > 0 && speed <= FASTEST) return speed;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(refusal(text), e);
    }
    throw new IllegalArgumentException(refusal(text));
  }

  /** As {@link #parse} reads it. */
  public static String format(double speed) {
    return Double.isInfinite(speed)
        ? "max"
        : BigDecimal.valueOf(speed).stripTrailingZeros().toPlainString();
  }

  private static String refusal(String text) {
    return "a speed is a number above 0 and up to 1000000, or max; not " + text;
  }
}
