package io.tapeline.market.exchange.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The best prices of a symbol and its last trade. A side without orders has no price and zero lots.
 * Bid above ask is possible: a book is crossed before its open.
 */
public record Quote(
    Symbol symbol,
    @Nullable Price bidPx,
    Qty bidQty,
    @Nullable Price askPx,
    Qty askQty,
    @Nullable Price lastPx,
    Qty lastQty,
    Instant venueTime) {}
