package io.tapeline.positions.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * What an account's round trips came to, before fees, over contracts of its currency.
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
      if (!position.instrument().tickValue().currency().equals(currency)) continue;
      var tally = position.tally().on(today);
      trades += tally.trades();
      wins += tally.wins();
      losses += tally.losses();
      dayFills += tally.dayFills();
      dayTrades += tally.dayTrades();
      dayWins += tally.dayWins();
      dayLosses += tally.dayLosses();
      profit = profit.add(position.instrument().worth(tally.wonTicks()).amount());
      loss = loss.add(position.instrument().worth(tally.lostTicks()).amount());
    }
    return new Results(trades, wins, losses, profit, loss, dayFills, dayTrades, dayWins, dayLosses);
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
