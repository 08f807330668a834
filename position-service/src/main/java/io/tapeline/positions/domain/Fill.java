package io.tapeline.positions.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution as it is booked.
 *
 * @param seq the account's sequence number of its event
 * @param place where it counts, first in first out: its seq, or the place of the execution it
 *     corrects
 * @param fee in the contract's currency; null where the venue reports none
 * @param at when it was journaled (service clock)
 * @param venueTime when the venue says it happened
 */
public record Fill(
    long seq,
    long place,
    ExecId execId,
    ClOrdId clOrdId,
    Symbol symbol,
    Side side,
    Qty lastQty,
    Price lastPx,
    @Nullable BigDecimal fee,
    Instant at,
    Instant venueTime) {}
