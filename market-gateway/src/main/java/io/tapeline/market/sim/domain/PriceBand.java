package io.tapeline.market.sim.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Side;
import org.jspecify.annotations.Nullable;

/**
 * Between which prices a contract may trade in a session, the limits included; ticks.
 *
 * @param low limit down
 * @param high limit up
 */
record PriceBand(long low, long high) {
  static final PriceBand UNLIMITED =
      new PriceBand(-OrderRules.FARTHEST_TICKS, OrderRules.FARTHEST_TICKS);

  PriceBand {
    if (low >= high) throw new IllegalArgumentException("no price between " + low + " and " + high);
  }

  /** So far on both sides of a settlement price; at least a tick. Zero percent: no limits. */
  static PriceBand around(Price settlement, double percent) {
    if (percent == 0) return UNLIMITED;
    long ticks = settlement.ticks();
    long far = Math.max(1, (long) (Math.abs(ticks) * percent / 100));
    return new PriceBand(ticks - far, ticks + far);
  }

  boolean allows(@Nullable Price price) {
    return price == null || allows(price.ticks());
  }

  boolean allows(long px) {
    return px >= low && px <= high;
  }

  /** The worst price an order that would pay any may trade at. */
  long limit(Side side, long limit) {
    return side == Side.BUY ? Math.min(limit, high) : Math.max(limit, low);
  }
}
