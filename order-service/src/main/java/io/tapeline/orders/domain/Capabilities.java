package io.tapeline.orders.domain;

import org.jspecify.annotations.Nullable;

/**
 * What may be changed of an order now; each is null for yes, or the reason for no. Button and drag
 * obey the same answer.
 */
public record Capabilities(
    @Nullable String price,
    @Nullable String stopPx,
    @Nullable String trail,
    @Nullable String qty,
    @Nullable String cancel) {
  private static final String REPLACE_NOT_OFFERED = "changing an order is not offered yet";

  public static Capabilities of(Order order) {
    return switch (order) {
      case Order.Live live -> {
        var cancelling = live.request(RequestKind.CANCEL) != null;
        yield new Capabilities(
            live.terms().price() == null ? "the order has no price" : REPLACE_NOT_OFFERED,
            "the order has no stop price",
            "the order does not trail",
            REPLACE_NOT_OFFERED,
            cancelling ? "a cancel is on its way" : null);
      }
      case Order.Done _, Order.Denied _ -> all("the order is " + order.status());
    };
  }

  private static Capabilities all(String reason) {
    return new Capabilities(reason, reason, reason, reason, reason);
  }
}
