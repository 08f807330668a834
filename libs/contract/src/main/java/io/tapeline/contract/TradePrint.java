package io.tapeline.contract;

import io.tapeline.model.Side;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One trade of the market, on {@code market.trades.v1}. The same tradeId again is the same trade:
 * with other numbers it was corrected, with a qty of 0 it was taken back.
 *
 * @param tradeId grows with every trade of the symbol, also over restarts and seeks
 * @param aggressor the side that took liquidity; null where the venue does not say
 * @param venue where it was traded
 * @param pass which playing of a recording it belongs to: a seek begins another one; null where
 *     there is no recording
 * @param passFrom where that playing began. What an earlier one traded from there on is void
 */
public record TradePrint(
    String symbol,
    long tradeId,
    BigDecimal px,
    long qty,
    @Nullable Side aggressor,
    Instant at,
    Instant venueTime,
    @Nullable String venue,
    @Nullable Long pass,
    @Nullable Instant passFrom) {}
