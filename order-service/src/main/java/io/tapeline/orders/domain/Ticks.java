package io.tapeline.orders.domain;

import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A price that was asked for, on a whole tick: moved to the safe side where it lay between two, or
 * refused.
 *
 * @param from what was asked for, where it was moved
 */
record Ticks(@Nullable Price price, @Nullable BigDecimal from, @Nullable Denial denial) {
  private static final Ticks NONE = new Ticks(null, null, null);

  /** A limit moves away from the market: never a worse price than was asked for. */
  static Ticks limit(Instrument instrument, Side side, @Nullable BigDecimal asked, boolean strict) {
    return of(instrument, side == Side.BUY, asked, strict);
  }

  /** A stop moves away from the market, too: never reached earlier than was asked for. */
  static Ticks stop(Instrument instrument, Side side, @Nullable BigDecimal asked, boolean strict) {
    return of(instrument, side == Side.SELL, asked, strict);
  }

  private static Ticks of(
      Instrument instrument, boolean down, @Nullable BigDecimal asked, boolean strict) {
    if (asked == null) return NONE;
    var price = down ? instrument.priceAtOrBelow(asked) : instrument.priceAtOrAbove(asked);
    if (instrument.decimal(price).compareTo(asked) == 0) return new Ticks(price, null, null);
    return strict
        ? new Ticks(
            null,
            null,
            DenialReason.OFF_TICK.with(
                asked.toPlainString(), instrument.tickSize().toPlainString()))
        : new Ticks(price, asked, null);
  }
}
