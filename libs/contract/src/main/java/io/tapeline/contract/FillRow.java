package io.tapeline.contract;

import io.tapeline.model.Side;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution as booked.
 *
 * @param seq the account's sequence number of its event
 * @param revised BUSTED or CORRECTED where the venue took it back since; null: it stands
 * @param correctedBy the execution that stands in its place
 * @param corrects the execution in whose place this one stands
 * @param reportedPnl what the venue says it has realised, before fees; beside our own, never in it
 */
public record FillRow(
    String accountId,
    long seq,
    String execId,
    String clOrdId,
    String symbol,
    Side side,
    long lastQty,
    BigDecimal lastPx,
    @Nullable BigDecimal fee,
    Instant at,
    Instant venueTime,
    @Nullable String revised,
    @Nullable String correctedBy,
    @Nullable String corrects,
    @Nullable BigDecimal reportedPnl) {}
