package io.tapeline.orders.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What of an order can change; complete, not a difference.
 *
 * @param orderQty total lots, those filled included (FIX 38)
 * @param trail whole ticks
 * @param snappedFrom the price that was asked for, where it lay between two ticks
 */
public record Change(
    Qty orderQty,
    @Nullable Price price,
    @Nullable Price stopPx,
    @Nullable Long trail,
    @Nullable BigDecimal snappedFrom) {
  /** Whether both ask for the same, however it was written. */
  boolean isSameAs(Change other) {
    return orderQty.equals(other.orderQty)
        && java.util.Objects.equals(price, other.price)
        && java.util.Objects.equals(stopPx, other.stopPx)
        && java.util.Objects.equals(trail, other.trail);
  }
}
