package io.tapeline.orders.domain;

import io.tapeline.model.OrdType;
import io.tapeline.model.TimeInForce;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a venue does by itself; the rest is emulated here or refused.
 *
 * @param nativeOco whether sibling orders shrink and cancel each other there
 * @param nativeBrackets whether legs can be attached to an entry there
 */
public record VenueCapabilities(
    Set<OrdType> ordTypes,
    Set<TimeInForce> timesInForce,
    Replace replace,
    boolean nativeOco,
    boolean nativeBrackets,
    TriggerOn triggerOn) {
  /** Of a venue that says nothing of itself: the least that every venue does. */
  public static final VenueCapabilities LEAST =
      new VenueCapabilities(
          EnumSet.of(OrdType.MARKET, OrdType.LIMIT),
          EnumSet.of(TimeInForce.DAY, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK),
          Replace.NONE,
          false,
          false,
          TriggerOn.LAST);

  public VenueCapabilities {
    ordTypes = Set.copyOf(ordTypes);
    timesInForce = Set.copyOf(timesInForce);
  }

  /** How a working order can be changed. */
  public enum Replace {
    NONE,
    IN_PLACE,
    /** Every change has an id of its own (FIX 41). */
    CHAINED
  }

  /** What reaches a stop. */
  public enum TriggerOn {
    LAST,
    BID_ASK,
    MARK
  }

  public boolean has(OrdType type) {
    return ordTypes.contains(type);
  }

  public boolean has(TimeInForce time) {
    return timesInForce.contains(time);
  }

  public boolean replaces() {
    return replace != Replace.NONE;
  }
}
