package io.tapeline.market.exchange.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The terms of an order: as it reaches the exchange, and as the exchange holds it after changes.
 * What an exchange cannot do with it (a type or time in force it does not have, a missing price, no
 * lots) is its to reject; this record takes anything.
 *
 * @param price the limit, for the types that have one
 * @param stopPx the trigger, for the types that have one; of a trailing stop where it stands now
 * @param trail how far a trailing stop follows, in ticks
 * @param expireAt when a GTD order ends, in venue time
 * @param ocoGroup siblings that shrink with each other's fills, where the venue does that itself
 * @param protection its bracket, where the venue keeps it; a venue that cannot refuses the order
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
    @Nullable Price stopPx,
    @Nullable Long trail,
    @Nullable Instant expireAt,
    @Nullable String ocoGroup,
    @Nullable Protection protection) {

  /** An order without a bracket. */
  public NewOrder(
      AccountId account,
      ClOrdId clOrdId,
      Symbol symbol,
      Side side,
      OrdType ordType,
      TimeInForce timeInForce,
      Qty orderQty,
      @Nullable Price price,
      @Nullable Price stopPx,
      @Nullable Long trail,
      @Nullable Instant expireAt,
      @Nullable String ocoGroup) {
    this(
        account,
        clOrdId,
        symbol,
        side,
        ordType,
        timeInForce,
        orderQty,
        price,
        stopPx,
        trail,
        expireAt,
        ocoGroup,
        null);
  }

  /** An order that neither trails nor ends at a time of its own, and belongs to no other. */
  public NewOrder(
      AccountId account,
      ClOrdId clOrdId,
      Symbol symbol,
      Side side,
      OrdType ordType,
      TimeInForce timeInForce,
      Qty orderQty,
      @Nullable Price price,
      @Nullable Price stopPx) {
    this(
        account,
        clOrdId,
        symbol,
        side,
        ordType,
        timeInForce,
        orderQty,
        price,
        stopPx,
        null,
        null,
        null);
  }

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

  /** The same order with what a replace may change. */
  public NewOrder with(
      Qty newQty, @Nullable Price newPrice, @Nullable Price newStopPx, @Nullable Long newTrail) {
    return new NewOrder(
        account,
        clOrdId,
        symbol,
        side,
        ordType,
        timeInForce,
        newQty,
        newPrice,
        newStopPx,
        newTrail,
        expireAt,
        ocoGroup,
        protection);
  }

  public NewOrder with(Protection newProtection) {
    return new NewOrder(
        account,
        clOrdId,
        symbol,
        side,
        ordType,
        timeInForce,
        orderQty,
        price,
        stopPx,
        trail,
        expireAt,
        ocoGroup,
        newProtection);
  }

  public NewOrder withQty(Qty newQty) {
    return with(newQty, price, stopPx, trail);
  }

  public NewOrder withStopPx(Price newStopPx) {
    return with(orderQty, price, newStopPx, trail);
  }

  /** Whether a replace could lead from this order to that one. */
  public boolean isSameBut(NewOrder replaced) {
    return account.equals(replaced.account)
        && clOrdId.equals(replaced.clOrdId)
        && symbol.equals(replaced.symbol)
        && side == replaced.side
        && ordType == replaced.ordType
        && timeInForce == replaced.timeInForce;
  }
}
