package io.tapeline.orders.domain;

import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import io.tapeline.model.TradingState;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question asked before an order is sent. Null: no objection. */
@FunctionalInterface
public interface RiskCheck {
  @Nullable Denial object(Terms terms, AccountState account, Circumstances now);

  RiskCheck VENUE_IS_UP =
      (_, _, now) -> now.venueDown() ? DenialReason.VENUE_DOWN.with(now.venue()) : null;

  RiskCheck SESSION_IS_OPEN =
      (terms, _, now) ->
          switch (now.market().session(terms.symbol())) {
            case OPEN -> null;
            case CLOSED, HALTED ->
                DenialReason.SESSION_CLOSED.with(
                    terms.symbol(), now.market().session(terms.symbol()));
          };

  RiskCheck NOT_HALTED =
      (_, account, _) ->
          account.tradingState() == TradingState.HALTED ? DenialReason.TRADING_HALTED.with() : null;

  RiskCheck MAY_DO_MORE_THAN_REDUCE =
      (terms, account, _) ->
          account.tradingState() == TradingState.REDUCING
              ? DenialReason.TRADING_REDUCING.with(
                  account.reducible(terms.symbol(), terms.side()), terms.orderQty().lots())
              : null;

  RiskCheck STOP_IS_AHEAD_OF_MARKET = RiskCheck::behindTheMarket;

  RiskCheck ACCOUNT_IS_READABLE =
      (_, _, now) -> now.quarantined() ? DenialReason.ACCOUNT_QUARANTINED.with() : null;

  RiskCheck TAPE_IS_UP =
      (_, _, now) -> now.tapeDown() ? DenialReason.TAPE_DOWN.with(now.tapeLagMillis()) : null;

  RiskCheck RECONCILED =
      (_, account, _) -> account.reconciling() ? DenialReason.RECONCILING.with() : null;

  RiskCheck RISK_STATE_IS_FRESH =
      (_, _, now) -> now.risk().stale() ? DenialReason.RISK_STATE_STALE.with() : null;

  RiskCheck NOT_LOCKED_BY_A_RULE =
      (_, account, _) -> account.lock() == null ? null : account.lock().denial();

  RiskCheck FEED_IS_TRUSTED =
      (terms, _, now) ->
          now.market().feedDistrusted(terms.symbol())
              ? DenialReason.FEED_NOT_TRUSTED.with(terms.symbol())
              : null;

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

  /** Over all contracts, where a risk rule says how many there may be. */
  RiskCheck CONTRACTS_WITHIN_LIMIT =
      (terms, account, now) -> {
        var most = now.risk().maxContracts();
        if (most == null) return null;
        var worst = Math.max(0, worstPosition(terms, account));
        for (var symbol : account.positions())
          if (!symbol.equals(terms.symbol()))
            worst = Math.addExact(worst, Math.abs(account.net(symbol)));
        return worst > most ? DenialReason.MAX_POSITION.with(most, worst) : null;
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

  /** What even an order that reduces has to pass, in the order applied. */
  List<RiskCheck> ANY_ORDER = List.of(VENUE_IS_UP, SESSION_IS_OPEN, NOT_HALTED);

  /** What only new risk has to pass, in the order applied. */
  List<RiskCheck> NEW_RISK =
      List.of(
          NOT_LOCKED_BY_A_RULE,
          MAY_DO_MORE_THAN_REDUCE,
          ACCOUNT_IS_READABLE,
          TAPE_IS_UP,
          RISK_STATE_IS_FRESH,
          RECONCILED,
          FEED_IS_TRUSTED,
          RATE_WITHIN_LIMIT,
          QTY_WITHIN_LIMIT,
          PRICE_WITHIN_COLLAR,
          WORKING_ORDERS_WITHIN_LIMIT,
          POSITION_WITHIN_LIMIT,
          CONTRACTS_WITHIN_LIMIT);

  /** What a change that asks for more lots has to pass. */
  List<RiskCheck> MORE_LOTS =
      List.of(
          NOT_LOCKED_BY_A_RULE,
          MAY_DO_MORE_THAN_REDUCE,
          ACCOUNT_IS_READABLE,
          TAPE_IS_UP,
          RISK_STATE_IS_FRESH,
          RECONCILED,
          FEED_IS_TRUSTED,
          RATE_WITHIN_LIMIT,
          PRICE_WITHIN_COLLAR,
          POSITION_WITHIN_LIMIT,
          CONTRACTS_WITHIN_LIMIT);

  /** What a change of price alone has to pass: no lot is at risk that was not before. */
  List<RiskCheck> MOVED_PRICE =
      List.of(
          NOT_LOCKED_BY_A_RULE,
          MAY_DO_MORE_THAN_REDUCE,
          FEED_IS_TRUSTED,
          RATE_WITHIN_LIMIT,
          PRICE_WITHIN_COLLAR);

  static @Nullable Denial first(
      List<RiskCheck> checks, Terms terms, AccountState account, Circumstances now) {
    for (var check : checks) {
      var denial = check.object(terms, account, now);
      if (denial != null) return denial;
    }
    return null;
  }

  /** Lots on this order's side if it and everything else working there is filled. */
  private static long worstPosition(Terms terms, AccountState account) {
    var held =
        terms.side() == Side.BUY ? account.net(terms.symbol()) : -account.net(terms.symbol());
    return Math.addExact(
        Math.addExact(held, account.working(terms.symbol(), terms.side())),
        terms.orderQty().lots());
  }

  private static @Nullable Denial behindTheMarket(
      Terms terms, AccountState account, Circumstances now) {
    return behindTheMarket(terms.instrument(), terms.side(), terms.stopPx(), now);
  }

  /** A stop that the market is past would be a market order in disguise. */
  static @Nullable Denial behindTheMarket(
      Instrument instrument, Side side, @Nullable Price stopPx, Circumstances now) {
    var top = now.market().top(instrument.symbol());
    if (stopPx == null || top == null) return null;
    var market = top.reaching(side);
    if (market == null) return null;
    var asked = instrument.decimal(stopPx);
    var ahead = side == Side.BUY ? asked.compareTo(market) > 0 : asked.compareTo(market) < 0;
    return ahead
        ? null
        : DenialReason.WRONG_SIDE_OF_MARKET.with(
            asked.toPlainString(), market.toPlainString(), side);
  }

  private static @Nullable Denial outsideCollar(
      Terms terms, AccountState account, Circumstances now) {
    var price = terms.price();
    var instrument = terms.instrument();
    var ticks = now.limits().collarTicks();
    if (price == null) return null;
    Price lowest;
    Price highest;
    var stopPx = terms.stopPx();
    if (stopPx != null) {
      // that is where the market will be when the limit matters
      lowest = stopPx.plusTicks(-ticks);
      highest = stopPx.plusTicks(ticks);
    } else {
      var top = now.market().top(terms.symbol());
      BigDecimal low = top == null ? null : top.low();
      BigDecimal high = top == null ? null : top.high();
      if (low == null || high == null) return null;
      lowest = instrument.priceAtOrBelow(low).plusTicks(-ticks);
      highest = instrument.priceAtOrAbove(high).plusTicks(ticks);
    }
    if (price.compareTo(lowest) >= 0 && price.compareTo(highest) <= 0) return null;
    return DenialReason.PRICE_OUTSIDE_COLLAR.with(
        instrument.format(price), instrument.format(lowest), instrument.format(highest), ticks);
  }
}
