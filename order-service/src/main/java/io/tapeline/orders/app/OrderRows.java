package io.tapeline.orders.app;

import io.tapeline.contract.Capabilities.Capability;
import io.tapeline.contract.OrderRow;
import io.tapeline.contract.PendingRow;
import io.tapeline.model.Price;
import io.tapeline.orders.domain.Capabilities;
import io.tapeline.orders.domain.Change;
import io.tapeline.orders.domain.Denial;
import io.tapeline.orders.domain.Hold;
import io.tapeline.orders.domain.Order;
import io.tapeline.orders.domain.Origin;
import io.tapeline.orders.domain.Request;
import io.tapeline.orders.domain.RequestKind;
import io.tapeline.orders.domain.Role;
import io.tapeline.orders.domain.Terms;
import io.tapeline.orders.domain.VenueCapabilities;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as everyone sees it. */
final class OrderRows {
  private static final String WAITS_FOR_ENTRY = "waits until its entry is filled";

  private OrderRows() {}

  static OrderRow row(String accountId, Order order, VenueCapabilities venue) {
    return row(accountId, order, capabilities(order, venue));
  }

  /**
   * The row with capabilities that were found before: what the venue can do is no part of the
   * account's history.
   */
  static OrderRow row(
      String accountId, Order order, io.tapeline.contract.Capabilities capabilities) {
    return switch (order) {
      case Order.Live live ->
          placed(accountId, live, pending(live), live.words(), null, capabilities);
      case Order.Done done ->
          placed(accountId, done, List.of(), done.words(), done.reason(), capabilities);
      case Order.Denied denied -> denied(accountId, denied, capabilities);
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
      @Nullable String expiryReason,
      io.tapeline.contract.Capabilities capabilities) {
    var terms = order.terms();
    var revision = order.revision();
    var venueId = order.venueOrderId();
    var parent = order.links().parentClOrdId();
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
        order.links().role().name(),
        parent == null ? null : parent.value(),
        order.links().ocoGroup(),
        terms.reduceOnly(),
        terms.strategy(),
        expiryReason == null ? waiting(order) : words.text(),
        revision.version(),
        revision.seq(),
        revision.createdAt(),
        revision.updatedAt(),
        capabilities,
        terms.expireAt(),
        order.origin() == Origin.DESK ? "DESK" : "EXTERNAL",
        order.standing().emulated(),
        snapped(terms),
        null,
        expiryReason,
        words.code(),
        expiryReason == null ? words.text() : null);
  }

  private static OrderRow denied(
      String accountId, Order.Denied order, io.tapeline.contract.Capabilities capabilities) {
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
        Role.STANDALONE.name(),
        null,
        null,
        draft.reduceOnly(),
        draft.strategy(),
        order.denial().detail(),
        revision.version(),
        revision.seq(),
        revision.createdAt(),
        revision.updatedAt(),
        capabilities,
        draft.expireAt(),
        "DESK",
        false,
        null,
        wire(order.denial()),
        null,
        null,
        null);
  }

  private static @Nullable String waiting(Order.Placed order) {
    return order instanceof Order.Live live && live.standing().hold() == Hold.PARENT
        ? WAITS_FOR_ENTRY
        : null;
  }

  /** What is in flight; a change that waits here shows as if it were, since it will be next. */
  private static List<PendingRow> pending(Order.Live live) {
    var rows = new ArrayList<PendingRow>();
    var queued = live.queued();
    for (var request : live.requests()) {
      if (request.kind() == RequestKind.REPLACE && request.change() != null)
        rows.add(
            replace(
                live,
                request.since(),
                doubt(request),
                queued == null ? request.change() : queued.change()));
      else
        rows.add(
            new PendingRow(
                io.tapeline.contract.RequestKind.valueOf(request.kind().name()),
                request.since(),
                doubt(request)));
    }
    if (queued != null && live.request(RequestKind.REPLACE) == null)
      rows.add(replace(live, queued.since(), null, queued.change()));
    return List.copyOf(rows);
  }

  private static PendingRow replace(
      Order.Live live, Instant since, PendingRow.@Nullable Doubt doubt, Change change) {
    return new PendingRow(
        io.tapeline.contract.RequestKind.REPLACE,
        since,
        doubt != null,
        change.orderQty().lots(),
        decimal(live.terms(), change.price()),
        decimal(live.terms(), change.stopPx()),
        change.trail(),
        doubt);
  }

  private static PendingRow.@Nullable Doubt doubt(Request request) {
    var doubt = request.doubt();
    return doubt == null
        ? null
        : new PendingRow.Doubt(doubt.since(), doubt.why(), doubt.negatives());
  }

  private static io.tapeline.contract.Capabilities capabilities(
      Order order, VenueCapabilities venue) {
    var can = Capabilities.of(order, venue);
    return new io.tapeline.contract.Capabilities(
        capability(can.price()),
        capability(can.stopPx()),
        capability(can.trail()),
        capability(can.qty()),
        capability(can.cancel()));
  }

  /** The name of the reason; texts for it come from the same list everywhere. */
  private static Capability capability(@Nullable Denial no) {
    return no == null ? Capability.YES : Capability.no(no.reason().name());
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

  /** Where only the stop price could be moved, it is the one that was. */
  private static OrderRow.@Nullable Snapped snapped(Terms terms) {
    var from = terms.snappedFrom();
    var to = terms.snappedTo();
    return from == null || to == null
        ? null
        : new OrderRow.Snapped(from, terms.instrument().decimal(to));
  }
}
