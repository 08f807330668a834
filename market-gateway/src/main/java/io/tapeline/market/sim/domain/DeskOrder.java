package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order of the desk, as this exchange remembers it, and what is said when it changes. */
final class DeskOrder {
  /** Its place in the matching engine, which knows nothing of desks. */
  static final class InBook extends BookOrder {
    final DeskOrder desk;

    InBook(DeskOrder desk, int owner) {
      super(desk.order.side(), owner, desk.rest(), desk.limit(), desk.leavesQty().lots());
      this.desk = desk;
    }
  }

  /** Its terms as they are now. */
  NewOrder order;

  final OrderId venueOrderId;

  /** Null while it waits for its trigger, and when it is done. */
  @Nullable InBook inBook;

  /** When the level of a trailing stop was last told. */
  long levelToldAt = Long.MIN_VALUE;

  boolean levelIsTold = true;

  private final List<Filled> fills = new ArrayList<>();
  private Qty cumQty = Qty.ZERO;
  private OrdStatus status = OrdStatus.NEW;
  private boolean triggered;
  private long executions;
  private @Nullable String code;
  private @Nullable String text;
  private Instant changed;

  DeskOrder(NewOrder order, OrderId venueOrderId, Instant at) {
    this.order = order;
    this.venueOrderId = venueOrderId;
    changed = at;
  }

  static DeskOrder remembered(OrderState state) {
    var order = new DeskOrder(state.order(), state.venueOrderId(), state.venueTime());
    order.fills.addAll(state.fills());
    order.cumQty = state.cumQty();
    order.status = state.status();
    order.triggered = state.triggered();
    order.code = state.code();
    order.text = state.text();
    // Busted ones are not among its fills, but their ids were given.
    order.executions = state.fills().stream().mapToLong(DeskOrder::number).max().orElse(0);
    return order;
  }

  private static long number(Filled fill) {
    var id = fill.execId().value();
    return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
  }

  boolean isStop() {
    return switch (order.ordType()) {
      case STOP, STOP_LIMIT, TRAILING_STOP -> true;
      case MARKET, LIMIT -> false;
    };
  }

  boolean waitsForTrigger() {
    return isStop() && !triggered;
  }

  boolean isOpen() {
    return status.isWorking();
  }

  /** When it last changed. */
  Instant changed() {
    return changed;
  }

  Qty cumQty() {
    return cumQty;
  }

  List<Filled> fills() {
    return fills;
  }

  Qty leavesQty() {
    return order.orderQty().minusUpTo(cumQty);
  }

  /** The worst price it trades at, once it is on the book. */
  long limit() {
    return order.price() == null ? BookOrder.anyPrice(order.side()) : order.price().ticks();
  }

  private BookOrder.Rest rest() {
    return switch (order.timeInForce()) {
      case FOK -> BookOrder.Rest.FORBIDDEN;
      case IOC -> BookOrder.Rest.ENDS;
      case DAY, GTC, GTD -> hasLimit() ? BookOrder.Rest.WAITS : BookOrder.Rest.ENDS;
    };
  }

  private boolean hasLimit() {
    return order.ordType() == OrdType.LIMIT || order.ordType() == OrdType.STOP_LIMIT;
  }

  ExchangeEvent.Accepted accepted(Instant at) {
    return new ExchangeEvent.Accepted(order.account(), order.clOrdId(), venueOrderId, at);
  }

  ExchangeEvent.Rejected reject(Refusal refusal, Instant at) {
    end(OrdStatus.REJECTED, refusal.code(), refusal.text(), at);
    return new ExchangeEvent.Rejected(
        order.account(), order.clOrdId(), venueOrderId, refusal.code(), refusal.text(), at);
  }

  Filled fill(long px, long lots, Instant at) {
    var lastQty = new Qty(lots);
    cumQty = cumQty.plus(lastQty);
    status = leavesQty().isZero() ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED;
    changed = at;
    var fill =
        new Filled(
            order.account(),
            order.clOrdId(),
            venueOrderId,
            nextExecId(),
            order.symbol(),
            order.side(),
            lastQty,
            new Price(px),
            cumQty,
            leavesQty(),
            at);
    fills.add(fill);
    return fill;
  }

  private ExecId nextExecId() {
    return new ExecId(venueOrderId + "-" + ++executions);
  }

  /** Takes a fill back; what is done stays done. */
  ExchangeEvent.Busted bust(Filled fill, String why, Instant at) {
    fills.remove(fill);
    cumQty = cumQty.minusUpTo(fill.lastQty());
    changed = at;
    return new ExchangeEvent.Busted(
        order.account(),
        order.clOrdId(),
        venueOrderId,
        nextExecId(),
        fill.execId(),
        order.symbol(),
        why,
        at);
  }

  /** Puts a fill at another price in the place of one. */
  ExchangeEvent.Corrected correct(Filled fill, Price px, Instant at) {
    changed = at;
    var corrected =
        new Filled(
            fill.account(),
            fill.clOrdId(),
            venueOrderId,
            nextExecId(),
            fill.symbol(),
            fill.side(),
            fill.lastQty(),
            px,
            fill.cumQty(),
            fill.leavesQty(),
            at);
    fills.set(fills.indexOf(fill), corrected);
    return new ExchangeEvent.Corrected(
        fill.account(),
        fill.clOrdId(),
        venueOrderId,
        corrected.execId(),
        fill.execId(),
        fill.symbol(),
        fill.side(),
        fill.lastQty(),
        px,
        at,
        null);
  }

  ExchangeEvent.Triggered trigger(Instant at) {
    triggered = true;
    changed = at;
    return new ExchangeEvent.Triggered(order.account(), order.clOrdId(), venueOrderId, at);
  }

  ExchangeEvent.Replaced replace(NewOrder terms, @Nullable Long requestNo, Instant at) {
    order = terms;
    changed = at;
    return new ExchangeEvent.Replaced(
        order.account(), order.clOrdId(), venueOrderId, requestNo, terms, at);
  }

  ExchangeEvent.Canceled cancel(String why, String whyText, Instant at) {
    end(OrdStatus.CANCELED, why, whyText, at);
    return new ExchangeEvent.Canceled(
        order.account(), order.clOrdId(), venueOrderId, cumQty, why, whyText, at);
  }

  ExchangeEvent.Expired expire(String why, Instant at) {
    end(OrdStatus.EXPIRED, "EXPIRED", why, at);
    return new ExchangeEvent.Expired(
        order.account(), order.clOrdId(), venueOrderId, cumQty, why, at);
  }

  private void end(OrdStatus newStatus, String why, String whyText, Instant at) {
    status = newStatus;
    code = why;
    text = whyText;
    changed = at;
  }

  OrderState state() {
    return new OrderState(
        order, triggered, venueOrderId, status, cumQty, fills, code, text, changed);
  }
}
