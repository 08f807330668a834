package io.tapeline.orders.domain;

import static io.tapeline.orders.domain.Decision.accepted;

import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.orders.domain.Order.Denied;
import io.tapeline.orders.domain.Order.Done;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.OrderCommand.ReplaceOrder;
import io.tapeline.orders.domain.OrderEvent.OrderReplaced;
import io.tapeline.orders.domain.OrderEvent.ReplaceDropped;
import io.tapeline.orders.domain.OrderEvent.ReplaceQueued;
import io.tapeline.orders.domain.OrderEvent.ReplaceRequested;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of working orders: one at a time is on its way, the last one asked for meanwhile waits
 * here. An order that is held here is changed at once.
 */
final class Replacing {
  private Replacing() {}

  static Decision decide(AccountState account, ReplaceOrder replace, Circumstances now) {
    return switch (account.order(replace.clOrdId())) {
      case null -> refused(replace, DenialReason.UNKNOWN_ORDER.with(replace.clOrdId()));
      case Done done -> refused(replace, OrderDecider.ended(done));
      case Denied denied -> refused(replace, OrderDecider.ended(denied));
      case Live live -> decide(account, live, replace, now);
    };
  }

  private static Decision decide(
      AccountState account, Live live, ReplaceOrder replace, Circumstances now) {
    var version = live.revision().version();
    if (replace.expectedVersion() != version)
      return refused(replace, DenialReason.STALE_VERSION.with(replace.expectedVersion(), version));
    var incapable = incapable(replace, Capabilities.of(live, now.capabilities()));
    if (incapable != null) return refused(replace, incapable);
    var terms = live.terms();
    var price = Ticks.limit(terms.instrument(), terms.side(), replace.price(), replace.strict());
    if (price.denial() != null) return refused(replace, price.denial());
    var stop = Ticks.stop(terms.instrument(), terms.side(), replace.stopPx(), replace.strict());
    if (stop.denial() != null) return refused(replace, stop.denial());
    var change = change(live, replace, price, stop);
    var senseless = senseless(live, replace, change);
    if (senseless != null) return refused(replace, senseless);
    if (change.isSameAs(live.wanted())) return accepted();
    var objection = objection(account, live, change, now);
    return objection == null
        ? accepted(event(live, change, replace, now))
        : refused(replace, objection);
  }

  private static @Nullable Denial incapable(ReplaceOrder replace, Capabilities can) {
    if (replace.price() != null && can.price() != null) return can.price();
    if (replace.stopPx() != null && can.stopPx() != null) return can.stopPx();
    if (replace.trail() != null && can.trail() != null) return can.trail();
    return replace.orderQty() == null ? null : can.qty();
  }

  /** Built on the last wish, so that a new price does not undo a new quantity. */
  private static Change change(Live live, ReplaceOrder replace, Ticks price, Ticks stop) {
    var wanted = live.wanted();
    var orderQty = replace.orderQty();
    return new Change(
        orderQty == null || orderQty < 1 ? wanted.orderQty() : new Qty(orderQty),
        orElse(price.price(), wanted.price()),
        orElse(stop.price(), wanted.stopPx()),
        replace.trail() == null ? wanted.trail() : replace.trail(),
        price.from() == null ? stop.from() : price.from());
  }

  private static @Nullable Price orElse(@Nullable Price asked, @Nullable Price known) {
    return asked == null ? known : asked;
  }

  private static @Nullable Denial senseless(Live live, ReplaceOrder replace, Change change) {
    var orderQty = replace.orderQty();
    if (orderQty != null && orderQty < 1) return DenialReason.INVALID_QTY.with(orderQty);
    var trail = replace.trail();
    if (trail != null && trail < 1)
      return DenialReason.INVALID_PRICE_FOR_TYPE.with(live.terms().ordType(), "trail");
    var spent = live.fills().spentQty();
    return change.orderQty().compareTo(spent) < 0
        ? DenialReason.QTY_BELOW_FILLED.with(change.orderQty().lots(), spent.lots())
        : null;
  }

  /**
   * What would be left of the order is judged beside everything else the account has: as an order
   * of its own, but for the limits that it passed when it was placed.
   */
  private static @Nullable Denial objection(
      AccountState account, Live live, Change change, Circumstances now) {
    var fewer = change.orderQty().compareTo(live.wanted().orderQty()) < 0;
    var moves = !isAt(change, live.wanted());
    if (fewer && !moves)
      return live.held() ? null : RiskCheck.VENUE_IS_UP.object(live.terms(), account, now);
    var rest = account.settingAside(live.clOrdId());
    var after = live.terms().with(change);
    var left = after.with(lots(change, change.orderQty().minusUpTo(live.fills().spentQty())));
    var denial =
        RiskCheck.first(
            live.held() ? List.of(RiskCheck.NOT_HALTED) : RiskCheck.ANY_ORDER, left, rest, now);
    if (denial != null) return denial;
    if (moves && live.standing().hold() != Hold.PARENT) {
      denial = RiskCheck.STOP_IS_AHEAD_OF_MARKET.object(left, rest, now);
      if (denial != null && !isSameStop(change, live.wanted())) return denial;
    }
    var reducible = rest.reducible(left.symbol(), left.side());
    if (live.links().isLeg() || left.orderQty().lots() <= reducible) return null;
    var more = change.orderQty().compareTo(live.wanted().orderQty()) > 0;
    if (more && after.reduceOnly())
      return DenialReason.REDUCE_ONLY_WOULD_INCREASE.with(reducible, left.orderQty().lots());
    if (!more) return RiskCheck.first(RiskCheck.MOVED_PRICE, left, rest, now);
    denial = RiskCheck.QTY_WITHIN_LIMIT.object(after, rest, now);
    return denial != null ? denial : RiskCheck.first(RiskCheck.MORE_LOTS, left, rest, now);
  }

  private static boolean isAt(Change a, Change b) {
    return lots(a, b.orderQty()).isSameAs(b);
  }

  private static boolean isSameStop(Change a, Change b) {
    return java.util.Objects.equals(a.stopPx(), b.stopPx());
  }

  private static Change lots(Change change, Qty lots) {
    return new Change(lots, change.price(), change.stopPx(), change.trail(), change.snappedFrom());
  }

  private static OrderEvent event(
      Live live, Change change, ReplaceOrder replace, Circumstances now) {
    if (live.held())
      return new OrderReplaced(
          live.clOrdId(),
          0,
          null,
          live.terms().symbol(),
          change,
          replace.commandId(),
          replace.by());
    return isFree(live)
        ? requested(live, change, now.sendBy(), replace.commandId(), replace.by())
        : new ReplaceQueued(
            live.clOrdId(),
            live.terms().symbol(),
            change,
            now.sendBy(),
            replace.commandId(),
            replace.by());
  }

  private static boolean isFree(Live live) {
    return live.request(RequestKind.NEW) == null && live.request(RequestKind.REPLACE) == null;
  }

  private static ReplaceRequested requested(
      Live live, Change change, java.time.Instant sendBy, String commandId, String by) {
    return new ReplaceRequested(
        live.clOrdId(),
        live.lastRequestNo() + 1,
        live.atVenue(change),
        sendBy,
        change.snappedFrom(),
        commandId,
        by);
  }

  /** What waited goes out once what was in flight is answered; or is dropped, if it is too late. */
  static @Nullable OrderEvent next(Live live, Circumstances now) {
    var queued = live.queued();
    if (queued == null || live.held() || !isFree(live)) return null;
    if (now.at().isAfter(queued.sendBy())) return dropped(live, 0, DoubtRules.UNSENT);
    if (queued.change().isSameAs(live.terms().change())) return dropped(live, 0, "AS_IT_IS");
    return queued.change().orderQty().compareTo(live.fills().spentQty()) < 0
        ? dropped(live, 0, DenialReason.QTY_BELOW_FILLED.name())
        : requested(live, queued.change(), queued.sendBy(), queued.commandId(), queued.by());
  }

  static OrderReplaced confirmed(
      Live live, long requestNo, @Nullable OrderId venueOrderId, Change change) {
    return new OrderReplaced(
        live.clOrdId(), requestNo, venueOrderId, live.terms().symbol(), change, null, null);
  }

  static ReplaceDropped dropped(Live live, long requestNo, String reason) {
    return new ReplaceDropped(live.clOrdId(), requestNo, reason);
  }

  private static Decision refused(ReplaceOrder replace, Denial denial) {
    // thousands of them are one line in the journal
    if (denial.reason() == DenialReason.ORDER_RATE) return new Decision.Refused(denial, List.of());
    return OrderDecider.refused(
        RequestKind.REPLACE, replace.clOrdId(), denial, replace.commandId(), replace.by());
  }
}
