package io.tapeline.positions.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
 * @param strategy tag of its order
 * @param reportedPnl what the venue says it has realised; it stands beside what is reckoned here
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
    Instant venueTime,
    @Nullable String strategy,
    @Nullable BigDecimal reportedPnl) {
  /** Decimals of a share of a fee: finer than any venue charges. */
  private static final int SHARE_DECIMALS = 8;

  /**
   * The part of the fee that falls on lots of this fill, counted from its first. The parts of all
   * its lots add up to the fee exactly.
   *
   * @param from how many of its lots come before
   */
  BigDecimal feeShare(long from, long lots) {
    if (fee == null) return BigDecimal.ZERO;
    return feeUpTo(fee, from + lots).subtract(feeUpTo(fee, from));
  }

  private BigDecimal feeUpTo(BigDecimal whole, long lots) {
    if (lots == lastQty.lots()) return whole;
    return whole
        .multiply(BigDecimal.valueOf(lots))
        .divide(BigDecimal.valueOf(lastQty.lots()), SHARE_DECIMALS, RoundingMode.HALF_EVEN);
  }
}
