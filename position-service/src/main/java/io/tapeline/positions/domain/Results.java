package io.tapeline.positions.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * What an account's round trips came to, before fees, over contracts of its currency; those of the
 * day are counted over all contracts, as rules count them.
 *
 * @param grossProfit of those that made something; {@code grossLoss} of the others, zero or more
 */
public record Results(
    long trades,
    long wins,
    long losses,
    BigDecimal grossProfit,
    BigDecimal grossLoss,
    long dayFills,
    long dayTrades,
    long dayWins,
    long dayLosses) {
  private static final int DECIMALS = 4;
  public static final Results NONE =
      new Results(0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, 0, 0);

  public static Results of(AccountFold fold, Currency currency, LocalDate today) {
    long trades = 0;
    long wins = 0;
    long losses = 0;
    long dayFills = 0;
    long dayTrades = 0;
    long dayWins = 0;
    long dayLosses = 0;
    var profit = BigDecimal.ZERO;
    var loss = BigDecimal.ZERO;
    for (var position : fold.positions().values()) {
      var tally = position.tally().on(today);
      dayFills += tally.dayFills();
      dayTrades += tally.dayTrades();
      dayWins += tally.dayWins();
      dayLosses += tally.dayLosses();
      if (!position.instrument().tickValue().currency().equals(currency)) continue;
      trades += tally.trades();
      wins += tally.wins();
      losses += tally.losses();
      profit = profit.add(position.instrument().worth(tally.wonTicks()).amount());
      loss = loss.add(position.instrument().worth(tally.lostTicks()).amount());
    }
    return new Results(trades, wins, losses, profit, loss, dayFills, dayTrades, dayWins, dayLosses);
  }

  /**
   * What is left of these without earlier ones. Never less than nothing: a bust may take back a
   * round trip that was left behind.
   *
   * @param sameDay whether the earlier ones' day is today
   */
  Results without(Results before, boolean sameDay) {
    long today = sameDay ? 1 : 0;
    return new Results(
        Math.max(0, trades - before.trades),
        Math.max(0, wins - before.wins),
        Math.max(0, losses - before.losses),
        grossProfit.subtract(before.grossProfit).max(BigDecimal.ZERO),
        grossLoss.subtract(before.grossLoss).max(BigDecimal.ZERO),
        Math.max(0, dayFills - today * before.dayFills),
        Math.max(0, dayTrades - today * before.dayTrades),
        Math.max(0, dayWins - today * before.dayWins),
        Math.max(0, dayLosses - today * before.dayLosses));
  }

  /** Wins of all trades; null before the first. */
  public @Nullable BigDecimal winRate() {
    return trades == 0 ? null : ratio(BigDecimal.valueOf(wins), BigDecimal.valueOf(trades));
  }

  /** What was won by what was lost; null while nothing was lost. */
  public @Nullable BigDecimal profitFactor() {
    return grossLoss.signum() == 0 ? null : ratio(grossProfit, grossLoss);
  }

  private static BigDecimal ratio(BigDecimal part, BigDecimal whole) {
    return Decimals.trim(part.divide(whole, DECIMALS, RoundingMode.HALF_EVEN), 0);
  }
}
