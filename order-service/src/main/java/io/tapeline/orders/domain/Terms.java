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
}
