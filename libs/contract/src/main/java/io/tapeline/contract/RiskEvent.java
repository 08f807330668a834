package io.tapeline.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to an account by its rules, and what marks changed for good: a rebuild of its state
 * needs no quotes. {@code type} is the record's name.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RiskEvent.AccountOpened.class, name = "AccountOpened"),
  @JsonSubTypes.Type(value = RiskEvent.AccountAdjusted.class, name = "AccountAdjusted"),
  @JsonSubTypes.Type(value = RiskEvent.AccountReset.class, name = "AccountReset"),
  @JsonSubTypes.Type(value = RiskEvent.DayStarted.class, name = "DayStarted"),
  @JsonSubTypes.Type(value = RiskEvent.PeakRaised.class, name = "PeakRaised"),
  @JsonSubTypes.Type(value = RiskEvent.TierReached.class, name = "TierReached"),
  @JsonSubTypes.Type(value = RiskEvent.TierCleared.class, name = "TierCleared"),
})
public sealed interface RiskEvent {
  /**
   * The account was seen for the first time. From here on it has the start balance that is written
   * here, whatever is configured later.
   *
   * @param program it trades under; {@code none} without one
   */
  record AccountOpened(BigDecimal startBalance, String program, int programVersion)
      implements RiskEvent {}

  /**
   * Money came or went that was not traded for. Balance, start of the day and everything that
   * trails move together, so that it is neither profit nor loss.
   *
   * @param commandId of whoever asked
   * @param kind DEPOSIT, WITHDRAWAL or CORRECTION
   * @param amount signed, in the account's currency
   * @param balance with it
   * @param by who asked
   */
  record AccountAdjusted(
      String commandId,
      String kind,
      BigDecimal amount,
      BigDecimal balance,
      String reason,
      String by)
      implements RiskEvent {}

  /**
   * The account starts over. What was before counts no more: P&amp;L, peaks, limits, counts.
   *
   * @param startBalance from now on
   * @param finalBalance it had until now
   * @param settledPnl realised P&amp;L less fees since ever, which is left behind
   * @param tradingDay on which it starts over
   * @param before counts since ever, which are left behind too
   */
  record AccountReset(
      String commandId,
      BigDecimal startBalance,
      BigDecimal finalBalance,
      BigDecimal settledPnl,
      LocalDate tradingDay,
      Counts before,
      String reason,
      String by)
      implements RiskEvent {}

  /** Round trips of an account and what they came to before fees, and those of its trading day. */
  record Counts(
      long trades,
      long wins,
      long losses,
      BigDecimal grossProfit,
      BigDecimal grossLoss,
      long dayFills,
      long dayTrades,
      long dayWins,
      long dayLosses) {}

  /**
   * A trading day began: where the account stood at the last marks before it.
   *
   * @param balance start balance and adjustments plus realised P&amp;L less fees
   * @param equity balance plus unrealised P&amp;L at {@code marks}
   * @param marks of the positions held over the day's start
   */
  record DayStarted(
      LocalDate tradingDay, BigDecimal balance, BigDecimal equity, List<MarkedPosition> marks)
      implements RiskEvent {}

  /** The equity was never higher while this trading day, or ever; what trails it was raised. */
  record PeakRaised(LocalDate tradingDay, BigDecimal dayPeak, BigDecimal peak)
      implements RiskEvent {}

  /**
   * A limit was used up to a tier.
   *
   * @param id deterministic (account, program, version, rule, tier, percent, trading day); the
   *     command id of the action asked for
   * @param rule the rule's id within its program
   * @param kind DAILY_LOSS, DRAWDOWN, MAX_CONTRACTS, TRADE_COUNT, HOURS or CONSISTENCY
   * @param tier WARN, BLOCK, LIQUIDATE or LOCK
   * @param percent of the limit at which this tier begins
   * @param lockedUntil venue time the lock or block ends; null: not by time (an account over its
   *     drawdown stays locked)
   * @param reason the denial that new risk is answered with; null for WARN
   */
  record TierReached(
      String id,
      String rule,
      String kind,
      String tier,
      int percent,
      String program,
      int programVersion,
      LocalDate tradingDay,
      @Nullable Instant lockedUntil,
      @Nullable String reason,
      String text,
      RiskInputs inputs)
      implements RiskEvent {}

  /**
   * A tier no longer holds.
   *
   * @param id of the tier that was reached
   * @param why NEW_DAY, BACK_WITHIN, WINDOW_OPENED, PROGRAM_CHANGED or ACCOUNT_RESET
   */
  record TierCleared(String id, String rule, String tier, String why) implements RiskEvent {}

  /**
   * What a decision was made on, in the account's currency.
   *
   * @param marks of every open position, with the age of the price
   */
  record RiskInputs(
      BigDecimal limit,
      BigDecimal used,
      BigDecimal balance,
      BigDecimal equity,
      BigDecimal dayRealized,
      BigDecimal dayUnrealized,
      BigDecimal peak,
      long inDoubt,
      List<MarkedPosition> marks) {}

  /**
   * A position at the price it was valued at.
   *
   * @param px null where no price was known
   */
  record MarkedPosition(
      String symbol, long netQty, @Nullable BigDecimal px, @Nullable Instant pxAt) {}
}
