package io.tapeline.positions.domain;

import io.tapeline.model.Instrument;
import io.tapeline.model.Side;
import io.tapeline.model.TradingCalendar;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A round trip: lots of one execution closed by lots of another, first in first out.
 *
 * @param entryFrom how many lots of the entry were closed or used before
 * @param exitFrom how many lots of the exit went into others before
 */
public record Pairing(
    Instrument instrument, Fill entry, Fill exit, long qty, long entryFrom, long exitFrom) {
  /** Unique in its account: two executions meet once. */
  public String tradeId() {
    return "T" + entry.seq() + "-" + exit.seq();
  }

  public Side side() {
    return entry.side();
  }

  /** Whole ticks times lots, before fees. */
  public long wonTicks() {
    long perLot = exit.lastPx().ticksAbove(entry.lastPx());
    return Math.multiplyExact(qty, entry.side() == Side.BUY ? perLot : -perLot);
  }

  public BigDecimal pnl() {
    return instrument.worth(wonTicks()).amount();
  }

  /** Its share of the fees of both executions. */
  public BigDecimal fees() {
    return entry.feeShare(entryFrom, qty).add(exit.feeShare(exitFrom, qty));
  }

  /** It counts to the day it was closed on. */
  public LocalDate tradingDay() {
    return TradingCalendar.of(exit.venueTime());
  }
}
