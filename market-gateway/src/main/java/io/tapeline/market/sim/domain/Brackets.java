package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.Protection;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Places and enlarges the legs of orders that brought a bracket, once matching is done. */
final class Brackets {
  /** What the exchange does for a bracket. */
  interface Desk {
    void place(NewOrder leg);

    void enlarge(DeskOrder leg, Qty to);
  }

  /** Begins the group of a bracket's legs; no desk may name a group like that. */
  private static final String GROUP = "~";

  private record Filled(DeskOrder entry, long px, long lots) {}

  private final DeskOrders orders;
  private final Desk desk;
  private final ArrayDeque<Filled> fills = new ArrayDeque<>();

  Brackets(DeskOrders orders, Desk desk) {
    this.orders = orders;
    this.desk = desk;
  }

  static boolean isLeg(DeskOrder order) {
    var group = order.order.ocoGroup();
    return group != null && group.startsWith(GROUP);
  }

  void filled(DeskOrder entry, long px, long lots) {
    if (entry.order.protection() != null) fills.add(new Filled(entry, px, lots));
  }

  /** Whether lots were filled that nothing protects yet. */
  boolean isBehind() {
    return !fills.isEmpty();
  }

  void follow() {
    for (var fill = fills.poll(); fill != null; fill = fills.poll()) {
      var bracket = fill.entry().order.protection();
      if (bracket == null) continue;
      protect(fill, bracket.stopLoss(), true);
      protect(fill, bracket.takeProfit(), false);
    }
  }

  private void protect(Filled fill, Protection.@Nullable Leg leg, boolean stops) {
    if (leg == null) return;
    var terms = fill.entry().order;
    var known = orders.find(terms.account(), leg.clOrdId());
    if (known == null) {
      desk.place(order(fill, leg.clOrdId(), leg.ticks(), stops));
    } else if (known.isOpen()) {
      desk.enlarge(known, known.order.orderQty().plus(new Qty(fill.lots())));
    } else {
      // It did its work for what had filled so far: what fills now has another.
      var next = new ClOrdId(leg.clOrdId() + "." + fill.entry().fills().size());
      desk.place(order(fill, next, leg.ticks(), stops));
    }
  }

  private static NewOrder order(Filled fill, ClOrdId id, long ticks, boolean stops) {
    var entry = fill.entry().order;
    boolean above = stops == (entry.side() == Side.SELL);
    var px = new Price(fill.px()).plusTicks(above ? ticks : -ticks);
    return new NewOrder(
        entry.account(),
        id,
        entry.symbol(),
        entry.side().opposite(),
        stops ? OrdType.STOP : OrdType.LIMIT,
        lasting(entry.timeInForce()),
        new Qty(fill.lots()),
        stops ? null : px,
        stops ? px : null,
        null,
        entry.timeInForce() == TimeInForce.GTD ? entry.expireAt() : null,
        GROUP + entry.clOrdId());
  }

  private static TimeInForce lasting(TimeInForce timeInForce) {
    return switch (timeInForce) {
      case IOC, FOK -> TimeInForce.GTC;
      case DAY, GTC, GTD -> timeInForce;
    };
  }
}
