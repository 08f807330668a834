package io.tapeline.orders.app;

import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.VenueReport;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.BracketTerms;
import io.tapeline.orders.domain.Draft;
import io.tapeline.orders.domain.Links;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.orders.domain.RequestKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The domain's events in the journal's words. */
final class TapeWriting {
  private TapeWriting() {}

  static TapeEvent wire(OrderEvent event, AccountState account) {
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
      case OrderEvent.OrderHeld e -> held(e);
      case OrderEvent.OrderReleased e -> released(e);
      case OrderEvent.ReplaceRequested e -> replace(e);
      case OrderEvent.ReplaceQueued e -> {
        var instrument = TapeRecords.instrument(account, e.symbol());
        var change = e.change();
        yield new TapeEvent.ReplaceQueued(
            e.clOrdId().value(),
            change.orderQty().lots(),
            decimal(instrument, change.price()),
            decimal(instrument, change.stopPx()),
            change.trail(),
            e.sendBy(),
            change.snappedFrom(),
            e.commandId(),
            e.by());
      }
      case OrderEvent.OrderReplaced e -> {
        var instrument = TapeRecords.instrument(account, e.symbol());
        var change = e.change();
        yield new TapeEvent.OrderReplaced(
            e.clOrdId().value(),
            e.requestNo(),
            e.venueOrderId() == null ? null : e.venueOrderId().value(),
            change.orderQty().lots(),
            decimal(instrument, change.price()),
            decimal(instrument, change.stopPx()),
            change.trail(),
            change.snappedFrom(),
            e.commandId(),
            e.by());
      }
      case OrderEvent.ReplaceRejected e ->
          new TapeEvent.ReplaceRejected(
              e.clOrdId().value(), e.requestNo(), e.words().code(), e.words().text());
      case OrderEvent.ReplaceDropped e ->
          new TapeEvent.ReplaceDropped(e.clOrdId().value(), e.requestNo(), e.reason());
      case OrderEvent.OrderTriggered e -> new TapeEvent.OrderTriggered(e.clOrdId().value());
      case OrderEvent.FillBusted e ->
          new TapeEvent.FillBusted(
              e.clOrdId().value(),
              e.execId().value(),
              e.symbol().value(),
              e.side(),
              e.lastQty().lots(),
              TapeRecords.instrument(account, e.symbol()).decimal(e.lastPx()),
              e.fee(),
              e.venueText());
      case OrderEvent.FillCorrected e -> {
        var instrument = TapeRecords.instrument(account, e.symbol());
        yield new TapeEvent.FillCorrected(
            e.clOrdId().value(),
            e.execId().value(),
            e.newExecId().value(),
            e.symbol().value(),
            e.side(),
            e.oldQty().lots(),
            instrument.decimal(e.oldPx()),
            e.newQty().lots(),
            instrument.decimal(e.newPx()),
            e.oldFee(),
            e.newFee(),
            e.newReportedPnl());
      }
      case OrderEvent.OfAccount e -> ContingencyRecords.wire(e);
      case OrderEvent.RiskLocked e ->
          new TapeEvent.RiskLocked(
              e.lock().id(),
              e.lock().tier().name(),
              e.lock().reason(),
              e.lock().rule(),
              e.lock().until(),
              e.lock().asOfSeq());
      case OrderEvent.RiskUnlocked e -> new TapeEvent.RiskUnlocked(e.lockId());
      case OrderEvent.TradingStateChanged e ->
          new TapeEvent.TradingStateChanged(e.state(), e.reason(), e.commandId(), e.by());
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
              TapeRecords.instrument(account, e.symbol()).decimal(e.lastPx()),
              e.fee(),
              e.reportedPnl());
      case OrderEvent.OrderCanceled e ->
          new TapeEvent.OrderCanceled(
              e.clOrdId().value(), e.words().code(), e.words().text(), e.commandId(), e.by());
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
        decimal(terms.instrument(), terms.price()),
        decimal(terms.instrument(), terms.stopPx()),
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
        links(event.links(), terms.instrument()));
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
        decimal(terms.instrument(), terms.price()),
        decimal(terms.instrument(), terms.stopPx()),
        terms.instrument().tickSize(),
        terms.instrument().tickValue().amount(),
        terms.instrument().tickValue().currency().getCurrencyCode(),
        terms.venue(),
        event.before() == null ? null : before(event.before(), terms.instrument()));
  }

  private static TapeEvent.KnownBefore before(
      OrderEvent.KnownBefore before, Instrument instrument) {
    var executions = new ArrayList<TapeEvent.KnownExecution>();
    before
        .fills()
        .executions()
        .forEach(
            (id, one) ->
                executions.add(
                    new TapeEvent.KnownExecution(
                        id.value(),
                        one.lastQty().lots(),
                        instrument.decimal(one.lastPx()),
                        one.fee(),
                        one.stands())));
    return new TapeEvent.KnownBefore(
        before.version(),
        before.createdSeq(),
        before.createdAt(),
        before.fills().bustedQty().lots(),
        executions);
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
        draft.strategy(),
        draft.trail(),
        draft.expireAt());
  }

  private static TapeEvent.OrderHeld held(OrderEvent.OrderHeld event) {
    var terms = event.terms();
    return new TapeEvent.OrderHeld(
        event.clOrdId().value(),
        event.hold().name(),
        terms.symbol().value(),
        terms.side(),
        terms.ordType(),
        terms.timeInForce(),
        terms.orderQty().lots(),
        decimal(terms.instrument(), terms.price()),
        decimal(terms.instrument(), terms.stopPx()),
        terms.trail(),
        terms.expireAt(),
        terms.reduceOnly(),
        terms.strategy(),
        terms.snappedFrom(),
        terms.instrument().tickSize(),
        terms.instrument().tickValue().amount(),
        terms.instrument().tickValue().currency().getCurrencyCode(),
        terms.venue(),
        event.commandId(),
        event.by(),
        links(event.links(), terms.instrument()));
  }

  private static TapeEvent.OrderReleased released(OrderEvent.OrderReleased event) {
    var terms = event.terms();
    var instrument = terms.instrument();
    return new TapeEvent.OrderReleased(
        event.clOrdId().value(),
        event.requestNo(),
        instrument.symbol().value(),
        terms.side(),
        terms.ordType(),
        terms.timeInForce(),
        terms.orderQty().lots(),
        decimal(instrument, terms.price()),
        decimal(instrument, terms.stopPx()),
        terms.trail(),
        terms.expireAt(),
        instrument.tickSize(),
        instrument.tickValue().amount(),
        instrument.tickValue().currency().getCurrencyCode(),
        event.sendBy(),
        event.why());
  }

  private static TapeEvent.ReplaceRequested replace(OrderEvent.ReplaceRequested event) {
    var terms = event.terms();
    var instrument = terms.instrument();
    return new TapeEvent.ReplaceRequested(
        event.clOrdId().value(),
        event.requestNo(),
        instrument.symbol().value(),
        terms.side(),
        terms.ordType(),
        terms.timeInForce(),
        terms.orderQty().lots(),
        decimal(instrument, terms.price()),
        decimal(instrument, terms.stopPx()),
        terms.trail(),
        terms.expireAt(),
        instrument.tickSize(),
        instrument.tickValue().amount(),
        instrument.tickValue().currency().getCurrencyCode(),
        event.sendBy(),
        event.snappedFrom(),
        event.commandId(),
        event.by());
  }

  private static TapeEvent.@Nullable OrderLinks links(Links links, Instrument instrument) {
    if (links.equals(Links.NONE)) return null;
    var parent = links.parentClOrdId();
    return new TapeEvent.OrderLinks(
        links.role().name(),
        parent == null ? null : parent.value(),
        links.ocoGroup(),
        links.bracket() == null ? null : bracket(links.bracket(), instrument));
  }

  static TapeEvent.BracketTerms bracket(BracketTerms terms, Instrument instrument) {
    return new TapeEvent.BracketTerms(
        terms.takeProfit().stream().map(leg -> leg(leg, instrument)).toList(),
        terms.stopLoss() == null ? null : leg(terms.stopLoss(), instrument),
        terms.breakevenAfterTicks());
  }

  private static TapeEvent.BracketTerms.Leg leg(BracketTerms.Leg leg, Instrument instrument) {
    return new TapeEvent.BracketTerms.Leg(
        leg.ticks(),
        decimal(instrument, leg.price()),
        leg.qty() == null ? null : leg.qty().lots(),
        leg.trail());
  }

  private static @Nullable BigDecimal decimal(Instrument instrument, @Nullable Price price) {
    return price == null ? null : instrument.decimal(price);
  }

  private static io.tapeline.contract.RequestKind wire(RequestKind kind) {
    return io.tapeline.contract.RequestKind.valueOf(kind.name());
  }
}
