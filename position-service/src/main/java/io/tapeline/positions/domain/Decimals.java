package io.tapeline.positions.domain;

import java.math.BigDecimal;

/** How decimals are written. */
final class Decimals {
  private Decimals() {}

  /** Without trailing zeros, but with at least so many decimals. */
  static BigDecimal trim(BigDecimal number, int decimals) {
    var shortest = number.stripTrailingZeros();
    return shortest.scale() < decimals ? shortest.setScale(decimals) : shortest;
  }
}
