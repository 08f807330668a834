package io.tapeline.market.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.contract.RequestKind;
import io.tapeline.contract.VenueReport;
import io.tapeline.contract.VenueReportRecord;
import io.tapeline.market.exchange.domain.ExchangeCode;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.market.venue.domain.VenueAccount;
import io.tapeline.model.AccountId;
import io.tapeline.model.Instrument;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import io.tapeline.service.Hop;
import io.tapeline.service.Traces;
import io.tapeline.timing.Operation;
import io.tapeline.timing.Timing;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Says on {@code venue.reports.v1} what became of requests and orders. */
final class Reports {
  private final Tape tape;
  private final Instruments instruments;
  private final InFlight inFlight;
  private final Outcomes outcomes;
  private final InstantSource clock;
  private final Venue venue;
  private final Counter count;
  private final Troubles troubles;
  private final Operation call;
  private final Operation answer;
  private final Traces traces;
  private volatile long session;
  private volatile Instant sessionOpenedAt = Instant.EPOCH;

  Reports(
      Tape tape,
      Instruments instruments,
      InFlight inFlight,
      Outcomes outcomes,
      InstantSource clock,
      Venue venue,
      MeterRegistry meters,
      Timing timing,
      Traces traces) {
    this.tape = tape;
    this.instruments = instruments;
    this.inFlight = inFlight;
    this.outcomes = outcomes;
    this.clock = clock;
    this.venue = venue;
    this.traces = traces;
    count = meters.counter("tapeline.venue.reports");
    troubles = new Troubles(meters);
    call =
        timing.declare("venue_call", "1s", "from the commit of an intent until the venue answers");
    answer = Hop.CLICK_VENUE.in(timing);
  }

  void openSession(long newSession, Instant at) {
    session = newSession;
    sessionOpenedAt = at;
  }

  Instant sessionOpenedAt() {
    return sessionOpenedAt;
  }

  /** What the venue said about an order; on the venue's thread. */
  void tell(ExchangeEvent event) {
    switch (event) {
      case ExchangeEvent.Accepted accepted ->
          answered(
              event,
              io.tapeline.market.venue.domain.RequestKind.NEW,
              new VenueReport.Accepted(clOrdId(event), accepted.venueOrderId().value()));
      case ExchangeEvent.Rejected rejected ->
          ended(event, new VenueReport.Rejected(clOrdId(event), rejected.code(), rejected.text()));
      case ExchangeEvent.Replaced replaced -> replaced(replaced);
      case ExchangeEvent.ReplaceRejected refused ->
          answered(
              event,
              refused.requestNo(),
              new VenueReport.ReplaceRejected(
                  clOrdId(event), refused.requestNo(), refused.code(), refused.text()));
      case ExchangeEvent.Triggered triggered ->
          say(event, new VenueReport.Triggered(clOrdId(event), triggered.venueOrderId().value()));
      case ExchangeEvent.Busted busted -> say(event, execution(busted));
      case ExchangeEvent.Corrected corrected -> say(event, execution(corrected));
      case ExchangeEvent.Filled fill -> {
        if (fill.leavesQty().isZero()) ended(event, filled(fill));
        else answered(event, io.tapeline.market.venue.domain.RequestKind.NEW, filled(fill));
      }
      case ExchangeEvent.Canceled canceled -> {
        boolean asked = canceled.code().equals(ExchangeCode.REQUESTED);
        ended(
            event,
            new VenueReport.Canceled(
                clOrdId(event),
                canceled.venueOrderId().value(),
                asked ? null : canceled.code(),
                asked ? null : canceled.text()));
      }
      case ExchangeEvent.Expired expired -> ended(event, expired(expired));
      case ExchangeEvent.CancelRejected refused ->
          answered(
              event,
              refused.requestNo(),
              new VenueReport.CancelRejected(
                  clOrdId(event), refused.requestNo(), refused.code(), refused.text()));
    }
  }

  private static VenueReport expired(ExchangeEvent.Expired expired) {
    // The replay venue's own words for an exchange that is gone.
    return switch (expired.text()) {
      case "RECORDING_CHANGED" ->
          expired(expired, expired.text(), "the exchange plays another recording now");
      case "REPLAY_SEEK" -> expired(expired, expired.text(), "the recording was wound on or back");
      default -> expired(expired, "TIME_IN_FORCE", expired.text());
    };
  }

  private static VenueReport expired(ExchangeEvent.Expired expired, String reason, String text) {
    return new VenueReport.Expired(expired.clOrdId().value(), reason, text);
  }

  private void replaced(ExchangeEvent.Replaced replaced) {
    var terms = replaced.terms();
    var instrument = instrument(terms.symbol(), replaced.venueTime());
    var report =
        new VenueReport.Replaced(
            clOrdId(replaced),
            replaced.venueOrderId().value(),
            replaced.requestNo(),
            terms.orderQty().lots(),
            decimal(instrument, terms.price()),
            decimal(instrument, terms.stopPx()),
            terms.trail());
    if (replaced.requestNo() == null) say(replaced, report);
    else answered(replaced, replaced.requestNo(), report);
  }

  /**
   * A refusal or change that nobody waits for any more is told all the same: it names its request.
   */
  private void answered(ExchangeEvent event, long requestNo, VenueReport report) {
    var request = inFlight.answered(new RequestId(event.account(), event.clOrdId(), requestNo));
    say(event.account(), event.venueTime(), report, request.stream().toList());
  }

  private void say(ExchangeEvent event, VenueReport report) {
    say(event.account(), event.venueTime(), report, List.of());
  }

  private void answered(
      ExchangeEvent event, io.tapeline.market.venue.domain.RequestKind kind, VenueReport report) {
    var request = inFlight.answered(event.account(), event.clOrdId(), kind);
    say(event.account(), event.venueTime(), report, request.stream().toList());
  }

  private void ended(ExchangeEvent event, VenueReport report) {
    var requests = inFlight.ended(event.account(), event.clOrdId());
    say(event.account(), event.venueTime(), report, requests);
  }

  private void say(
      AccountId account, Instant venueTime, VenueReport report, List<InFlight.Sent> answers) {
    for (var request : answers) {
      long nanos = System.nanoTime() - request.at();
      call.took(nanos, "request", request.id());
      if (request.kind() == io.tapeline.market.venue.domain.RequestKind.NEW) answer.took(nanos);
      traces.took("venue call", account.value(), request.id().clOrdId().value(), nanos);
    }
    var _ =
        say(account, venueTime, report)
            .thenRun(() -> answers.forEach(one -> outcomes.add(one.id(), Outcomes.ANSWERED)));
  }

  void notSent(RequestId id, io.tapeline.market.venue.domain.RequestKind kind, String reason) {
    var report = new VenueReport.NotSent(id.clOrdId().value(), wire(kind), id.requestNo(), reason);
    var _ = now(id.account(), report).thenRun(() -> outcomes.add(id, Outcomes.NOT_SENT));
  }

  void inDoubt(RequestId id, io.tapeline.market.venue.domain.RequestKind kind, String why) {
    var report = new VenueReport.InDoubt(id.clOrdId().value(), wire(kind), id.requestNo(), why);
    var _ = now(id.account(), report).thenRun(() -> outcomes.add(id, Outcomes.IN_DOUBT));
  }

  /** The venue's answer about a request in doubt: it knows the order. */
  void known(RequestId id, OrderState order) {
    var _ = inFlight.answered(id);
    for (var fill : order.fills()) {
      var _ = say(id.account(), fill.venueTime(), filled(fill));
    }
    var report =
        order.status() == OrdStatus.REJECTED
            ? new VenueReport.Rejected(id.clOrdId().value(), order.code(), order.text())
            : known(order, id.requestNo());
    var _ = say(id.account(), order.venueTime(), report);
  }

  /** The venue's answer about a request in doubt: it does not know the order. */
  void unknown(RequestId id, io.tapeline.market.venue.domain.RequestKind kind, Instant sentAt) {
    var _ =
        now(
            id.account(),
            new VenueReport.OrderUnknown(
                id.clOrdId().value(),
                wire(kind),
                id.requestNo(),
                sentAt,
                sessionOpenedAt,
                clock.instant(),
                venue.capabilities().settle().toMillis()));
  }

  /** A venue's account of itself, from beginning to end. */
  CompletionStage<Void> reconcile(VenueAccount account) {
    var _ = now(account.account(), new VenueReport.ReconcileStarted());
    for (var execution : account.executions()) {
      var _ = say(account.account(), execution.venueTime(), execution(execution));
    }
    for (var order : account.openOrders()) {
      var _ = say(account.account(), order.venueTime(), known(order, null));
    }
    return now(
        account.account(),
        new VenueReport.ReconcileCompleted(
            account.openOrders().stream().map(order -> order.order().clOrdId().value()).toList(),
            account.openOrders().size(),
            account.executions().size(),
            account.positions().entrySet().stream()
                .map(
                    position ->
                        new VenueReport.VenuePosition(
                            position.getKey().value(), position.getValue()))
                .sorted((a, b) -> a.symbol().compareTo(b.symbol()))
                .toList()));
  }

  private VenueReport execution(ExchangeEvent.Execution execution) {
    return switch (execution) {
      case ExchangeEvent.Filled fill -> filled(fill);
      case ExchangeEvent.Busted busted ->
          new VenueReport.Busted(
              clOrdId(busted),
              busted.venueOrderId().value(),
              busted.bustedExecId().value(),
              busted.text());
      case ExchangeEvent.Corrected corrected ->
          new VenueReport.Corrected(
              clOrdId(corrected),
              corrected.venueOrderId().value(),
              corrected.correctedExecId().value(),
              corrected.execId().value(),
              corrected.lastQty().lots(),
              instrument(corrected.symbol(), corrected.venueTime()).decimal(corrected.lastPx()),
              null,
              worth(
                  instrument(corrected.symbol(), corrected.venueTime()),
                  corrected.realizedTicks()));
    };
  }

  private static @Nullable BigDecimal worth(Instrument instrument, @Nullable Long ticks) {
    return ticks == null ? null : instrument.worth(ticks).amount();
  }

  private VenueReport filled(ExchangeEvent.Filled fill) {
    var instrument = instrument(fill.symbol(), fill.venueTime());
    return new VenueReport.Filled(
        fill.clOrdId().value(),
        fill.venueOrderId().value(),
        fill.execId().value(),
        fill.symbol().value(),
        fill.side(),
        fill.lastQty().lots(),
        instrument.decimal(fill.lastPx()),
        null,
        worth(instrument, fill.realizedTicks()));
  }

  private VenueReport known(OrderState state, @Nullable Long answersRequestNo) {
    var order = state.order();
    var instrument = instrument(order.symbol(), state.venueTime());
    return new VenueReport.OrderKnown(
        order.clOrdId().value(),
        state.venueOrderId().value(),
        answersRequestNo,
        order.symbol().value(),
        order.side(),
        order.ordType(),
        order.timeInForce(),
        order.orderQty().lots(),
        state.cumQty().lots(),
        decimal(instrument, order.price()),
        decimal(instrument, order.stopPx()),
        state.status(),
        instrument.tickSize(),
        instrument.tickValue().amount(),
        instrument.tickValue().currency().getCurrencyCode(),
        order.trail());
  }

  private CompletionStage<Void> now(AccountId account, VenueReport report) {
    return say(account, venue.clock().venueTime(), report);
  }

  private CompletionStage<Void> say(AccountId account, Instant venueTime, VenueReport report) {
    count.increment();
    troubles.count(report);
    return tape.report(
        new VenueReportRecord(
            account.value(), venue.name(), session, clock.instant(), venueTime, report));
  }

  private Instrument instrument(Symbol symbol, Instant at) {
    return instruments
        .of(symbol, at)
        .orElseThrow(() -> new IllegalStateException("the catalogue does not know " + symbol));
  }

  private static String clOrdId(ExchangeEvent event) {
    return event.clOrdId().value();
  }

  private static RequestKind wire(io.tapeline.market.venue.domain.RequestKind kind) {
    return switch (kind) {
      case NEW -> RequestKind.NEW;
      case REPLACE -> RequestKind.REPLACE;
      case CANCEL -> RequestKind.CANCEL;
    };
  }

  private static @Nullable BigDecimal decimal(Instrument instrument, @Nullable Price price) {
    return price == null ? null : instrument.decimal(price);
  }
}
