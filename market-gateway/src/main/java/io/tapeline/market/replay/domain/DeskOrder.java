package io.tapeline.market.replay.domain;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order of the desk in the recorded market, which does not know of it. */
final class DeskOrder {
  /** The queue at its price is not shown, so nobody knows how much stands before it. */
  static final long NOT_SHOWN = -1;

  /** Its terms as they are now. */
  NewOrder order;

  final OrderId venueOrderId;
  final boolean buy;

  /** The worst price it trades at; a market order's is beyond all prices. */
  long limit;

  final List<ExchangeEvent.Filled> fills = new ArrayList<>();
  OrdStatus status = OrdStatus.NEW;
  long cumLots;
  @Nullable String code;
  @Nullable String text;
  Instant changedAt;

  /** Its place among the recorded orders: behind those with a lower one. */
  long place;

  /** Lots before it in the queue, where single orders are not known. */
  long ahead = NOT_SHOWN;

  /** It takes what comes at the market's price, as against waiting at its own. */
  boolean takes;

  DeskOrder(NewOrder order, OrderId venueOrderId, Instant at) {
    this.order = order;
    this.venueOrderId = venueOrderId;
    this.changedAt = at;
    this.buy = order.side() == Side.BUY;
    this.limit = limit(order);
  }

  /** Goes on with other terms. */
  void replace(NewOrder terms) {
    order = terms;
    limit = limit(terms);
  }

  /** Its place in the queue is gone. */
  void loseItsPlace() {
    ahead = NOT_SHOWN;
    takes = false;
  }

  private static long limit(NewOrder order) {
    var price = order.price();
    if (order.ordType() == OrdType.LIMIT && price != null) return price.ticks();
    return order.side() == Side.BUY ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  long leaves() {
    return order.orderQty().lots() - cumLots;
  }

  /** Whether it may trade at a price. */
  boolean reaches(long ticks) {
    return buy ? limit >= ticks : limit <= ticks;
  }

  /** Whether a price is strictly on the far side of its limit: the market passed it. */
  boolean isPassedBy(long ticks) {
    return buy ? ticks < limit : ticks > limit;
  }

  /** Whether it trades before another of its side. */
  boolean ranksBefore(DeskOrder other) {
    return buy ? limit > other.limit : limit < other.limit;
  }

  boolean isWorking() {
    return status.isWorking();
  }

  OrderState state() {
    return new OrderState(
        order, false, venueOrderId, status, new Qty(cumLots), fills, code, text, changedAt);
  }
}
