package io.tapeline.orders.domain;

import io.tapeline.model.OrdType;
import io.tapeline.orders.domain.Order.Live;
import org.jspecify.annotations.Nullable;

/**
 * What may be changed of an order now; each is null for yes, or why not. The same answer is shown
 * in the order's row and given to a command: button and drag obey one rule.
 */
public record Capabilities(
    @Nullable Denial price,
    @Nullable Denial stopPx,
    @Nullable Denial trail,
    @Nullable Denial qty,
    @Nullable Denial cancel) {

  public static Capabilities of(Order order, VenueCapabilities venue) {
    return switch (order) {
      case Live live -> of(live, venue);
      case Order.Done _, Order.Denied _ -> all(OrderDecider.ended(order));
    };
  }

  private static Capabilities of(Live live, VenueCapabilities venue) {
    if (live.request(RequestKind.CANCEL) != null)
      return all(DenialReason.CANCEL_IN_FLIGHT.with(live.clOrdId()));
    // what is held here is changed here, whatever the venue can do
    if (!live.held() && !venue.replaces()) {
      var fixed = DenialReason.UNSUPPORTED_BY_VENUE.with("replace", venue.replace());
      return new Capabilities(fixed, fixed, fixed, fixed, null);
    }
    return new Capabilities(price(live), stopPx(live), trail(live), qty(live), null);
  }

  private static @Nullable Denial price(Live live) {
    return hasPrice(live.terms().ordType()) ? null : unfit(live, "price");
  }

  private static @Nullable Denial stopPx(Live live) {
    return hasStop(live.terms().ordType()) ? untriggered(live) : unfit(live, "stopPx");
  }

  private static @Nullable Denial trail(Live live) {
    return live.terms().ordType() == OrdType.TRAILING_STOP
        ? untriggered(live)
        : unfit(live, "trail");
  }

  private static @Nullable Denial qty(Live live) {
    var parent = live.links().parentClOrdId();
    return live.links().isLeg()
        ? DenialReason.BRACKET_CHILD_QTY_FOLLOWS_POSITION.with(parent == null ? "" : parent)
        : null;
  }

  private static @Nullable Denial untriggered(Live live) {
    return live.standing().triggered() ? DenialReason.ORDER_TRIGGERED.with(live.clOrdId()) : null;
  }

  private static Denial unfit(Live live, String field) {
    return DenialReason.INVALID_PRICE_FOR_TYPE.with(live.terms().ordType(), field);
  }

  static boolean hasPrice(OrdType type) {
    return type == OrdType.LIMIT || type == OrdType.STOP_LIMIT;
  }

  /** A trailing stop's level follows the market and is nobody's to move. */
  static boolean hasStop(OrdType type) {
    return type == OrdType.STOP || type == OrdType.STOP_LIMIT;
  }

  private static Capabilities all(Denial denial) {
    return new Capabilities(denial, denial, denial, denial, denial);
  }
}
