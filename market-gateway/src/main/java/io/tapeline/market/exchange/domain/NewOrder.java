package io.tapeline.market.exchange.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import org.jspecify.annotations.Nullable;

/**
 * An order as it reaches the exchange. What an exchange cannot do with it (a type or time in force
 * it does not have, a missing price, no lots) is its to reject; this record takes anything.
 *
 * @param price the limit, for the types that have one
 * @param stopPx the trigger, for the types that have one
 */
public record NewOrder(
    AccountId account,
    ClOrdId clOrdId,
    Symbol symbol,
    Side side,
    OrdType ordType,
    TimeInForce timeInForce,
    Qty orderQty,
    @Nullable Price price,
    @Nullable Price stopPx) {

  public static NewOrder market(
      AccountId account, ClOrdId clOrdId, Symbol symbol, Side side, Qty orderQty) {
    return new NewOrder(
        account, clOrdId, symbol, side, OrdType.MARKET, TimeInForce.DAY, orderQty, null, null);
  }

  public static NewOrder limit(
      AccountId account,
      ClOrdId clOrdId,
      Symbol symbol,
      Side side,
      TimeInForce timeInForce,
      Qty orderQty,
      Price price) {
    return new NewOrder(
        account, clOrdId, symbol, side, OrdType.LIMIT, timeInForce, orderQty, price, null);
  }
}
