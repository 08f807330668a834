package io.tapeline.orders.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question asked before an order is sent. Null: no objection. */
@FunctionalInterface
public interface RiskCheck {
  @Nullable Denial object(Terms terms, AccountState account, Circumstances now);

  RiskCheck ACCOUNT_IS_READABLE =
      (_, _, now) -> now.quarantined() ? DenialReason.ACCOUNT_QUARANTINED.with() : null;

  RiskCheck TAPE_IS_UP =
      (_, _, now) -> now.tapeDown() ? DenialReason.TAPE_DOWN.with(now.tapeLagMillis()) : null;

  RiskCheck RECONCILED =
      (_, account, _) -> account.reconciling() ? DenialReason.RECONCILING.with() : null;

  RiskCheck QTY_WITHIN_LIMIT =
      (terms, _, now) ->
          terms.orderQty().lots() > now.limits().maxOrderQty()
              ? DenialReason.MAX_ORDER_QTY.with(now.limits().maxOrderQty(), terms.orderQty().lots())
              : null;

  RiskCheck POSITION_WITHIN_LIMIT =
      (terms, account, now) -> {
        var worst = worstPosition(terms, account);
        return worst > now.limits().maxPosition()
            ? DenialReason.MAX_POSITION.with(now.limits().maxPosition(), worst)
            : null;
      };

  RiskCheck WORKING_ORDERS_WITHIN_LIMIT =
      (_, account, now) ->
          account.live().size() >= now.limits().maxWorkingOrders()
              ? DenialReason.MAX_WORKING_ORDERS.with(now.limits().maxWorkingOrders())
              : null;

  RiskCheck RATE_WITHIN_LIMIT =
      (_, _, now) ->
          now.rateExceeded() ? DenialReason.ORDER_RATE.with(now.limits().ordersPerSecond()) : null;

  RiskCheck PRICE_WITHIN_COLLAR = RiskCheck::outsideCollar;

  /** What only new risk has to pass, in the order applied. */
  List<RiskCheck> NEW_RISK =
      List.of(
          ACCOUNT_IS_READABLE,
          TAPE_IS_UP,
          RECONCILED,
          RATE_WITHIN_LIMIT,
          QTY_WITHIN_LIMIT,
          PRICE_WITHIN_COLLAR,
          WORKING_ORDERS_WITHIN_LIMIT,
          POSITION_WITHIN_LIMIT);

  /** Lots on this order's side if it and everything else working there is filled. */
  private static long worstPosition(Terms terms, AccountState account) {
    var held =
        terms.side() == Side.BUY ? account.net(terms.symbol()) : -account.net(terms.symbol());
    return Math.addExact(
        Math.addExact(held, account.working(terms.symbol(), terms.side())),
        terms.orderQty().lots());
  }

  private static @Nullable Denial outsideCollar(
      Terms terms, AccountState account, Circumstances now) {
    var price = terms.price();
    var top = now.market().top(terms.symbol());
    if (price == null || top == null) return null;
    var low = top.low();
    var high = top.high();
    if (low == null || high == null) return null;
    var instrument = terms.instrument();
    Price lowest = instrument.priceAtOrBelow(low).plusTicks(-now.limits().collarTicks());
    Price highest = instrument.priceAtOrAbove(high).plusTicks(now.limits().collarTicks());
    if (price.compareTo(lowest) >= 0 && price.compareTo(highest) <= 0) return null;
    return DenialReason.PRICE_OUTSIDE_COLLAR.with(
        instrument.format(price),
        instrument.format(lowest),
        instrument.format(highest),
        now.limits().collarTicks());
  }
}
