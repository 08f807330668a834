package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order of the desk, as this exchange remembers it. */
final class DeskOrder {
  /** Its place in the matching engine, which knows nothing of desks. */
  static final class InBook extends BookOrder {
    final DeskOrder desk;

    InBook(DeskOrder desk, int owner, Rest rest, long limit) {
      super(desk.order.side(), owner, rest, limit, desk.leavesQty().lots());
      this.desk = desk;
    }
  }

  /** Its terms as they are now. */
  NewOrder order;

  final OrderId venueOrderId;
  @Nullable InBook inBook;

  private final List<Filled> fills = new ArrayList<>();
  private Qty cumQty = Qty.ZERO;
  private OrdStatus status = OrdStatus.NEW;
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
    order.code = state.code();
    order.text = state.text();
    return order;
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
            new ExecId(venueOrderId + "-" + (fills.size() + 1)),
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

  void replace(NewOrder terms, Instant at) {
    order = terms;
    changed = at;
  }

  void end(OrdStatus status, String code, String text, Instant at) {
    this.status = status;
    this.code = code;
    this.text = text;
    changed = at;
  }

  boolean isOpen() {
    return status.isWorking();
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

  OrderState state() {
    return new OrderState(order, false, venueOrderId, status, cumQty, fills, code, text, changed);
  }
}
