package io.tapeline.bridge.fanout.domain;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The smallest step of a price: 0.015625 is 15625 with six decimals.
 *
 * @param unscaled its digits, above zero
 * @param scale how many of them are decimals
 */
public record Tick(long unscaled, int scale) {
  private static final int MOST_DIGITS = 9;

  /** Null where it has too many digits for prices to be packed. */
  static @Nullable Tick of(BigDecimal size) {
    boolean fits = size.signum() > 0 && size.scale() >= 0 && size.scale() <= MOST_DIGITS;
    return fits && size.precision() <= MOST_DIGITS
        ? new Tick(size.unscaledValue().longValueExact(), size.scale())
        : null;
  }
}
