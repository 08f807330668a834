package io.tapeline.market.sim.domain;

import io.tapeline.model.Side;
import org.jspecify.annotations.Nullable;

/**
 * An order in the matching engine, and at the same time a link of the queue it waits in. Prices and
 * quantities are bare numbers here: ticks and lots.
 */
class BookOrder {
  /** Owner of the orders that may trade with any other, their own kind included. */
  static final int NOBODY = 0;

  /** What becomes of the part that finds nobody to trade with. */
  enum Rest {
    /** Waits on the book. */
    WAITS,
    /** Ends at once. */
    ENDS,
    /** There may be none: the order trades whole or not at all. */
    FORBIDDEN
  }

  final Side side;
  final int owner;
  final Rest rest;
  long limit;
  long leaves;

  /** Where it waits; null while it does not. */
  @Nullable Level level;

  @Nullable BookOrder older;
  @Nullable BookOrder newer;

  BookOrder(Side side, int owner, Rest rest, long limit, long lots) {
    if (lots <= 0) throw new IllegalArgumentException("an order over " + lots + " lots");
    this.side = side;
    this.owner = owner;
    this.rest = rest;
    this.limit = limit;
    this.leaves = lots;
  }

  /** The limit of an order that takes any price. */
  static long anyPrice(Side side) {
    return side == Side.BUY ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  boolean isWaiting() {
    return level != null;
  }

  boolean reaches(long px) {
    return side == Side.BUY ? limit >= px : limit <= px;
  }

  boolean sameOwnerAs(BookOrder other) {
    return owner != NOBODY && owner == other.owner;
  }
}
