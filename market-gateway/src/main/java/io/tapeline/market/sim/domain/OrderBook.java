package io.tapeline.market.sim.domain;

import io.tapeline.market.sim.domain.BookOrder.Rest;
import io.tapeline.model.Side;
import org.jspecify.annotations.Nullable;

/**
 * The matching engine of one symbol: better prices trade first, older orders before newer ones at
 * the same price, always at the price of the order that waited.
 *
 * <p>An owner never trades with itself: an order that would is stopped there and its rest ends, be
 * it one that would have waited; the older order stays. What it traded before stands.
 *
 * <p>Works on bare numbers and linked orders, without a clock, and allocates nothing of its own.
 * One thread.
 */
final class OrderBook {
  /** What became of an order on arrival. */
  enum Outcome {
    FILLED,
    /** It, or its rest, waits on the book. */
    WAITS,
    /** Nobody left to trade with, and it may not wait. */
    REST_ENDED,
    /** Could not be filled whole, so nothing was traded. */
    NOT_FILLABLE,
    /** Met an order of its own owner. */
    SELF_TRADE
  }

  /** Hears every match, after both orders show it. Must not change the book. */
  @FunctionalInterface
  interface Listener {
    void traded(BookOrder resting, BookOrder aggressor, long px, long lots);
  }

  private final Ladder bids = new Ladder(Side.BUY);
  private final Ladder asks = new Ladder(Side.SELL);
  private final Listener listener;

  OrderBook(Listener listener) {
    this.listener = listener;
  }

  Ladder side(Side side) {
    return side == Side.BUY ? bids : asks;
  }

  @Nullable Level best(Side side) {
    return side(side).best();
  }

  /** Matches a new order; its {@code leaves} are then what it could not trade. */
  Outcome submit(BookOrder order) {
    var opposite = side(order.side.opposite());
    if (order.rest == Rest.FORBIDDEN && !canFillWhole(order, opposite)) return Outcome.NOT_FILLABLE;
    for (var best = opposite.best(); order.leaves > 0; best = opposite.best()) {
      if (best == null || !order.reaches(best.px)) return leftOver(order);
      var resting = best.oldest;
      if (resting == null) throw new IllegalStateException("an empty level at " + best.px);
      if (order.sameOwnerAs(resting)) return Outcome.SELF_TRADE;
      match(resting, best, order, opposite);
    }
    return Outcome.FILLED;
  }

  /** Takes an order off the book: false where it does not wait on it. */
  boolean cancel(BookOrder order) {
    var level = order.level;
    if (level == null) return false;
    unlink(order, level, side(order.side));
    return true;
  }

  /**
   * Changes a waiting order. With fewer lots at the same price it keeps its place in the queue;
   * otherwise it comes anew, and may trade.
   */
  Outcome replace(BookOrder order, long limit, long leaves) {
    var level = order.level;
    if (level == null || leaves <= 0)
      throw new IllegalArgumentException("cannot be replaced with " + leaves + " lots");
    if (limit == order.limit && leaves <= order.leaves) {
      level.take(order, order.leaves - leaves);
      return Outcome.WAITS;
    }
    cancel(order);
    order.limit = limit;
    order.leaves = leaves;
    return submit(order);
  }

  private void match(BookOrder resting, Level level, BookOrder aggressor, Ladder ladder) {
    long px = level.px;
    long lots = Math.min(resting.leaves, aggressor.leaves);
    level.take(resting, lots);
    aggressor.leaves -= lots;
    if (resting.leaves == 0) unlink(resting, level, ladder);
    listener.traded(resting, aggressor, px, lots);
  }

  private Outcome leftOver(BookOrder order) {
    if (order.rest != Rest.WAITS) return Outcome.REST_ENDED;
    side(order.side).findOrAdd(order.limit).append(order);
    return Outcome.WAITS;
  }

  private static void unlink(BookOrder order, Level level, Ladder ladder) {
    level.unlink(order);
    if (level.isEmpty()) ladder.remove(level);
  }

  private static boolean canFillWhole(BookOrder order, Ladder opposite) {
    long missing = order.leaves;
    for (int rank = 0; rank < opposite.size(); rank++) {
      var level = opposite.level(rank);
      if (!order.reaches(level.px)) return false;
      for (var resting = level.oldest; resting != null; resting = resting.newer) {
        if (order.sameOwnerAs(resting)) return false;
        missing -= resting.leaves;
        if (missing <= 0) return true;
      }
    }
    return false;
  }
}
