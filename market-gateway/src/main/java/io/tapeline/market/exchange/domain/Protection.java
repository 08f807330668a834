package io.tapeline.market.exchange.domain;

import io.tapeline.model.ClOrdId;
import org.jspecify.annotations.Nullable;

/**
 * The bracket of an order, where the venue keeps it: once lots of it fill, orders the other way
 * protect them, and when one of these fills the other shrinks. Each has an id of its own, by which
 * it is told of, changed and canceled as any order is.
 */
public record Protection(@Nullable Leg stopLoss, @Nullable Leg takeProfit) {
  public Protection {
    if (stopLoss == null && takeProfit == null)
      throw new IllegalArgumentException("a bracket without a leg");
  }

  /**
   * One of the orders to come.
   *
   * @param ticks how far from the price of the fill
   */
  public record Leg(ClOrdId clOrdId, long ticks) {
    public Leg {
      if (ticks < 1) throw new IllegalArgumentException("a leg " + ticks + " ticks away");
    }
  }
}
