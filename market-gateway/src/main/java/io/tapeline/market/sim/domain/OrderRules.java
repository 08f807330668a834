package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.model.Price;
import io.tapeline.model.TimeInForce;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an order of each type must have, and must not. */
final class OrderRules {
  static final long MOST_LOTS = 1_000_000;
  static final long FARTHEST_TICKS = 1_000_000_000_000L;

  /** A trailing stop whose level nobody said cannot begin to trail. */
  static final String NO_LAST_PRICE = "NO_LAST_PRICE";

  private OrderRules() {}

  /**
   * Why terms make no sense, or null where they do.
   *
   * @param lastPx what traded last; null where nothing did
   */
  static @Nullable Refusal refusal(NewOrder order, @Nullable Price lastPx, Instant venueTime) {
    if (order.orderQty().isZero() || order.orderQty().lots() > MOST_LOTS)
      return Refusal.invalid("quantity must be 1 to " + MOST_LOTS);
    if (!isInRange(order.price()) || !isInRange(order.stopPx()))
      return Refusal.invalid("price out of range");
    if (order.timeInForce() == TimeInForce.GTD && !isAfter(order.expireAt(), venueTime))
      return Refusal.invalid("a GTD order needs a time to come");
    return switch (order.ordType()) {
      case MARKET -> has(order, false, false, false);
      case LIMIT -> has(order, true, false, false);
      case STOP -> has(order, false, true, false);
      case STOP_LIMIT -> has(order, true, true, false);
      case TRAILING_STOP -> trailing(order, lastPx);
    };
  }

  private static @Nullable Refusal trailing(NewOrder order, @Nullable Price lastPx) {
    var trail = order.trail();
    if (trail == null || trail < 1 || trail > FARTHEST_TICKS)
      return Refusal.invalid("a TRAILING_STOP order needs a trail of one tick or more");
    if (order.stopPx() == null && lastPx == null)
      return new Refusal(NO_LAST_PRICE, "nothing has traded yet: there is no price to trail");
    return has(order, false, order.stopPx() != null, true);
  }

  private static @Nullable Refusal has(
      NewOrder order, boolean price, boolean stopPx, boolean trail) {
    var type = order.ordType();
    if ((order.price() != null) != price)
      return Refusal.invalid(
          price ? "a " + type + " order needs a price" : "a " + type + " order has no price");
    if ((order.stopPx() != null) != stopPx)
      return Refusal.invalid(
          stopPx
              ? "a " + type + " order needs a stop price"
              : "a " + type + " order has no stop price");
    return (order.trail() != null) == trail
        ? null
        : Refusal.invalid("a " + type + " order does not trail");
  }

  private static boolean isInRange(@Nullable Price price) {
    return price == null || (price.ticks() >= -FARTHEST_TICKS && price.ticks() <= FARTHEST_TICKS);
  }

  private static boolean isAfter(@Nullable Instant at, Instant now) {
    return at != null && at.isAfter(now);
  }
}
