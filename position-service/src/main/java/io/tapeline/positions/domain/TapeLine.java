package io.tapeline.positions.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TradingState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of an account's journal, as far as positions are concerned.
 *
 * @param seq gapless per account, from 1
 * @param at when it was journaled (service clock)
 * @param venueTime the venue's clock then; null where no venue is concerned
 * @param order the order it concerns, as it is after the line; null where none is
 */
public record TapeLine(
    long seq, Instant at, @Nullable Instant venueTime, Fact fact, @Nullable WorkingOrder order) {
  /** The venue's clock, or ours where no venue is concerned. */
  Instant venueTimeOrAt() {
    return venueTime == null ? at : venueTime;
  }

  /** What a line says. */
  public sealed interface Fact {
    /** An order names its contract and, once and for ever, the contract's two numbers. */
    record ContractNamed(Instrument instrument) implements Fact {}

    /**
     * An execution.
     *
     * @param reportedPnl what the venue says it has realised; null where it says nothing
     */
    record Executed(
        ExecId execId,
        ClOrdId clOrdId,
        Symbol symbol,
        Side side,
        Qty lastQty,
        BigDecimal lastPx,
        @Nullable BigDecimal fee,
        @Nullable String strategy,
        @Nullable BigDecimal reportedPnl)
        implements Fact {}

    /**
     * An execution as a later line says it was booked.
     *
     * @param qty zero: it never was, and now never will be
     */
    record Booked(ExecId execId, Symbol symbol, Side side, Qty qty, BigDecimal px) {}

    /** The venue took an execution back. */
    record Busted(Booked was) implements Fact {}

    /**
     * The venue corrected an execution.
     *
     * @param now what stands in its place; a quantity of zero: nothing
     */
    record Corrected(Booked was, Executed now) implements Fact {}

    /** What people allow the account from here on. */
    record TradingAllowed(TradingState state) implements Fact {}

    /** What its rules leave of that from here on; ACTIVE: all. */
    record TradingLocked(TradingState state) implements Fact {}

    /**
     * The venue's own view of what the account holds.
     *
     * @param positions signed lots by contract; in what is not there the account is flat
     */
    record VenueSaid(String venue, long session, Map<String, Long> positions) implements Fact {}

    /** Something that moves no position. */
    record NothingTraded() implements Fact {}
  }
}
