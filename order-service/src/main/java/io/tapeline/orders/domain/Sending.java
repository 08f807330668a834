package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdType;
import io.tapeline.model.TimeInForce;
import io.tapeline.orders.domain.OrderEvent.OrderHeld;
import io.tapeline.orders.domain.OrderEvent.OrderReleased;
import io.tapeline.orders.domain.OrderEvent.OrderSubmitted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a new order starts: sent as it is where the venue does all of it; kept here until its stop is
 * reached where the venue does not watch stops; sent until cancelled and ended from here where the
 * venue does not watch the time.
 */
final class Sending {
  /** The venue takes it as good till cancelled; its end is watched for here. */
  static final String TIME_WATCHED_HERE = "TIME_WATCHED_HERE";

  private Sending() {}

  /** What neither the venue does nor this desk in its place. */
  static @Nullable Denial unsupported(Terms terms, VenueCapabilities venue) {
    var sent = venue.has(terms.ordType()) ? terms.ordType() : emulatedBy(terms.ordType());
    if (sent == null || !venue.has(sent))
      return DenialReason.UNSUPPORTED_BY_VENUE.with("ordType", terms.ordType());
    return time(terms.timeInForce(), venue) == null
        ? DenialReason.UNSUPPORTED_BY_VENUE.with("timeInForce", terms.timeInForce())
        : null;
  }

  static List<OrderEvent> events(
      ClOrdId clOrdId, Terms terms, Links links, String commandId, String by, Circumstances now) {
    var venue = now.capabilities();
    if (!venue.has(terms.ordType()))
      return List.of(new OrderHeld(clOrdId, Hold.TRIGGER, terms, links, commandId, by));
    if (venue.has(terms.timeInForce()))
      return List.of(new OrderSubmitted(clOrdId, 1, terms, links, now.sendBy(), commandId, by));
    return List.of(
        new OrderHeld(clOrdId, Hold.TRIGGER, terms, links, commandId, by),
        new OrderReleased(
            clOrdId,
            1,
            VenueTerms.of(terms, terms.ordType(), TimeInForce.GTC),
            now.sendBy(),
            TIME_WATCHED_HERE));
  }

  /** What is sent once the stop is reached; null: nothing is watched for, so nothing can be. */
  private static @Nullable OrdType emulatedBy(OrdType type) {
    return switch (type) {
      case STOP, TRAILING_STOP -> OrdType.MARKET;
      case STOP_LIMIT -> OrdType.LIMIT;
      case MARKET, LIMIT -> null;
    };
  }

  /** For how long the venue is to have it; null: neither the venue nor this desk can do that. */
  static @Nullable TimeInForce time(TimeInForce asked, VenueCapabilities venue) {
    if (venue.has(asked)) return asked;
    return switch (asked) {
      case DAY, GTD -> venue.has(TimeInForce.GTC) ? TimeInForce.GTC : null;
      case GTC, IOC, FOK -> null;
    };
  }
}
