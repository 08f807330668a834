package io.tapeline.orders.app;

import io.tapeline.contract.TapeEvent;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrderId;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.tapeline.orders.domain.OrderEvent;
import org.jspecify.annotations.Nullable;

/** Brackets of positions, siblings and processes as the journal writes them, and back. */
final class ContingencyRecords {
  private ContingencyRecords() {}

  static TapeEvent wire(OrderEvent.OfAccount event) {
    return switch (event) {
      case OrderEvent.RevisionNoted e -> wire(e);
      case OrderEvent.BracketAttached e ->
          new TapeEvent.BracketAttached(
              e.id().value(),
              e.instrument().symbol().value(),
              e.side(),
              e.qty().lots(),
              e.basisQty(),
              e.basisTicks(),
              TapeWriting.bracket(e.bracket(), e.instrument()),
              e.instrument().tickSize(),
              e.instrument().tickValue().amount(),
              e.instrument().tickValue().currency().getCurrencyCode(),
              e.venue(),
              e.commandId(),
              e.by());
      case OrderEvent.OcoOverfilled e ->
          new TapeEvent.OcoOverfilled(
              e.group(),
              e.symbol().value(),
              e.side(),
              e.excess(),
              e.restoreQty(),
              e.restoreClOrdId() == null ? null : e.restoreClOrdId().value());
      case OrderEvent.FlattenStarted e -> new TapeEvent.FlattenStarted(e.commandId(), e.by());
      case OrderEvent.FlattenStep e ->
          new TapeEvent.FlattenStep(e.commandId(), e.step().name(), e.attempt());
      case OrderEvent.FlattenEnded e ->
          new TapeEvent.FlattenEnded(e.commandId(), e.outcome().name());
    };
  }

  static OrderEvent domain(TapeEvent.BracketAttached e) {
    var instrument = TapeRecords.instrument(e.symbol(), e.tickSize(), e.tickValue(), e.currency());
    return new OrderEvent.BracketAttached(
        new ClOrdId(e.id()),
        instrument,
        e.venue(),
        e.side(),
        new Qty(e.qty()),
        e.basisQty(),
        e.basisTicks(),
        TapeReading.bracket(e.bracket(), instrument),
        e.commandId(),
        e.by());
  }

  private static TapeEvent wire(OrderEvent.RevisionNoted e) {
    var instead = e.instead();
    return instead == null
        ? new TapeEvent.RevisionNoted(
            e.venueOrderId().value(), e.execId().value(), null, null, null, null, e.text(), null)
        : new TapeEvent.RevisionNoted(
            e.venueOrderId().value(),
            e.execId().value(),
            instead.execId().value(),
            instead.lastQty().lots(),
            instead.lastPx(),
            instead.fee(),
            e.text(),
            instead.reportedPnl());
  }

  static OrderEvent domain(TapeEvent.RevisionNoted e) {
    return new OrderEvent.RevisionNoted(
        new OrderId(e.venueOrderId()), new ExecId(e.execId()), instead(e), e.venueText());
  }

  private static OrderEvent.@Nullable Instead instead(TapeEvent.RevisionNoted e) {
    var execId = e.newExecId();
    var qty = e.newQty();
    var px = e.newPx();
    return execId == null || qty == null || px == null
        ? null
        : new OrderEvent.Instead(
            new ExecId(execId), new Qty(qty), px, e.newFee(), e.newReportedPnl());
  }

  static OrderEvent domain(TapeEvent.OcoOverfilled e) {
    return new OrderEvent.OcoOverfilled(
        e.group(),
        new Symbol(e.symbol()),
        e.side(),
        e.excess(),
        e.restoreQty(),
        e.restoreClOrdId() == null ? null : new ClOrdId(e.restoreClOrdId()));
  }
}
