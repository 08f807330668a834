package io.tapeline.orders.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How large the legs of a bracket are, and where they stand. */
final class LegRules {
  private LegRules() {}

  /**
   * How many lots each take-profit plans to take; those that do not say share evenly what the
   * others leave, the first ones taking what does not divide. Null: there is not a lot for each.
   */
  static @Nullable List<Long> planned(long orderQty, List<BracketTerms.Leg> takeProfits) {
    var left = orderQty;
    var sharing = 0;
    for (var leg : takeProfits) {
      if (leg.qty() == null) sharing++;
      else left -= leg.qty().lots();
    }
    if (left < sharing) return null;
    var shares = new ArrayList<Long>();
    var shared = 0;
    for (var leg : takeProfits) {
      if (leg.qty() != null) {
        shares.add(leg.qty().lots());
      } else {
        shares.add(left / sharing + (shared < left % sharing ? 1 : 0));
        shared++;
      }
    }
    return List.copyOf(shares);
  }

  /**
   * How many lots each take-profit is to have working: what is filled of the entry goes to the
   * first, then to the next; and never more in all than is to be protected still.
   *
   * @param done lots each of them has taken already
   */
  static List<Long> working(List<Long> planned, List<Long> done, long filled, long remaining) {
    var working = new ArrayList<Long>();
    var unplaced = filled;
    var left = Math.max(0, remaining);
    for (var i = 0; i < planned.size(); i++) {
      var share = Math.min(planned.get(i), Math.max(0, unplaced));
      unplaced -= share;
      var lots = Math.min(Math.max(0, share - done.get(i)), left);
      left -= lots;
      working.add(lots);
    }
    return working;
  }

  /**
   * A distance from an average price, rounded toward it: a leg is never further away than asked.
   *
   * @param entry the side of what is protected
   * @param notionalTicks with {@code qty} the average, unrounded
   */
  static Price takeProfit(Side entry, long notionalTicks, long qty, long ticks) {
    return entry == Side.BUY
        ? new Price(Math.addExact(Math.floorDiv(notionalTicks, qty), ticks))
        : new Price(Math.subtractExact(Math.ceilDiv(notionalTicks, qty), ticks));
  }

  static Price stopLoss(Side entry, long notionalTicks, long qty, long ticks) {
    return entry == Side.BUY
        ? new Price(Math.subtractExact(Math.ceilDiv(notionalTicks, qty), ticks))
        : new Price(Math.addExact(Math.floorDiv(notionalTicks, qty), ticks));
  }

  /** Where a stop loses nothing. */
  static Price breakeven(Side entry, long notionalTicks, long qty) {
    return new Price(
        entry == Side.BUY ? Math.ceilDiv(notionalTicks, qty) : Math.floorDiv(notionalTicks, qty));
  }

  /** Whether the market is this many ticks in favour of an average price. */
  static boolean isInFavour(Side entry, long notionalTicks, long qty, long ticks, Price px) {
    var moved = Math.subtractExact(Math.multiplyExact(px.ticks(), qty), notionalTicks);
    return (entry == Side.BUY ? moved : -moved) >= Math.multiplyExact(ticks, qty);
  }
}
