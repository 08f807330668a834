package io.tapeline.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A position with its P&L, in the instrument's currency, before fees, from its first fill ever.
 *
 * @param netQty signed lots
 * @param avgPx average entry of the open lots, for people to read; null when flat
 * @param version {@code [consumedSeq, markNo]}: the account seq folded in and the number of the
 *     mark
 * @param markStale true when the price is older than prices of a live feed ever are
 * @param markAgeMillis how old a stale price is
 * @param reportedPnl the sum of what the venue says its executions have realised, before fees;
 *     beside {@code realizedPnl}, never in it; null where the venue never said anything
 */
public record PositionRow(
    String accountId,
    String symbol,
    long netQty,
    @Nullable BigDecimal avgPx,
    BigDecimal realizedPnl,
    @Nullable BigDecimal unrealizedPnl,
    BigDecimal fees,
    String currency,
    @Nullable BigDecimal markPx,
    @Nullable Instant markAt,
    List<Long> version,
    @Nullable Boolean markStale,
    @Nullable Long markAgeMillis,
    @Nullable BigDecimal reportedPnl) {}
