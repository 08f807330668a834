package io.tapeline.orders.domain;

import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Symbol;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The world at the moment of a decision, as far as it matters to it: all that is not the account's
 * own history.
 *
 * @param venue where the account trades
 * @param capabilities what that venue does by itself
 * @param at the service clock
 * @param venueTime the venue's clock; null before it was ever heard
 * @param sendBy past this instant a new order must not be sent any more
 * @param tapeLagMillis how long the oldest unpublished event waits, when that is too long; else -1
 * @param rateExceeded whether this second's orders are used up
 * @param risk what is told of the account's risk
 */
public record Circumstances(
    String venue,
    VenueCapabilities capabilities,
    Instant at,
    @Nullable Instant venueTime,
    Instant sendBy,
    Limits limits,
    Market market,
    long tapeLagMillis,
    boolean venueDown,
    boolean quarantined,
    boolean rateExceeded,
    RiskFacts risk) {
  /**
   * What is told of the account's risk besides a lock, which is in the journal.
   *
   * @param stale it was not heard of lately
   * @param maxContracts lots the account may hold over all contracts; null: no rule says so
   */
  public record RiskFacts(boolean stale, @Nullable Long maxContracts) {
    public static final RiskFacts NOTHING_TOLD = new RiskFacts(false, null);
  }

  /** Whether a market trades. */
  public enum Session {
    OPEN,
    CLOSED,
    /** For a while: nothing trades, and no order of the day ends. */
    HALTED
  }

  /** What is known of instruments, prices, and executions of orders that left memory. */
  public interface Market {
    @Nullable Instrument instrument(Symbol symbol);

    @Nullable TopOfBook top(Symbol symbol);

    /** Whether an execution is known to be booked although no order in memory has it. */
    boolean booked(ExecId execId);

    /** Open unless it is known to be otherwise. */
    default Session session(Symbol symbol) {
      return Session.OPEN;
    }

    /** Whether the prices are known to be unreliable. */
    default boolean feedDistrusted(Symbol symbol) {
      return false;
    }
  }

  boolean sessionClosed(Symbol symbol) {
    return market.session(symbol) == Session.CLOSED;
  }

  /** Whether an order undoes what siblings executed too much. */
  boolean restoresAfterOcoRace() {
    return limits.restoreAfterOcoRace();
  }

  boolean tapeDown() {
    return tapeLagMillis >= 0;
  }
}
