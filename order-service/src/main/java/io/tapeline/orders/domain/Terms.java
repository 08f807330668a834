package io.tapeline.orders.domain;

import io.tapeline.model.Instrument;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an order is: checked, and priced in whole ticks.
 *
 * @param venue where it is to be sent
 * @param trail whole ticks
 * @param snappedFrom the price that was asked for, where it lay between two ticks
 */
public record Terms(
    Instrument instrument,
    String venue,
    Side side,
    OrdType ordType,
    TimeInForce timeInForce,
    Qty orderQty,
    @Nullable Price price,
    @Nullable Price stopPx,
    @Nullable Long trail,
    @Nullable Instant expireAt,
    boolean reduceOnly,
    @Nullable String strategy,
    @Nullable BigDecimal snappedFrom) {
  public Symbol symbol() {
    return instrument.symbol();
  }

  /** Where the price that was asked for went; the stop price when there is no other. */
  public @Nullable Price snappedTo() {
    if (snappedFrom == null) return null;
    return price != null
            && instrument
                    .decimal(price)
                    .subtract(snappedFrom)
                    .abs()
                    .compareTo(instrument.tickSize())
                < 0
        ? price
        : stopPx;
  }

  /** The same, free to increase a position. */
  Terms increasing() {
    return new Terms(
        instrument,
        venue,
        side,
        ordType,
        timeInForce,
        orderQty,
        price,
        stopPx,
        trail,
        expireAt,
        false,
        strategy,
        snappedFrom);
  }

  /** What of it could change, as it is now. */
  public Change change() {
    return new Change(orderQty, price, stopPx, trail, snappedFrom);
  }

  public Terms with(Change change) {
    return new Terms(
        instrument,
        venue,
        side,
        ordType,
        timeInForce,
        change.orderQty(),
        change.price(),
        change.stopPx(),
        change.trail(),
        expireAt,
        reduceOnly,
        strategy,
        change.snappedFrom());
  }
}
