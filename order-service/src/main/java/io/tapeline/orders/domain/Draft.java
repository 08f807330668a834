package io.tapeline.orders.domain;

import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as it was asked for, not yet believed: the symbol may not exist, the price may lie
 * between two ticks.
 *
 * @param strict refuse a price off tick instead of moving it
 */
public record Draft(
    String symbol,
    Side side,
    OrdType ordType,
    TimeInForce timeInForce,
    long orderQty,
    @Nullable BigDecimal price,
    @Nullable BigDecimal stopPx,
    @Nullable Long trail,
    @Nullable Instant expireAt,
    boolean reduceOnly,
    @Nullable String strategy,
    boolean strict) {}
