package io.tapeline.market.venue.domain;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How fast a recording is played: a factor on its own pace, or as fast as it is taken.
 *
 * @param millis the factor in thousandths; 0: as fast as it is taken
 */
public record Speed(long millis) {
  public static final Speed MAX = new Speed(0);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final BigDecimal FASTEST = BigDecimal.valueOf(100_000);

  public Speed {
    if (millis < 0) throw new IllegalArgumentException("not a speed: " + millis);
  }

  /**
   * Reads {@code max} or a number above zero with at most three decimals.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Speed parse(String text) {
    if (text.equals("max")) return MAX;
    try {
      var factor = new BigDecimal(text);
      if (factor.signum() > 0 && factor.compareTo(FASTEST) <= 0)
        return new Speed(factor.multiply(THOUSAND).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(refusal(text), e);
    }
    throw new IllegalArgumentException(refusal(text));
  }

  private static String refusal(String text) {
    return "the speed is a number from 0.001 to 100000, or max: not " + text;
  }

  public boolean isMax() {
    return millis == 0;
  }

  /** How much recorded time passes in that much real time. */
  long recorded(long nanos) {
    return scaled(nanos, millis, 1000);
  }

  /** How much real time passes in that much recorded time. */
  long elapsed(long nanos) {
    return scaled(nanos, 1000, millis);
  }

  /** In two steps, so that a week of nanoseconds times a thousand does not overflow. */
  private static long scaled(long nanos, long times, long over) {
    return Math.addExact(Math.multiplyExact(nanos / over, times), nanos % over * times / over);
  }

  /** The factor as a number; 0 stands for max. */
  public BigDecimal factor() {
    return BigDecimal.valueOf(millis).divide(THOUSAND, MathContext.DECIMAL64);
  }

  @Override
  public String toString() {
    return isMax() ? "max" : factor().stripTrailingZeros().toPlainString();
  }
}
