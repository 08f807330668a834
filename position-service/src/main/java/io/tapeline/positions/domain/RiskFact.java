package io.tapeline.positions.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What an account's rules have led to; each is journaled and changes {@link RiskState}. */
public sealed interface RiskFact {
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
    PROGRAM_CHANGED
  }

  record TierCleared(String id, String rule, Tier tier, Why why) implements RiskFact {}
}
