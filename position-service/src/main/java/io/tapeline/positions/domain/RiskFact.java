package io.tapeline.positions.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What an account's rules have led to; each is journaled and changes {@link RiskState}. */
public sealed interface RiskFact {
  /** The account was seen for the first time. */
  record AccountOpened(BigDecimal startBalance, String program, int version) implements RiskFact {}

  /** Why money came or went that was not traded for. */
  enum Adjustment {
    /** Paid in: above zero. */
    DEPOSIT,
    /** Paid out: below zero. */
    WITHDRAWAL,
    /** Such as of a fee; either way. */
    CORRECTION
  }

  /** Money came or went that was not traded for. */
  record AccountAdjusted(
      String commandId, Adjustment kind, BigDecimal amount, String reason, String by)
      implements RiskFact {}

  /**
   * The account starts over.
   *
   * @param settled realised P&amp;L less fees since ever, left behind
   * @param before counts since ever, left behind
   */
  record AccountReset(
      String commandId,
      BigDecimal startBalance,
      BigDecimal settled,
      LocalDate tradingDay,
      Results before,
      String reason,
      String by)
      implements RiskFact {}

  /** A trading day began. */
  record DayStarted(LocalDate tradingDay, BigDecimal balance, BigDecimal equity)
      implements RiskFact {}

  /** The equity was never higher, on that day or at all. */
  record PeakRaised(LocalDate tradingDay, BigDecimal dayPeak, BigDecimal peak)
      implements RiskFact {}

  /**
   * A limit was used up to a tier.
   *
   * @param id deterministic; the command id of what is asked for
   * @param until venue time it ends; null: not by time
   */
  record TierReached(
      String id,
      String rule,
      RiskKind kind,
      Tier tier,
      int percent,
      String program,
      int version,
      LocalDate tradingDay,
      @Nullable Instant until,
      BigDecimal limit,
      BigDecimal used)
      implements RiskFact {}

  /** Why a tier ended. */
  enum Why {
    NEW_DAY,
    BACK_WITHIN,
    PROGRAM_CHANGED,
    ACCOUNT_RESET
  }

  record TierCleared(String id, String rule, Tier tier, Why why) implements RiskFact {}
}
