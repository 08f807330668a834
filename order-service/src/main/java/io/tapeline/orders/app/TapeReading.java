package io.tapeline.orders.app;

import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.OrderTerms;
import io.tapeline.contract.TapeEvent;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.BracketTerms;
import io.tapeline.orders.domain.Change;
import io.tapeline.orders.domain.Denial;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.orders.domain.Draft;
import io.tapeline.orders.domain.Fills;
import io.tapeline.orders.domain.Flatten;
import io.tapeline.orders.domain.Hold;
import io.tapeline.orders.domain.Links;
import io.tapeline.orders.domain.Order.VenueWords;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.orders.domain.PersistentMap;
import io.tapeline.orders.domain.RequestKind;
import io.tapeline.orders.domain.RiskLock;
import io.tapeline.orders.domain.Role;
import io.tapeline.orders.domain.Terms;
import io.tapeline.orders.domain.VenueTerms;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The journal's events as the domain knows them. */
final class TapeReading {
  private TapeReading() {}

  static OrderEvent domain(OrderEventRecord line, AccountState account) {
    return switch (line.event()) {
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
            TapeRecords.instrument(account, symbol).price(e.lastPx()),
            e.fee(),
            e.reportedPnl());
      }
      case TapeEvent.OrderCanceled e ->
          new OrderEvent.OrderCanceled(
              id(e.clOrdId()), new VenueWords(e.venueCode(), e.venueText()), e.commandId(), e.by());
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
      case TapeEvent.OrderHeld e -> held(e);
      case TapeEvent.OrderReleased e -> released(e);
      case TapeEvent.ReplaceRequested e -> replace(e);
      case TapeEvent.ReplaceQueued e -> {
        var symbol = symbol(line);
        yield new OrderEvent.ReplaceQueued(
            id(e.clOrdId()),
            symbol,
            change(
                TapeRecords.instrument(account, symbol),
                e.orderQty(),
                e.price(),
                e.stopPx(),
                e.trail(),
                e.snappedFrom()),
            e.sendBy(),
            e.commandId(),
            e.by());
      }
      case TapeEvent.OrderReplaced e -> {
        var symbol = symbol(line);
        yield new OrderEvent.OrderReplaced(
            id(e.clOrdId()),
            e.requestNo(),
            e.venueOrderId() == null ? null : new OrderId(e.venueOrderId()),
            symbol,
            change(
                TapeRecords.instrument(account, symbol),
                e.orderQty(),
                e.price(),
                e.stopPx(),
                e.trail(),
                e.snappedFrom()),
            e.commandId(),
            e.by());
      }
      case TapeEvent.ReplaceRejected e ->
          new OrderEvent.ReplaceRejected(
              id(e.clOrdId()), e.requestNo(), new VenueWords(e.venueCode(), e.venueText()));
      case TapeEvent.ReplaceDropped e ->
          new OrderEvent.ReplaceDropped(id(e.clOrdId()), e.requestNo(), e.reason());
      case TapeEvent.OrderTriggered e -> new OrderEvent.OrderTriggered(id(e.clOrdId()));
      case TapeEvent.FillBusted e -> {
        var symbol = new Symbol(e.symbol());
        yield new OrderEvent.FillBusted(
            id(e.clOrdId()),
            new ExecId(e.execId()),
            symbol,
            e.side(),
            new Qty(e.lastQty()),
            TapeRecords.instrument(account, symbol).price(e.lastPx()),
            e.fee(),
            e.venueText());
      }
      case TapeEvent.FillCorrected e -> corrected(e, account);
      case TapeEvent.RevisionNoted e -> ContingencyRecords.domain(e);
      case TapeEvent.RiskLocked e ->
          new OrderEvent.RiskLocked(
              new RiskLock(
                  e.lockId(),
                  RiskLock.Tier.valueOf(e.tier()),
                  e.reason(),
                  e.rule(),
                  e.until(),
                  e.asOfSeq()));
      case TapeEvent.RiskUnlocked e -> new OrderEvent.RiskUnlocked(e.lockId());
      case TapeEvent.BracketAttached e -> ContingencyRecords.domain(e);
      case TapeEvent.OcoOverfilled e -> ContingencyRecords.domain(e);
      case TapeEvent.FlattenStarted e -> new OrderEvent.FlattenStarted(e.commandId(), e.by());
      case TapeEvent.FlattenStep e ->
          new OrderEvent.FlattenStep(e.commandId(), Flatten.Step.valueOf(e.step()), e.attempt());
      case TapeEvent.FlattenEnded e ->
          new OrderEvent.FlattenEnded(e.commandId(), Flatten.Outcome.valueOf(e.outcome()));
      case TapeEvent.TradingStateChanged e ->
          new OrderEvent.TradingStateChanged(e.state(), e.reason(), e.commandId(), e.by());
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
    var instrument = instrument(event);
    return new OrderEvent.OrderSubmitted(
        id(event.clOrdId()),
        event.requestNo(),
        terms(
            event,
            instrument,
            event.venue(),
            event.reduceOnly(),
            event.strategy(),
            event.snappedFrom()),
        links(event.links(), instrument),
        event.sendBy(),
        event.commandId(),
        event.by());
  }

  private static OrderEvent adopted(TapeEvent.OrderAdopted event) {
    var instrument = instrument(event);
    return new OrderEvent.OrderAdopted(
        id(event.clOrdId()),
        new OrderId(event.venueOrderId()),
        terms(event, instrument, event.venue(), false, null, null),
        event.before() == null ? null : before(event.before(), instrument));
  }

  private static OrderEvent.KnownBefore before(
      TapeEvent.KnownBefore before, Instrument instrument) {
    PersistentMap<ExecId, Fills.Execution> executions = PersistentMap.empty();
    for (var one : before.executions())
      executions =
          executions.with(
              new ExecId(one.execId()),
              new Fills.Execution(
                  new Qty(one.lastQty()), instrument.price(one.lastPx()), one.fee(), one.stands()));
    return new OrderEvent.KnownBefore(
        before.version(),
        before.createdSeq(),
        before.createdAt(),
        Fills.of(executions, new Qty(before.bustedQty())));
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
        order.trail(),
        order.expireAt(),
        order.reduceOnly(),
        order.strategy(),
        false);
  }

  private static OrderEvent held(TapeEvent.OrderHeld event) {
    var instrument = instrument(event);
    return new OrderEvent.OrderHeld(
        id(event.clOrdId()),
        Hold.valueOf(event.reason()),
        terms(
            event,
            instrument,
            event.venue(),
            event.reduceOnly(),
            event.strategy(),
            event.snappedFrom()),
        links(event.links(), instrument),
        event.commandId(),
        event.by());
  }

  private static OrderEvent released(TapeEvent.OrderReleased event) {
    return new OrderEvent.OrderReleased(
        id(event.clOrdId()), event.requestNo(), sent(event), event.sendBy(), event.why());
  }

  private static OrderEvent replace(TapeEvent.ReplaceRequested event) {
    return new OrderEvent.ReplaceRequested(
        id(event.clOrdId()),
        event.requestNo(),
        sent(event),
        event.sendBy(),
        event.snappedFrom(),
        event.commandId(),
        event.by());
  }

  private static Instrument instrument(OrderTerms terms) {
    return TapeRecords.instrument(
        terms.symbol(), terms.tickSize(), terms.tickValue(), terms.currency());
  }

  private static Terms terms(
      OrderTerms terms,
      Instrument instrument,
      String venue,
      boolean reduceOnly,
      @Nullable String strategy,
      @Nullable BigDecimal snappedFrom) {
    return new Terms(
        instrument,
        venue,
        terms.side(),
        terms.ordType(),
        terms.timeInForce(),
        new Qty(terms.orderQty()),
        price(instrument, terms.price()),
        price(instrument, terms.stopPx()),
        terms.trail(),
        terms.expireAt(),
        reduceOnly,
        strategy,
        snappedFrom);
  }

  private static VenueTerms sent(OrderTerms terms) {
    var instrument = instrument(terms);
    return new VenueTerms(
        instrument,
        terms.side(),
        terms.ordType(),
        terms.timeInForce(),
        new Qty(terms.orderQty()),
        price(instrument, terms.price()),
        price(instrument, terms.stopPx()),
        terms.trail(),
        terms.expireAt());
  }

  private static OrderEvent corrected(TapeEvent.FillCorrected event, AccountState account) {
    var symbol = new Symbol(event.symbol());
    var instrument = TapeRecords.instrument(account, symbol);
    return new OrderEvent.FillCorrected(
        id(event.clOrdId()),
        new ExecId(event.execId()),
        new ExecId(event.newExecId()),
        symbol,
        event.side(),
        new Qty(event.oldQty()),
        instrument.price(event.oldPx()),
        new Qty(event.newQty()),
        instrument.price(event.newPx()),
        event.oldFee(),
        event.newFee(),
        event.newReportedPnl());
  }

  private static Links links(TapeEvent.@Nullable OrderLinks links, Instrument instrument) {
    if (links == null) return Links.NONE;
    return new Links(
        Role.valueOf(links.role()),
        links.parentClOrdId() == null ? null : id(links.parentClOrdId()),
        links.ocoGroup(),
        links.bracket() == null ? null : bracket(links.bracket(), instrument));
  }

  static BracketTerms bracket(TapeEvent.BracketTerms terms, Instrument instrument) {
    return new BracketTerms(
        terms.takeProfit().stream().map(leg -> leg(leg, instrument)).toList(),
        terms.stopLoss() == null ? null : leg(terms.stopLoss(), instrument),
        terms.breakevenAfterTicks());
  }

  private static BracketTerms.Leg leg(TapeEvent.BracketTerms.Leg leg, Instrument instrument) {
    return new BracketTerms.Leg(
        leg.ticks(),
        price(instrument, leg.price()),
        leg.qty() == null ? null : new Qty(leg.qty()),
        leg.trail());
  }

  private static Change change(
      Instrument instrument,
      long orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      @Nullable Long trail,
      @Nullable BigDecimal snappedFrom) {
    return new Change(
        new Qty(orderQty), price(instrument, price), price(instrument, stopPx), trail, snappedFrom);
  }

  /** Some events name no symbol; the row beside them does. */
  private static Symbol symbol(OrderEventRecord line) {
    if (line.order() == null)
      throw new IllegalArgumentException("no order beside the change at " + line.seq());
    return new Symbol(line.order().symbol());
  }

  private static @Nullable Price price(Instrument instrument, @Nullable BigDecimal decimal) {
    return decimal == null ? null : instrument.price(decimal);
  }

  private static ClOrdId id(String value) {
    return new ClOrdId(value);
  }

  private static RequestKind domain(io.tapeline.contract.RequestKind kind) {
    return RequestKind.valueOf(kind.name());
  }
}
