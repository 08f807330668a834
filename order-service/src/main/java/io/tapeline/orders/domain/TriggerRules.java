package io.tapeline.orders.domain;

import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import org.jspecify.annotations.Nullable;

/** When an order that is kept here has to leave for the venue, and how far its stop trails. */
public final class TriggerRules {
  private TriggerRules() {}

  /**
   * Whether the market has reached what the order waits for.
   *
   * @param px what this side's orders are triggered by: the last trade, unless the venue says
   *     otherwise
   */
  public static boolean isReached(Terms terms, @Nullable Price stopPx, Price px) {
    return switch (terms.ordType()) {
      case STOP, STOP_LIMIT, TRAILING_STOP -> stopPx != null && stops(terms.side(), stopPx, px);
      case LIMIT -> {
        var limit = terms.price();
        yield limit != null && terms.side().reaches(limit, px);
      }
      case MARKET -> true;
    };
  }

  /** What it becomes on the venue. */
  static OrdType released(OrdType type) {
    return switch (type) {
      case STOP, TRAILING_STOP, MARKET -> OrdType.MARKET;
      case STOP_LIMIT, LIMIT -> OrdType.LIMIT;
    };
  }

  private static boolean stops(Side side, Price stopPx, Price px) {
    return side == Side.BUY ? px.compareTo(stopPx) >= 0 : px.compareTo(stopPx) <= 0;
  }

  /**
   * Where the stop of an order stands once the market was there: it follows, and never loosens.
   * Null where the order has no stop.
   */
  public static @Nullable Price stopAfter(Terms terms, @Nullable Price best) {
    var stopPx = terms.stopPx();
    var trail = terms.trail();
    if (trail == null || best == null) return stopPx;
    var followed = best.plusTicks(terms.side() == Side.BUY ? trail : -trail);
    return stopPx == null ? followed : tighter(terms.side(), stopPx, followed);
  }

  /** The better of two prices seen, for a stop of this side to trail. */
  public static Price best(Side side, @Nullable Price seen, Price px) {
    if (seen == null) return px;
    return side == Side.BUY ? min(seen, px) : max(seen, px);
  }

  /** The stop that is reached first. */
  static Price tighter(Side side, Price a, Price b) {
    return side == Side.BUY ? min(a, b) : max(a, b);
  }

  private static Price min(Price a, Price b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Price max(Price a, Price b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
