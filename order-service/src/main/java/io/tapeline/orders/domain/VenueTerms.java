package io.tapeline.orders.domain;

import io.tapeline.model.Instrument;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An order as the venue is to have it: what is emulated here does not show in it. */
public record VenueTerms(
    Instrument instrument,
    Side side,
    OrdType ordType,
    TimeInForce timeInForce,
    Qty orderQty,
    @Nullable Price price,
    @Nullable Price stopPx,
    @Nullable Long trail,
    @Nullable Instant expireAt) {
  /** The terms sent as another type or for another time, without what such an order has not. */
  public static VenueTerms of(Terms terms, OrdType ordType, TimeInForce timeInForce) {
    var limited = ordType == OrdType.LIMIT || ordType == OrdType.STOP_LIMIT;
    var unconditional = ordType == OrdType.MARKET || ordType == OrdType.LIMIT;
    return new VenueTerms(
        terms.instrument(),
        terms.side(),
        ordType,
        timeInForce,
        terms.orderQty(),
        limited ? terms.price() : null,
        unconditional ? null : terms.stopPx(),
        ordType == OrdType.TRAILING_STOP ? terms.trail() : null,
        timeInForce == TimeInForce.GTD ? terms.expireAt() : null);
  }
}
