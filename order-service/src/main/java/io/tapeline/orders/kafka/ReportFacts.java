package io.tapeline.orders.kafka;

import io.tapeline.contract.VenueReport;
import io.tapeline.contract.VenueReportRecord;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.tapeline.orders.app.FeeSchedule;
import io.tapeline.orders.domain.Order.VenueWords;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.orders.domain.RequestKind;
import io.tapeline.orders.domain.Terms;
import io.tapeline.orders.domain.VenueFact;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A report as the rules understand it. */
final class ReportFacts {
  private ReportFacts() {}

  /**
   * The fact a record tells.
   *
   * @param fees what an execution costs where the venue does not say
   * @throws IllegalArgumentException when a word in it breaks its own rule
   */
  static VenueFact of(VenueReportRecord message, FeeSchedule fees) {
    return switch (message.report()) {
      case VenueReport.Accepted r ->
          new VenueFact.Accepted(id(r.clOrdId()), new OrderId(r.venueOrderId()));
      case VenueReport.Rejected r ->
          new VenueFact.Rejected(id(r.clOrdId()), words(r.venueCode(), r.venueText()));
      case VenueReport.Filled r -> filled(message, r, fees);
      case VenueReport.Canceled r ->
          new VenueFact.Canceled(
              idOrNull(r.clOrdId()),
              new OrderId(r.venueOrderId()),
              words(r.venueCode(), r.venueText()));
      case VenueReport.CancelRejected r ->
          new VenueFact.CancelRejected(
              id(r.clOrdId()), r.requestNo(), words(r.venueCode(), r.venueText()));
      case VenueReport.Expired r ->
          new VenueFact.Expired(id(r.clOrdId()), r.reason(), r.venueText());
      case VenueReport.NotSent r ->
          new VenueFact.NotSent(id(r.clOrdId()), kind(r.kind()), r.requestNo(), r.reason());
      case VenueReport.InDoubt r ->
          new VenueFact.InDoubt(id(r.clOrdId()), kind(r.kind()), r.requestNo(), r.why());
      case VenueReport.OrderKnown r -> known(message, r);
      case VenueReport.OrderUnknown r ->
          new VenueFact.OrderUnknown(
              id(r.clOrdId()),
              kind(r.kind()),
              r.requestNo(),
              message.session(),
              r.sentAt(),
              r.sessionOpenedAt(),
              r.askedAt(),
              Duration.ofMillis(r.settleMillis()));
      case VenueReport.Replaced r ->
          new VenueFact.Replaced(
              idOrNull(r.clOrdId()),
              new OrderId(r.venueOrderId()),
              r.requestNo(),
              new Qty(r.orderQty()),
              r.price(),
              r.stopPx(),
              r.trail());
      case VenueReport.ReplaceRejected r ->
          new VenueFact.ReplaceRejected(
              id(r.clOrdId()), r.requestNo(), words(r.venueCode(), r.venueText()));
      case VenueReport.Triggered r ->
          new VenueFact.Triggered(idOrNull(r.clOrdId()), new OrderId(r.venueOrderId()));
      case VenueReport.Busted r ->
          new VenueFact.Busted(
              idOrNull(r.clOrdId()),
              new OrderId(r.venueOrderId()),
              new ExecId(r.execId()),
              r.venueText());
      case VenueReport.Corrected r ->
          new VenueFact.Corrected(
              idOrNull(r.clOrdId()),
              new OrderId(r.venueOrderId()),
              new ExecId(r.execId()),
              new ExecId(r.newExecId()),
              new Qty(r.lastQty()),
              r.lastPx(),
              r.fee(),
              r.reportedPnl());
      case VenueReport.ReconcileStarted _ ->
          new VenueFact.ReconcileStarted(message.venue(), message.session());
      case VenueReport.ReconcileCompleted r ->
          new VenueFact.ReconcileCompleted(
              message.venue(),
              message.session(),
              Set.copyOf(r.openClOrdIds()),
              r.openOrders(),
              r.executions(),
              r.positions().stream()
                  .map(p -> new OrderEvent.VenuePosition(p.symbol(), p.netQty()))
                  .toList());
    };
  }

  private static VenueFact filled(
      VenueReportRecord message, VenueReport.Filled report, FeeSchedule fees) {
    var symbol = new Symbol(report.symbol());
    var lastQty = new Qty(report.lastQty());
    return new VenueFact.Filled(
        idOrNull(report.clOrdId()),
        new OrderId(report.venueOrderId()),
        new ExecId(report.execId()),
        symbol,
        report.side(),
        lastQty,
        report.lastPx(),
        report.fee() == null
            ? fees.of(new AccountId(message.accountId()), symbol, lastQty)
            : report.fee(),
        report.reportedPnl());
  }

  private static VenueFact known(VenueReportRecord message, VenueReport.OrderKnown report) {
    var instrument =
        new Instrument(
            new Symbol(report.symbol()),
            report.tickSize(),
            new Money(report.tickValue(), Currency.getInstance(report.currency())));
    return new VenueFact.OrderKnown(
        idOrNull(report.clOrdId()),
        new OrderId(report.venueOrderId()),
        report.answersRequestNo(),
        new Terms(
            instrument,
            message.venue(),
            report.side(),
            report.ordType(),
            report.timeInForce(),
            new Qty(report.orderQty()),
            price(instrument, report.price()),
            price(instrument, report.stopPx()),
            report.trail(),
            null,
            false,
            null,
            null),
        new Qty(report.cumQty()),
        report.ordStatus());
  }

  private static @Nullable Price price(Instrument instrument, @Nullable BigDecimal decimal) {
    return decimal == null ? null : instrument.price(decimal);
  }

  private static ClOrdId id(String value) {
    return new ClOrdId(value);
  }

  private static @Nullable ClOrdId idOrNull(@Nullable String value) {
    return value == null ? null : new ClOrdId(value);
  }

  private static VenueWords words(@Nullable String code, @Nullable String text) {
    return new VenueWords(code, text);
  }

  private static RequestKind kind(io.tapeline.contract.RequestKind kind) {
    return RequestKind.valueOf(kind.name());
  }
}
