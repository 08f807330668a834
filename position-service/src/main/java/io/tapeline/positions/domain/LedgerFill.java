package io.tapeline.positions.domain;

import io.tapeline.model.Side;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An execution as a ledger shows it.
 *
 * @param reversedSeq the line that took it back; null while it stands
 * @param reportedPnl what the venue says it has realised; null where it says nothing
 */
public record LedgerFill(
    long seq,
    String execId,
    String clOrdId,
    String symbol,
    Side side,
    long lastQty,
    BigDecimal lastPx,
    @Nullable BigDecimal fee,
    String currency,
    Instant at,
    Instant venueTime,
    @Nullable String strategy,
    @Nullable Long reversedSeq,
    @Nullable BigDecimal reportedPnl) {}
