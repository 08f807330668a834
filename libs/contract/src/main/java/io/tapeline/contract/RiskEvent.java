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
  @JsonSubTypes.Type(value = RiskEvent.DayStarted.class, name = "DayStarted"),
  @JsonSubTypes.Type(value = RiskEvent.PeakRaised.class, name = "PeakRaised"),
  @JsonSubTypes.Type(value = RiskEvent.TierReached.class, name = "TierReached"),
  @JsonSubTypes.Type(value = RiskEvent.TierCleared.class, name = "TierCleared"),
})
public sealed interface RiskEvent {
  /**
   * A trading day began: where the account stood at the last marks before it.
   *
   * @param balance start balance plus realised P&amp;L less fees
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
   * @param kind DAILY_LOSS, DRAWDOWN, MAX_CONTRACTS, TRADE_COUNT or HOURS
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
   * @param why NEW_DAY, BACK_WITHIN, WINDOW_OPENED or PROGRAM_CHANGED
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
