package io.tapeline.market.kafka;

import io.tapeline.contract.TapeEvent;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.venue.domain.RequestKind;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.OffTickException;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** The terms of an order that three events of the journal have alike. */
record RequestedTerms(
    RequestKind kind,
    String clOrdId,
    long requestNo,
    String symbol,
    Side side,
    OrdType ordType,
    TimeInForce timeInForce,
    long orderQty,
    @Nullable BigDecimal price,
    @Nullable BigDecimal stopPx,
    @Nullable Long trail,
    @Nullable Instant expireAt,
    @Nullable String ocoGroup,
    BigDecimal tickSize,
    BigDecimal tickValue,
    String currency,
    Instant sendBy) {

  static RequestedTerms of(TapeEvent.OrderSubmitted order) {
    var links = order.links();
    return new RequestedTerms(
        RequestKind.NEW,
        order.clOrdId(),
        order.requestNo(),
        order.symbol(),
        order.side(),
        order.ordType(),
        order.timeInForce(),
        order.orderQty(),
        order.price(),
        order.stopPx(),
        order.trail(),
        order.expireAt(),
        links == null ? null : links.ocoGroup(),
        order.tickSize(),
        order.tickValue(),
        order.currency(),
        order.sendBy());
  }

  static RequestedTerms of(TapeEvent.OrderReleased order) {
    return new RequestedTerms(
        RequestKind.NEW,
        order.clOrdId(),
        order.requestNo(),
        order.symbol(),
        order.side(),
        order.ordType(),
        order.timeInForce(),
        order.orderQty(),
        order.price(),
        order.stopPx(),
        order.trail(),
        order.expireAt(),
        null,
        order.tickSize(),
        order.tickValue(),
        order.currency(),
        order.sendBy());
  }

  static RequestedTerms of(TapeEvent.ReplaceRequested change) {
    return new RequestedTerms(
        RequestKind.REPLACE,
        change.clOrdId(),
        change.requestNo(),
        change.symbol(),
        change.side(),
        change.ordType(),
        change.timeInForce(),
        change.orderQty(),
        change.price(),
        change.stopPx(),
        change.trail(),
        change.expireAt(),
        null,
        change.tickSize(),
        change.tickValue(),
        change.currency(),
        change.sendBy());
  }

  /**
   * In the venue's terms.
   *
   * @throws OffTickException when a price is none of the instrument's
   */
  NewOrder terms(AccountId account) {
    var instrument =
        new Instrument(
            new Symbol(symbol), tickSize, new Money(tickValue, Currency.getInstance(currency)));
    return new NewOrder(
        account,
        new ClOrdId(clOrdId),
        instrument.symbol(),
        side,
        ordType,
        timeInForce,
        new Qty(orderQty),
        ticks(instrument, price),
        ticks(instrument, stopPx),
        trail,
        expireAt,
        ocoGroup);
  }

  private static @Nullable Price ticks(Instrument instrument, @Nullable BigDecimal price) {
    return price == null ? null : instrument.price(price);
  }
}
