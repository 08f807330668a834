package io.tapeline.orders.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to protect an entry once it fills.
 *
 * @param breakevenAfterTicks whole ticks in favour after which the stop-loss moves to the average
 *     entry price
 */
public record BracketTerms(
    List<Leg> takeProfit, @Nullable Leg stopLoss, @Nullable Long breakevenAfterTicks) {
  public BracketTerms {
    takeProfit = List.copyOf(takeProfit);
  }

  /**
   * One leg, by distance or by price: exactly one of the two.
   *
   * @param ticks whole ticks from the average fill price
   * @param qty lots; null: an equal share of what no other leg takes
   * @param trail whole ticks, where a stop-loss trails
   */
  public record Leg(
      @Nullable Long ticks, @Nullable Price price, @Nullable Qty qty, @Nullable Long trail) {}
}
