package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.ExchangeCode;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.SessionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which terms the exchange takes, new ones or those of a change. */
final class Admission {
  private final Markets markets;
  private final DeskOrders orders;
  private final SimRules rules;

  Admission(Markets markets, DeskOrders orders, SimRules rules) {
    this.markets = markets;
    this.orders = orders;
    this.rules = rules;
  }

  /** Why not; null where nothing stands against it. */
  @Nullable Refusal refusal(NewOrder order, Instant venueTime) {
    var market = markets.find(order.symbol());
    if (market == null)
      return new Refusal(ExchangeCode.UNKNOWN_SYMBOL, order.symbol() + " does not trade here");
    if (order.protection() != null && !rules.nativeBrackets())
      return new Refusal(ExchangeCode.UNSUPPORTED, "no brackets are kept here");
    var stands = refusal(market.session(), order);
    if (stands != null) return stands;
    var refusal = OrderRules.refusal(order, market.lastPx(), venueTime);
    if (refusal != null) return refusal;
    if (!market.band().allows(order.price()))
      return new Refusal(SimExchange.PRICE_LIMIT, "the price is beyond the limits of the session");
    return orders.openCount() > SimExchange.MOST_OPEN_ORDERS
        ? new Refusal(
            ExchangeCode.TOO_MANY_ORDERS, SimExchange.MOST_OPEN_ORDERS + " orders are open")
        : null;
  }

  private static @Nullable Refusal refusal(SessionState session, NewOrder order) {
    return switch (session) {
      case OPEN -> null;
      case HALTED -> new Refusal(SimExchange.HALTED, order.symbol() + " is halted");
      case CLOSED ->
          new Refusal(ExchangeCode.MARKET_CLOSED, order.symbol() + " is out of its hours");
    };
  }
}
