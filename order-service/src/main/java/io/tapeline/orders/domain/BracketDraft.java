package io.tapeline.orders.domain;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bracket as it was asked for, not yet believed.
 *
 * @param breakevenAfterTicks whole ticks in favour after which the stop-loss moves to the entry
 */
public record BracketDraft(
    List<Leg> takeProfit, @Nullable Leg stopLoss, @Nullable Long breakevenAfterTicks) {
  public BracketDraft {
    takeProfit = List.copyOf(takeProfit);
  }

  /** One leg, by distance or by price. */
  public record Leg(
      @Nullable Long ticks, @Nullable BigDecimal price, @Nullable Long qty, @Nullable Long trail) {}
}
