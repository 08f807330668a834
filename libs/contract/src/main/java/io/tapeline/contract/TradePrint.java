package io.tapeline.contract;

import io.tapeline.model.Side;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One trade of the market, on {@code market.trades.v1}.
 *
 * @param tradeId grows with every trade of the symbol, also over restarts
 * @param aggressor the side that took liquidity; null where the venue does not say
 */
public record TradePrint(
    String symbol,
    long tradeId,
    BigDecimal px,
    long qty,
    @Nullable Side aggressor,
    Instant at,
    Instant venueTime) {}
