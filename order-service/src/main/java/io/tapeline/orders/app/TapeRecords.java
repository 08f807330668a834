package io.tapeline.orders.app;

import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.OrderRow;
import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.VenueReport;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.Denial;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.orders.domain.Draft;
import io.tapeline.orders.domain.Order.VenueWords;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.orders.domain.Recorded;
import io.tapeline.orders.domain.RequestKind;
import io.tapeline.orders.domain.Terms;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** The journal's words and the domain's: what one writes, the other reads back the same. */
final class TapeRecords {
  /** Version of the body's format. */
  static final int VERSION = 1;

  private TapeRecords() {}

  /** The line of the journal, exactly as it is published. */
  static String body(AccountState after, Recorded recorded, @Nullable OrderRow row) {
    var line =
        new OrderEventRecord(
            after.accountId().value(),
            recorded.seq(),
            VERSION,
            recorded.at(),
            recorded.venueTime(),
            wire(recorded.event(), after),
            row);
    return new String(Json.bytes(line), StandardCharsets.UTF_8);
  }

  static OrderEventRecord read(String body) {
    return Json.read(body.getBytes(StandardCharsets.UTF_8), OrderEventRecord.class);
  }

  /** The event of a line, in the context of the account before it. */
  static Recorded recorded(OrderEventRecord line, AccountState before) {
    return new Recorded(line.seq(), line.at(), line.venueTime(), domain(line.event(), before));
  }

  private static TapeEvent wire(OrderEvent event, AccountState account) {
    return switch (event) {
      case OrderEvent.OrderSubmitted e -> submitted(e);
      case OrderEvent.RequestDenied e ->
          new TapeEvent.RequestDenied(
              wire(e.kind()),
              e.clOrdId().value(),
              e.draft() == null ? null : requested(e.draft()),
              e.denial().reason().name(),
              e.denial().detail(),
              e.denial().params(),
              e.count(),
              e.commandId(),
              e.by());
      case OrderEvent.CancelRequested e ->
          new TapeEvent.CancelRequested(e.clOrdId().value(), e.requestNo(), e.commandId(), e.by());
      case OrderEvent.OrderAccepted e ->
          new TapeEvent.OrderAccepted(e.clOrdId().value(), e.venueOrderId().value());
      case OrderEvent.OrderRejected e ->
          new TapeEvent.OrderRejected(e.clOrdId().value(), e.words().code(), e.words().text());
      case OrderEvent.OrderFilled e ->
          new TapeEvent.OrderFilled(
              e.clOrdId().value(),
              e.execId().value(),
              e.venueOrderId() == null ? null : e.venueOrderId().value(),
              e.symbol().value(),
              e.side(),
              e.lastQty().lots(),
              instrument(account, e.symbol()).decimal(e.lastPx()),
              e.fee());
      case OrderEvent.OrderCanceled e ->
          new TapeEvent.OrderCanceled(
              e.clOrdId().value(), e.words().code(), e.words().text(), null, null);
      case OrderEvent.CancelRejected e ->
          new TapeEvent.CancelRejected(
              e.clOrdId().value(), e.requestNo(), e.words().code(), e.words().text());
      case OrderEvent.OrderExpired e ->
          new TapeEvent.OrderExpired(e.clOrdId().value(), e.reason(), e.text());
      case OrderEvent.OrderAdopted e -> adopted(e);
      case OrderEvent.RequestInDoubt e ->
          new TapeEvent.RequestInDoubt(e.clOrdId().value(), wire(e.kind()), e.requestNo(), e.why());
      case OrderEvent.RequestUnknownToVenue e ->
          new TapeEvent.RequestUnknownToVenue(
              e.clOrdId().value(),
              e.requestNo(),
              e.session(),
              e.sessionOpenedAt(),
              e.askedAt(),
              e.countsAsProof());
      case OrderEvent.DoubtResolved e ->
          new TapeEvent.DoubtResolved(
              e.clOrdId().value(),
              wire(e.kind()),
              e.requestNo(),
              e.outcome().name(),
              e.by(),
              e.reason());
      case OrderEvent.ReconciliationStarted e ->
          new TapeEvent.ReconciliationStarted(e.venue(), e.session());
      case OrderEvent.ReconciliationCompleted e ->
          new TapeEvent.ReconciliationCompleted(
              e.venue(),
              e.session(),
              e.openOrders(),
              e.executions(),
              e.positions().stream()
                  .map(p -> new VenueReport.VenuePosition(p.symbol(), p.netQty()))
                  .toList());
    };
  }

  private static TapeEvent.OrderSubmitted submitted(OrderEvent.OrderSubmitted event) {
    var terms = event.terms();
    return new TapeEvent.OrderSubmitted(
        event.clOrdId().value(),
        event.requestNo(),
        terms.symbol().value(),
        terms.side(),
        terms.ordType(),
        terms.timeInForce(),
        terms.orderQty().lots(),
        decimal(terms, terms.price()),
        decimal(terms, terms.stopPx()),
        terms.trail(),
        terms.expireAt(),
        terms.reduceOnly(),
        terms.strategy(),
        terms.snappedFrom(),
        terms.instrument().tickSize(),
        terms.instrument().tickValue().amount(),
        terms.instrument().tickValue().currency().getCurrencyCode(),
        terms.venue(),
        event.sendBy(),
        event.commandId(),
        event.by(),
        null);
  }

  private static TapeEvent.OrderAdopted adopted(OrderEvent.OrderAdopted event) {
    var terms = event.terms();
    return new TapeEvent.OrderAdopted(
        event.clOrdId().value(),
        event.venueOrderId().value(),
        terms.symbol().value(),
        terms.side(),
        terms.ordType(),
        terms.timeInForce(),
        terms.orderQty().lots(),
        decimal(terms, terms.price()),
        decimal(terms, terms.stopPx()),
        terms.instrument().tickSize(),
        terms.instrument().tickValue().amount(),
        terms.instrument().tickValue().currency().getCurrencyCode(),
        terms.venue());
  }

  private static TapeEvent.RequestedOrder requested(Draft draft) {
    return new TapeEvent.RequestedOrder(
        draft.symbol(),
        draft.side(),
        draft.ordType(),
        draft.timeInForce(),
        draft.orderQty(),
        draft.price(),
        draft.stopPx(),
        draft.reduceOnly(),
        draft.strategy());
  }

  private static OrderEvent domain(TapeEvent event, AccountState account) {
    return switch (event) {
      case TapeEvent.OrderSubmitted e -> submitted(e);
      case TapeEvent.RequestDenied e ->
          new OrderEvent.RequestDenied(
              domain(e.kind()),
              id(e.clOrdId()),
              e.order() == null ? null : draft(e.order()),
              new Denial(DenialReason.valueOf(e.reason()), e.detail(), e.params()),
              e.count(),
              e.commandId(),
              e.by());
      case TapeEvent.CancelRequested e ->
          new OrderEvent.CancelRequested(id(e.clOrdId()), e.requestNo(), e.commandId(), e.by());
      case TapeEvent.OrderAccepted e ->
          new OrderEvent.OrderAccepted(id(e.clOrdId()), new OrderId(e.venueOrderId()));
      case TapeEvent.OrderRejected e ->
          new OrderEvent.OrderRejected(
              id(e.clOrdId()), new VenueWords(e.venueCode(), e.venueText()));
      case TapeEvent.OrderFilled e -> {
        var symbol = new Symbol(e.symbol());
        yield new OrderEvent.OrderFilled(
            id(e.clOrdId()),
            new ExecId(e.execId()),
            e.venueOrderId() == null ? null : new OrderId(e.venueOrderId()),
            symbol,
            e.side(),
            new Qty(e.lastQty()),
            instrument(account, symbol).price(e.lastPx()),
            e.fee());
      }
      case TapeEvent.OrderCanceled e ->
          new OrderEvent.OrderCanceled(
              id(e.clOrdId()), new VenueWords(e.venueCode(), e.venueText()));
      case TapeEvent.CancelRejected e ->
          new OrderEvent.CancelRejected(
              id(e.clOrdId()), e.requestNo(), new VenueWords(e.venueCode(), e.venueText()));
      case TapeEvent.OrderExpired e ->
          new OrderEvent.OrderExpired(id(e.clOrdId()), e.reason(), e.text());
      case TapeEvent.OrderAdopted e -> adopted(e);
      case TapeEvent.RequestInDoubt e ->
          new OrderEvent.RequestInDoubt(id(e.clOrdId()), domain(e.kind()), e.requestNo(), e.why());
      case TapeEvent.RequestUnknownToVenue e ->
          new OrderEvent.RequestUnknownToVenue(
              id(e.clOrdId()),
              e.requestNo(),
              e.session(),
              e.sessionOpenedAt(),
              e.askedAt(),
              e.countsAsProof());
      case TapeEvent.DoubtResolved e ->
          new OrderEvent.DoubtResolved(
              id(e.clOrdId()),
              domain(e.kind()),
              e.requestNo(),
              OrderEvent.Outcome.valueOf(e.outcome()),
              e.by(),
              e.reason());
      case TapeEvent.OrderHeld _,
          TapeEvent.OrderReleased _,
          TapeEvent.ReplaceRequested _,
          TapeEvent.OrderReplaced _,
          TapeEvent.ReplaceQueued _,
          TapeEvent.TradingStateChanged _,
          TapeEvent.ReplaceRejected _,
          TapeEvent.ReplaceDropped _,
          TapeEvent.OrderTriggered _,
          TapeEvent.FillBusted _,
          TapeEvent.FillCorrected _ ->
          throw new IllegalArgumentException("not folded yet: " + event);
      case TapeEvent.ReconciliationStarted e ->
          new OrderEvent.ReconciliationStarted(e.venue(), e.session());
      case TapeEvent.ReconciliationCompleted e ->
          new OrderEvent.ReconciliationCompleted(
              e.venue(),
              e.session(),
              e.openOrders(),
              e.executions(),
              e.positions().stream()
                  .map(p -> new OrderEvent.VenuePosition(p.symbol(), p.netQty()))
                  .toList());
    };
  }

  private static OrderEvent submitted(TapeEvent.OrderSubmitted event) {
    var instrument =
        instrument(event.symbol(), event.tickSize(), event.tickValue(), event.currency());
    return new OrderEvent.OrderSubmitted(
        id(event.clOrdId()),
        event.requestNo(),
        new Terms(
            instrument,
            event.venue(),
            event.side(),
            event.ordType(),
            event.timeInForce(),
            new Qty(event.orderQty()),
            price(instrument, event.price()),
            price(instrument, event.stopPx()),
            event.trail(),
            event.expireAt(),
            event.reduceOnly(),
            event.strategy(),
            event.snappedFrom()),
        event.sendBy(),
        event.commandId(),
        event.by());
  }

  private static OrderEvent adopted(TapeEvent.OrderAdopted event) {
    var instrument =
        instrument(event.symbol(), event.tickSize(), event.tickValue(), event.currency());
    return new OrderEvent.OrderAdopted(
        id(event.clOrdId()),
        new OrderId(event.venueOrderId()),
        new Terms(
            instrument,
            event.venue(),
            event.side(),
            event.ordType(),
            event.timeInForce(),
            new Qty(event.orderQty()),
            price(instrument, event.price()),
            price(instrument, event.stopPx()),
            null,
            null,
            false,
            null,
            null));
  }

  private static Draft draft(TapeEvent.RequestedOrder order) {
    return new Draft(
        order.symbol(),
        order.side(),
        order.ordType(),
        order.timeInForce(),
        order.orderQty(),
        order.price(),
        order.stopPx(),
        null,
        null,
        order.reduceOnly(),
        order.strategy(),
        false);
  }

  static Instrument instrument(
      String symbol, BigDecimal tickSize, BigDecimal tickValue, String currency) {
    return new Instrument(
        new Symbol(symbol), tickSize, new Money(tickValue, Currency.getInstance(currency)));
  }

  static @Nullable Price price(Instrument instrument, @Nullable BigDecimal decimal) {
    return decimal == null ? null : instrument.price(decimal);
  }

  private static @Nullable BigDecimal decimal(Terms terms, @Nullable Price price) {
    return price == null ? null : terms.instrument().decimal(price);
  }

  private static Instrument instrument(AccountState account, Symbol symbol) {
    var instrument = account.instruments().get(symbol);
    if (instrument == null)
      throw new IllegalStateException("no order of " + symbol + " before its fill");
    return instrument;
  }

  private static ClOrdId id(String value) {
    return new ClOrdId(value);
  }

  private static io.tapeline.contract.RequestKind wire(RequestKind kind) {
    return io.tapeline.contract.RequestKind.valueOf(kind.name());
  }

  static RequestKind domain(io.tapeline.contract.RequestKind kind) {
    return RequestKind.valueOf(kind.name());
  }
}
