package io.tapeline.orders.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a risk rule has ordered: no new risk. Nobody at the desk can undo it.
 *
 * @param id of the rule's decision
 * @param reason the denial that new risk is answered with
 * @param until venue time before which a LOCK does not end; null: it ends when the rule says so
 * @param asOfSeq the account's event the rule had seen last
 */
public record RiskLock(
    String id, Tier tier, String reason, String rule, @Nullable Instant until, long asOfSeq) {
  /** How hard a rule acts. */
  public enum Tier {
    BLOCK,
    /** The account is made flat as well. */
    LIQUIDATE,
    /** And stays without new risk until its time has come. */
    LOCK;

    boolean makesFlat() {
      return this != BLOCK;
    }
  }

  /** Whether it may end now, if the rule no longer asks for it. */
  boolean mayEnd(@Nullable Instant venueTime) {
    return tier != Tier.LOCK || until == null || (venueTime != null && !venueTime.isBefore(until));
  }

  /** The answer to new risk meanwhile. */
  Denial denial() {
    return switch (reason) {
      case "DAILY_LOSS_LIMIT" -> DenialReason.DAILY_LOSS_LIMIT.with();
      case "DRAWDOWN_LIMIT" -> DenialReason.DRAWDOWN_LIMIT.with();
      case "TRADE_COUNT_LIMIT" -> DenialReason.TRADE_COUNT_LIMIT.with();
      case "OUTSIDE_HOURS" -> DenialReason.OUTSIDE_HOURS.with();
      default -> DenialReason.RISK_LOCK.with(rule);
    };
  }
}
