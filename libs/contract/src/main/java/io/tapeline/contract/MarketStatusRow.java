package io.tapeline.contract;

import io.tapeline.model.OrdType;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State of a venue, or of one instrument there, on {@code market.status.v1}.
 *
 * @param symbol null for the venue as a whole
 * @param session OPEN, CLOSED or HALTED
 * @param venueTime the venue's clock at {@code at}; in a replay the recorded time
 * @param rate how fast the venue's clock runs: 1 in real time, 0 while paused, 5 in a replay at
 *     five times the pace
 * @param reason why the feed is in that state; null while LIVE
 * @param since when it came into that state (service clock)
 * @param reconciled whether orders and executions have been compared since the venue session opened
 *     (venue rows)
 * @param capabilities what the venue does by itself (venue rows)
 */
public record MarketStatusRow(
    String venue,
    @Nullable String symbol,
    String session,
    FeedState feed,
    @Nullable String reason,
    Instant since,
    Instant at,
    Instant venueTime,
    BigDecimal rate,
    @Nullable Boolean reconciled,
    @Nullable CapabilitiesRow capabilities) {
  /**
   * What a venue does by itself; the rest is emulated by order-service or refused.
   *
   * @param ordTypes kept on the venue
   * @param timesInForce kept by the venue
   * @param replace NONE, IN_PLACE or CHAINED (every change has an id of its own, FIX 41)
   * @param nativeOco whether sibling orders shrink and cancel each other there
   * @param nativeBrackets whether legs can be attached to an entry there
   * @param triggerOn LAST, BID_ASK or MARK: what reaches a stop
   * @param ackMillis how long an answer may take before a request is in doubt
   */
  public record CapabilitiesRow(
      List<OrdType> ordTypes,
      List<TimeInForce> timesInForce,
      String replace,
      boolean nativeOco,
      boolean nativeBrackets,
      String triggerOn,
      long ackMillis) {}
}
