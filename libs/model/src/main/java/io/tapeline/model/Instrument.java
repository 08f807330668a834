package io.tapeline.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What one tick is and what it is worth: all that pricing needs. ES: 0.25 index points, USD 12.50.
 * ZN: 1/64 of a point (0.015625), USD 15.625. The contract multiplier is derived, never stored
 * beside them.
 *
 * @param tickSize the smallest price step, above zero
 * @param tickValue what one lot gains or loses when the price moves one tick
 */
public record Instrument(Symbol symbol, BigDecimal tickSize, Money tickValue) {
  public Instrument {
    if (tickSize.signum() <= 0)
      throw new IllegalArgumentException("tick size of " + symbol + ": " + tickSize);
  }

  /**
   * A decimal price as ticks.
   *
   * @throws OffTickException when it is no whole number of ticks
   */
  public Price price(BigDecimal decimal) {
    var parts = decimal.divideAndRemainder(tickSize);
    if (parts[1].signum() != 0) throw new OffTickException(symbol, decimal, tickSize);
    return new Price(parts[0].longValueExact());
  }

  /** A decimal price as ticks, moved to the next tick below when it lies between two. */
  public Price priceAtOrBelow(BigDecimal decimal) {
    return new Price(decimal.divide(tickSize, 0, RoundingMode.FLOOR).longValueExact());
  }

  /** A decimal price as ticks, moved to the next tick above when it lies between two. */
  public Price priceAtOrAbove(BigDecimal decimal) {
    return new Price(decimal.divide(tickSize, 0, RoundingMode.CEILING).longValueExact());
  }

  /** The price as people and wires write it, with as many decimals as the tick size has. */
  public BigDecimal decimal(Price price) {
    return tickSize.multiply(BigDecimal.valueOf(price.ticks()));
  }

  public String format(Price price) {
    return decimal(price).toPlainString();
  }

  /** What a move of this many ticks is worth for one lot; for n lots pass n times the ticks. */
  public Money worth(long ticks) {
    return tickValue.times(ticks);
  }
}
