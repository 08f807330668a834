package io.tapeline.orders.app;

import io.tapeline.contract.Capabilities.Capability;
import io.tapeline.contract.OrderRow;
import io.tapeline.contract.PendingRow;
import io.tapeline.model.Price;
import io.tapeline.orders.domain.Capabilities;
import io.tapeline.orders.domain.Denial;
import io.tapeline.orders.domain.Order;
import io.tapeline.orders.domain.Origin;
import io.tapeline.orders.domain.Terms;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as everyone sees it. */
final class OrderRows {
  private static final String STANDALONE = "STANDALONE";

  private OrderRows() {}

  static OrderRow row(String accountId, Order order) {
    return switch (order) {
      case Order.Live live -> placed(accountId, live, pending(live), live.words(), null);
      case Order.Done done -> placed(accountId, done, List.of(), done.words(), done.reason());
      case Order.Denied denied -> denied(accountId, denied);
    };
  }

  static OrderRow.Denial wire(Denial denial) {
    return new OrderRow.Denial(denial.reason().name(), denial.detail(), denial.params());
  }

  private static OrderRow placed(
      String accountId,
      Order.Placed order,
      List<PendingRow> pending,
      Order.VenueWords words,
      @Nullable String expiryReason) {
    var terms = order.terms();
    var revision = order.revision();
    var venueId = order.venueOrderId();
    return new OrderRow(
        accountId,
        order.clOrdId().value(),
        venueId == null ? null : venueId.value(),
        terms.symbol().value(),
        terms.side(),
        terms.ordType(),
        terms.timeInForce(),
        terms.orderQty().lots(),
        decimal(terms, terms.price()),
        decimal(terms, terms.stopPx()),
        terms.trail(),
        order.fills().cumQty().lots(),
        order.leavesQty().lots(),
        avgPx(order),
        order.status(),
        pending,
        STANDALONE,
        null,
        null,
        terms.reduceOnly(),
        terms.strategy(),
        expiryReason == null ? null : words.text(),
        revision.version(),
        revision.seq(),
        revision.createdAt(),
        revision.updatedAt(),
        capabilities(order),
        terms.expireAt(),
        order.origin() == Origin.DESK ? "DESK" : "EXTERNAL",
        false,
        snapped(terms),
        null,
        expiryReason,
        words.code(),
        expiryReason == null ? words.text() : null);
  }

  private static OrderRow denied(String accountId, Order.Denied order) {
    var draft = order.draft();
    var revision = order.revision();
    return new OrderRow(
        accountId,
        order.clOrdId().value(),
        null,
        draft.symbol(),
        draft.side(),
        draft.ordType(),
        draft.timeInForce(),
        draft.orderQty(),
        draft.price(),
        draft.stopPx(),
        draft.trail(),
        0,
        0,
        null,
        order.status(),
        List.of(),
        STANDALONE,
        null,
        null,
        draft.reduceOnly(),
        draft.strategy(),
        order.denial().detail(),
        revision.version(),
        revision.seq(),
        revision.createdAt(),
        revision.updatedAt(),
        capabilities(order),
        draft.expireAt(),
        "DESK",
        false,
        null,
        wire(order.denial()),
        null,
        null,
        null);
  }

  private static List<PendingRow> pending(Order.Live live) {
    return live.requests().stream()
        .map(
            r ->
                new PendingRow(
                    io.tapeline.contract.RequestKind.valueOf(r.kind().name()),
                    r.since(),
                    r.inDoubt()))
        .toList();
  }

  private static io.tapeline.contract.Capabilities capabilities(Order order) {
    var can = Capabilities.of(order);
    return new io.tapeline.contract.Capabilities(
        wire(can.price()),
        wire(can.stopPx()),
        wire(can.trail()),
        wire(can.qty()),
        wire(can.cancel()));
  }

  private static Capability wire(@Nullable String reasonForNo) {
    return reasonForNo == null ? Capability.YES : Capability.no(reasonForNo);
  }

  private static @Nullable BigDecimal decimal(Terms terms, @Nullable Price price) {
    return price == null ? null : terms.instrument().decimal(price);
  }

  private static @Nullable BigDecimal avgPx(Order.Placed order) {
    if (order.fills().cumQty().isZero()) return null;
    var decimal = order.terms().instrument().tickSize().multiply(order.fills().avgPxTicks());
    var scale = order.terms().instrument().tickSize().scale();
    var plain = decimal.stripTrailingZeros();
    return plain.scale() < scale ? plain.setScale(scale) : plain;
  }

  private static OrderRow.@Nullable Snapped snapped(Terms terms) {
    var from = terms.snappedFrom();
    var price = terms.price();
    return from == null || price == null
        ? null
        : new OrderRow.Snapped(from, terms.instrument().decimal(price));
  }
}
