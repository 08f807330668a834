package io.tapeline.positions.domain;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Where an account stood when its trading day began, since ever, at the last marks before the day.
 */
public record DayStart(
    LocalDate tradingDay, BigDecimal realized, BigDecimal unrealized, BigDecimal fees) {
  public static DayStart of(LocalDate tradingDay, Totals totals) {
    return new DayStart(tradingDay, totals.realized(), totals.unrealized(), totals.fees());
  }

  /** Realised and unrealised P&amp;L less fees. */
  public BigDecimal netPnl() {
    return realized.add(unrealized).subtract(fees);
  }
}
