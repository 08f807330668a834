package io.tapeline.market.venue.domain;

import io.tapeline.model.OrdType;
import io.tapeline.model.TimeInForce;
import java.time.Duration;
import java.util.Set;

/**
 * What a venue can do by itself; what it cannot is emulated elsewhere or refused.
 *
 * @param replace how a working order is changed there
 * @param queriesByClientId whether an order can be asked for by our id, the way out of doubt
 * @param nativeOco whether siblings of a group shrink and cancel each other there
 * @param nativeBrackets whether stop-loss and take-profit can be attached to an entry
 * @param triggerOn what reaches a stop there
 * @param ack how long an answer may take before a request is in doubt
 * @param settle how long after a send "unknown" begins to mean something
 */
public record VenueCapabilities(
    Set<OrdType> ordTypes,
    Set<TimeInForce> timesInForce,
    Replace replace,
    boolean queriesByClientId,
    boolean nativeOco,
    boolean nativeBrackets,
    Trigger triggerOn,
    Duration ack,
    Duration settle) {

  public VenueCapabilities {
    ordTypes = Set.copyOf(ordTypes);
    timesInForce = Set.copyOf(timesInForce);
  }

  /** How a venue changes a working order. */
  public enum Replace {
    NONE,
    /** The order keeps its ids. */
    IN_PLACE,
    /** Every change has an id of its own that names the one before (FIX 41). */
    CHAINED
  }

  /** What a venue compares a stop price with. */
  public enum Trigger {
    LAST,
    BID_ASK,
    MARK
  }
}
