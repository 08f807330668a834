package io.tapeline.positions.domain;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the round trips of a contract came to, before fees, in whole ticks times lots. One that made
 * nothing is neither won nor lost.
 *
 * @param wonTicks of those that made something
 * @param lostTicks of those that lost, zero or more
 * @param day the last trading day with an execution; null before the first
 */
public record Tally(
    long trades,
    long wins,
    long losses,
    long wonTicks,
    long lostTicks,
    @Nullable LocalDate day,
    long dayFills,
    long dayTrades,
    long dayWins,
    long dayLosses) {
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, null, 0, 0, 0, 0);

  /** An execution of that trading day. An earlier day than the last one is told late. */
  Tally plusFill(LocalDate on) {
    if (day == null || on.isAfter(day))
      return new Tally(trades, wins, losses, wonTicks, lostTicks, on, 1, 0, 0, 0);
    if (on.isBefore(day)) return this;
    return new Tally(
        trades,
        wins,
        losses,
        wonTicks,
        lostTicks,
        day,
        dayFills + 1,
        dayTrades,
        dayWins,
        dayLosses);
  }

  Tally plus(Pairing pairing) {
    long won = pairing.wonTicks();
    int win = won > 0 ? 1 : 0;
    int loss = won < 0 ? 1 : 0;
    int today = pairing.tradingDay().equals(day) ? 1 : 0;
    return new Tally(
        trades + 1,
        wins + win,
        losses + loss,
        Math.addExact(wonTicks, Math.max(won, 0)),
        Math.subtractExact(lostTicks, Math.min(won, 0)),
        day,
        dayFills,
        dayTrades + today,
        dayWins + (long) win * today,
        dayLosses + (long) loss * today);
  }

  /** As seen from a trading day: the counts of an earlier one are not its own. */
  public Tally on(@Nullable LocalDate today) {
    return today != null && today.equals(day)
        ? this
        : new Tally(trades, wins, losses, wonTicks, lostTicks, today, 0, 0, 0, 0);
  }
}
