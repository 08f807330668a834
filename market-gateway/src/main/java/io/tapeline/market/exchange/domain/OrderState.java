package io.tapeline.market.exchange.domain;

import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrderId;
import io.tapeline.model.Qty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as the exchange holds it.
 *
 * @param order its terms as they are now
 * @param triggered whether the stop price of a stop was reached
 * @param status NEW, PARTIALLY_FILLED, FILLED, CANCELED, EXPIRED or REJECTED
 * @param fills its executions so far, oldest first
 * @param code why it was rejected or canceled, in the exchange's words
 * @param venueTime of its last change
 */
public record OrderState(
    NewOrder order,
    boolean triggered,
    OrderId venueOrderId,
    OrdStatus status,
    Qty cumQty,
    List<ExchangeEvent.Filled> fills,
    @Nullable String code,
    @Nullable String text,
    Instant venueTime) {

  public OrderState {
    fills = List.copyOf(fills);
  }

  public OrderState with(List<ExchangeEvent.Filled> otherFills) {
    return new OrderState(
        order, triggered, venueOrderId, status, cumQty, otherFills, code, text, venueTime);
  }

  /** What can still trade: nothing once it is done. */
  public Qty leavesQty() {
    return status.isWorking() ? order.orderQty().minusUpTo(cumQty) : Qty.ZERO;
  }
}
