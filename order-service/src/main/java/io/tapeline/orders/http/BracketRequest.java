package io.tapeline.orders.http;

import io.tapeline.orders.domain.BracketDraft;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bracket as it is asked for over REST, for an order or for a position.
 *
 * @param qty lots of the position to protect; without it all of them
 */
record BracketRequest(
    @Nullable List<LegRequest> takeProfit,
    @Nullable LegRequest stopLoss,
    @Nullable Breakeven breakeven,
    @Nullable Long qty) {
  private static final int MOST_LEGS = 100;

  record LegRequest(
      @Nullable Long ticks, @Nullable BigDecimal price, @Nullable Long qty, @Nullable Long trail) {
    BracketDraft.Leg leg() {
      return new BracketDraft.Leg(ticks, OrderRequest.plain("price", price), qty, trail);
    }
  }

  record Breakeven(@Nullable Long afterTicks) {}

  BracketDraft draft() {
    var legs = Objects.requireNonNullElse(takeProfit, List.<LegRequest>of());
    if (legs.size() > MOST_LEGS) throw new MalformedRequestException("too many take-profits");
    if (breakeven != null && breakeven.afterTicks() == null)
      throw new MalformedRequestException("breakeven.afterTicks is missing");
    return new BracketDraft(
        legs.stream().map(LegRequest::leg).toList(),
        stopLoss == null ? null : stopLoss.leg(),
        breakeven == null ? null : breakeven.afterTicks());
  }
}
