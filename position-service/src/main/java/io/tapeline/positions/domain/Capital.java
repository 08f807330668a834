package io.tapeline.positions.domain;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an account trades with, by its risk journal: what it started with, what came and went
 * without being traded for, and what its last reset left behind.
 *
 * @param startBalance with which it was opened or started over
 * @param adjusted sum of the adjustments since then
 * @param settled realised P&amp;L less fees since ever that its last reset left behind
 * @param before counts that it left behind
 * @param resetOn the trading day of the last reset; null: none
 * @param life counts the resets
 * @param dayBalance with which the trading day began; null until the first that begins
 * @param bestDay what the best of the days that have ended since then made; zero: none made
 *     anything
 */
public record Capital(
    BigDecimal startBalance,
    BigDecimal adjusted,
    BigDecimal settled,
    Results before,
    @Nullable LocalDate resetOn,
    long life,
    @Nullable BigDecimal dayBalance,
    BigDecimal bestDay) {
  public Capital {
    startBalance = plain(startBalance);
    adjusted = plain(adjusted);
    settled = plain(settled);
    dayBalance = dayBalance == null ? null : plain(dayBalance);
    bestDay = plain(bestDay);
  }

  private static BigDecimal plain(BigDecimal money) {
    return Decimals.trim(money, 0);
  }

  public static Capital opened(BigDecimal startBalance) {
    return new Capital(
        startBalance,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        Results.NONE,
        null,
        0,
        null,
        BigDecimal.ZERO);
  }

  /** What was paid in: with this the account is neither up nor down. */
  public BigDecimal paidIn() {
    return startBalance.add(adjusted);
  }

  /** The balance without anything ever realised: with that it is the balance. */
  public BigDecimal base() {
    return paidIn().subtract(settled);
  }

  Capital plus(BigDecimal amount) {
    return new Capital(
        startBalance,
        adjusted.add(amount),
        settled,
        before,
        resetOn,
        life,
        dayBalance == null ? null : dayBalance.add(amount),
        bestDay);
  }

  Capital reset(RiskFact.AccountReset reset) {
    return new Capital(
        reset.startBalance(),
        BigDecimal.ZERO,
        reset.settled(),
        reset.before(),
        reset.tradingDay(),
        life + 1,
        reset.startBalance(),
        BigDecimal.ZERO);
  }

  /** Another trading day began; what the one before made is known now. */
  Capital newDay(BigDecimal balance) {
    return new Capital(
        startBalance,
        adjusted,
        settled,
        before,
        resetOn,
        life,
        balance,
        dayBalance == null ? bestDay : bestDay.max(balance.subtract(dayBalance)));
  }

  /** What the account's round trips came to since it was opened or started over. */
  public Results since(Results ever, LocalDate today) {
    return ever.without(before, today.equals(resetOn));
  }
}
