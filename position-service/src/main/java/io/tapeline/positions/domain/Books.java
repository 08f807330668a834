package io.tapeline.positions.domain;

import io.tapeline.positions.domain.RiskFact.AccountAdjusted;
import io.tapeline.positions.domain.RiskFact.AccountOpened;
import io.tapeline.positions.domain.RiskFact.AccountReset;
import io.tapeline.positions.domain.RiskFact.DayStarted;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The money of an account as its risk journal alone tells it: what it trades with, and with what
 * its trading day began.
 *
 * @param capital null before it was opened
 * @param dayBalance null before the first day; {@code dayEquity} likewise
 */
public record Books(
    @Nullable Capital capital, @Nullable BigDecimal dayBalance, @Nullable BigDecimal dayEquity) {
  public static final Books NONE = new Books(null, null, null);

  public Books plus(RiskFact fact) {
    var after = capitalAfter(capital, fact);
    return switch (fact) {
      case DayStarted(_, var balance, var equity) -> new Books(after, balance, equity);
      case AccountAdjusted adjusted ->
          new Books(after, sum(dayBalance, adjusted.amount()), sum(dayEquity, adjusted.amount()));
      case AccountReset reset -> new Books(after, reset.startBalance(), reset.startBalance());
      case AccountOpened _, RiskFact.PeakRaised _, RiskFact.TierReached _, RiskFact.TierCleared _ ->
          new Books(after, dayBalance, dayEquity);
    };
  }

  static @Nullable Capital capitalAfter(@Nullable Capital capital, RiskFact fact) {
    if (fact instanceof AccountOpened opened) return Capital.opened(opened.startBalance());
    if (capital == null) return null;
    return switch (fact) {
      case DayStarted began -> capital.newDay(began.balance());
      case AccountAdjusted adjusted -> capital.plus(adjusted.amount());
      case AccountReset reset -> capital.reset(reset);
      case AccountOpened _, RiskFact.PeakRaised _, RiskFact.TierReached _, RiskFact.TierCleared _ ->
          capital;
    };
  }

  private static @Nullable BigDecimal sum(@Nullable BigDecimal known, BigDecimal amount) {
    return known == null ? null : known.add(amount);
  }
}
