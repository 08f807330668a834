package io.tapeline.positions.domain;

import io.tapeline.model.Instrument;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The price a position is valued at. The middle of bid and ask may lie between two ticks, never
 * finer, so half ticks keep it exact.
 *
 * @param halfTicks the price in half ticks
 * @param at when the quote it comes from was published (service clock), so that its age is known
 */
public record Mark(long halfTicks, Instant at) {
  /** The price, exact: with as many decimals as the tick size has, one more between two ticks. */
  public BigDecimal px(Instrument instrument) {
    var twice = instrument.tickSize().multiply(BigDecimal.valueOf(halfTicks));
    return Decimals.trim(twice.divide(BigDecimal.TWO), instrument.tickSize().scale());
  }
}
