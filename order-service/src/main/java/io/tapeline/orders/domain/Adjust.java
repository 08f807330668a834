package io.tapeline.orders.domain;

import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.OrderEvent.CancelRequested;
import io.tapeline.orders.domain.OrderEvent.OrderReplaced;
import io.tapeline.orders.domain.OrderEvent.ReplaceRequested;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a working order as large as it is to be, and puts it where it is to stand: at once where it
 * is held here, by one request at a time where the venue has it.
 */
final class Adjust {
  private Adjust() {}

  /** An order that may not grow: smaller, or gone. */
  static List<OrderEvent> shrink(AccountState account, Live live, long lots, Circumstances now) {
    return to(account, live, lots, stands(live.terms()), now);
  }

  /**
   * @param lots it is to have left; zero ends it
   * @param px where it is to stand: its stop, or the limit of an order without one
   */
  static List<OrderEvent> to(
      AccountState account, Live live, long lots, @Nullable Price px, Circumstances now) {
    if (live.held()) {
      if (lots == 0) return List.of(OrderDecider.givenUp(live, null, BracketFold.DESK));
      var change = change(live, lots, px);
      return change.isSameAs(live.terms().change()) ? List.of() : List.of(replaced(live, change));
    }
    if (live.request(RequestKind.CANCEL) != null) return List.of();
    var refusal = account.contingencies().refusals().get(live.clOrdId());
    if (refusal != null && !refusal.mayTryAt(now.at())) return List.of();
    var shrinks = lots < live.leavesQty().lots();
    if (lots == 0) return List.of(cancel(live));
    if (isBusy(live)) return List.of();
    var change = change(live, lots, px);
    if (change.isSameAs(live.terms().change())) return List.of();
    // what cannot be made smaller, or was refused to be, goes: what is still wanted comes anew
    var market = ReduceOnly.isAtTheMarket(live);
    if (shrinks && (market || !now.capabilities().replaces() || refusal != null))
      return List.of(cancel(live));
    return market || !now.capabilities().replaces()
        ? List.of()
        : List.of(replace(live, change, now));
  }

  /** What is on its way is waited for. */
  static boolean isBusy(Live live) {
    return live.request(RequestKind.NEW) != null
        || live.request(RequestKind.REPLACE) != null
        || live.request(RequestKind.CANCEL) != null
        || live.queued() != null;
  }

  static @Nullable Price stands(Terms terms) {
    return isStop(terms.ordType()) ? terms.stopPx() : terms.price();
  }

  private static Change change(Live live, long lots, @Nullable Price px) {
    return at(live.terms(), new Qty(live.fills().spentQty().lots() + lots), px);
  }

  /** Moves the stop of an order that has one, else its limit. */
  static Change at(Terms terms, Qty orderQty, @Nullable Price px) {
    var stop = isStop(terms.ordType());
    return new Change(
        orderQty,
        stop || px == null ? terms.price() : px,
        stop && px != null ? px : terms.stopPx(),
        terms.trail(),
        terms.snappedFrom());
  }

  private static boolean isStop(OrdType type) {
    return switch (type) {
      case STOP, STOP_LIMIT, TRAILING_STOP -> true;
      case MARKET, LIMIT -> false;
    };
  }

  static OrderReplaced replaced(Live live, Change change) {
    return new OrderReplaced(
        live.clOrdId(), 0, null, live.terms().symbol(), change, null, BracketFold.DESK);
  }

  static CancelRequested cancel(Live live) {
    return OrderDecider.cancelRequested(live, null, BracketFold.DESK);
  }

  static ReplaceRequested replace(Live live, Change change, Circumstances now) {
    var requestNo = live.lastRequestNo() + 1;
    return new ReplaceRequested(
        live.clOrdId(),
        requestNo,
        live.atVenue(change),
        now.sendBy(),
        null,
        "replace." + live.clOrdId() + "." + requestNo,
        BracketFold.DESK);
  }
}
