package io.tapeline.positions.domain;

import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account is worth and holds at one moment, in its own currency: all that rules look at.
 *
 * @param tradingDay the account is in; {@code start…} as that day began
 * @param realized of the day, less fees; {@code unrealized} the change of the open P&amp;L
 * @param highest the highest equity since the last decision, this moment included: a tick that came
 *     and went between two looks counts
 * @param bestRealized the best {@code realized} of the day
 * @param contracts lots over all contracts, orders in doubt counted the worse way
 * @param inDoubt orders of which it is not known whether the venue has them
 * @param tickMoney what one tick against the account costs; null unless it holds exactly one
 *     contract
 */
public record Standing(
    Instant venueTime,
    LocalDate tradingDay,
    BigDecimal startBalance,
    BigDecimal startEquity,
    BigDecimal balance,
    BigDecimal equity,
    BigDecimal realized,
    BigDecimal unrealized,
    BigDecimal highest,
    BigDecimal bestRealized,
    long contracts,
    long dayTrades,
    long inDoubt,
    @Nullable BigDecimal tickMoney,
    List<Marked> marks) {
  /** As it would have been with so much more paid in all along. */
  public Standing movedBy(BigDecimal amount) {
    return new Standing(
        venueTime,
        tradingDay,
        startBalance.add(amount),
        startEquity.add(amount),
        balance.add(amount),
        equity.add(amount),
        realized,
        unrealized,
        highest.add(amount),
        bestRealized,
        contracts,
        dayTrades,
        inDoubt,
        tickMoney,
        marks);
  }

  /**
   * A position at the price it was valued at.
   *
   * @param px null where none is known
   */
  public record Marked(Symbol symbol, long netQty, @Nullable BigDecimal px, @Nullable Instant at) {}
}
