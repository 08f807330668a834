package io.tapeline.orders.domain;

import static io.tapeline.orders.domain.Decision.accepted;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.Instrument;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.TimeInForce;
import io.tapeline.orders.domain.Order.Done;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.OrderEvent.CancelRejected;
import io.tapeline.orders.domain.OrderEvent.OrderAccepted;
import io.tapeline.orders.domain.OrderEvent.OrderAdopted;
import io.tapeline.orders.domain.OrderEvent.OrderCanceled;
import io.tapeline.orders.domain.OrderEvent.OrderExpired;
import io.tapeline.orders.domain.OrderEvent.OrderFilled;
import io.tapeline.orders.domain.OrderEvent.OrderRejected;
import io.tapeline.orders.domain.OrderEvent.Outcome;
import io.tapeline.orders.domain.OrderEvent.ReconciliationCompleted;
import io.tapeline.orders.domain.OrderEvent.ReconciliationStarted;
import io.tapeline.orders.domain.OrderEvent.RequestInDoubt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The venue is believed, once: what we already know changes nothing. */
final class ReportDecider {
  /** The one that placed the order. */
  private static final long FIRST_REQUEST = 1;

  private ReportDecider() {}

  static Decision decide(AccountState account, VenueFact fact, Circumstances now) {
    return switch (fact) {
      case VenueFact.Filled filled -> decide(account, filled, now);
      case VenueFact.OrderKnown known -> decide(account, known);
      case VenueFact.ReconcileStarted started ->
          started.session() < account.reconciliation().session()
                  || (started.session() == account.reconciliation().session()
                      && account.reconciliation().startedSeq() > 0)
              ? accepted()
              : accepted(new ReconciliationStarted(started.venue(), started.session()));
      case VenueFact.ReconcileCompleted completed -> decide(account, completed);
      case VenueFact.InDoubt doubt -> DoubtRules.doubt(account.order(doubt.clOrdId()), doubt);
      case VenueFact.OrderUnknown unknown ->
          DoubtRules.unknown(account.order(unknown.clOrdId()), unknown);
      case VenueFact.Accepted accepted -> decide(account.order(accepted.clOrdId()), accepted);
      case VenueFact.Rejected rejected ->
          ifLive(
              account.order(rejected.clOrdId()),
              new OrderRejected(rejected.clOrdId(), rejected.words()));
      case VenueFact.Expired expired ->
          ifLive(
              account.order(expired.clOrdId()),
              new OrderExpired(expired.clOrdId(), expired.reason(), expired.text()));
      case VenueFact.Canceled canceled -> {
        var id = nameOf(account, canceled.clOrdId(), canceled.venueOrderId());
        yield ifLive(account.order(id), new OrderCanceled(id, canceled.words(), null, null));
      }
      case VenueFact.Replaced replaced -> ReplaceReports.decide(account, replaced);
      case VenueFact.ReplaceRejected rejected ->
          account.order(rejected.clOrdId()) instanceof Live live
                  && live.request(RequestKind.REPLACE, rejected.requestNo()) != null
              ? accepted(
                  new OrderEvent.ReplaceRejected(
                      rejected.clOrdId(), rejected.requestNo(), rejected.words()))
              : accepted();
      case VenueFact.Triggered triggered ->
          account.order(nameOf(account, triggered.clOrdId(), triggered.venueOrderId()))
                      instanceof Live live
                  && !live.standing().triggered()
              ? accepted(new OrderEvent.OrderTriggered(live.clOrdId()))
              : accepted();
      case VenueFact.Busted bust -> BustRules.bust(account, bust);
      case VenueFact.Corrected corrected -> BustRules.correct(account, corrected, now);
      case VenueFact.CancelRejected rejected ->
          cancelOver(account, rejected.clOrdId(), rejected.requestNo(), rejected.words());
      case VenueFact.NotSent notSent -> decide(account, notSent);
    };
  }

  /**
   * The id an order goes by here: ours, or one derived from the venue's for an order that was never
   * placed here.
   */
  static ClOrdId nameOf(AccountState account, @Nullable ClOrdId clOrdId, OrderId venueOrderId) {
    if (clOrdId != null && account.order(clOrdId) instanceof Live) return clOrdId;
    // what works on at the venue under an id that ended here
    var live = account.liveByVenueId(venueOrderId);
    if (live != null) return live.clOrdId();
    return clOrdId != null && account.order(clOrdId) != null
        ? clOrdId
        : ExternalIds.of(venueOrderId);
  }

  private static Decision decide(AccountState account, VenueFact.Filled fill, Circumstances now) {
    var id = nameOf(account, fill.clOrdId(), fill.venueOrderId());
    var order = account.order(id);
    if (order instanceof Order.Placed placed && placed.fills().has(fill.execId()))
      return accepted();
    if (now.market().booked(fill.execId())) return accepted();
    var instrument = instrument(account, fill, now);
    var events = new ArrayList<OrderEvent>();
    if (order instanceof Live live) events.addAll(arrival(live));
    // never placed here, or refused here: whatever the venue did for us is ours
    if (!(order instanceof Order.Placed)) {
      id = ExternalIds.of(fill.venueOrderId());
      if (!(account.order(id) instanceof Order.Placed))
        events.add(new OrderAdopted(id, fill.venueOrderId(), terms(fill, instrument, now), null));
    }
    events.add(
        new OrderFilled(
            id,
            fill.execId(),
            fill.venueOrderId(),
            fill.symbol(),
            fill.side(),
            fill.lastQty(),
            instrument.price(fill.lastPx()),
            fill.fee(),
            fill.reportedPnl()));
    events.addAll(
        BustRules.due(
            account,
            new BustRules.Booking(
                id,
                fill.side(),
                fill.execId(),
                fill.lastQty(),
                instrument.price(fill.lastPx()),
                fill.fee()),
            instrument,
            now));
    return new Decision.Accepted(events);
  }

  private static Instrument instrument(
      AccountState account, VenueFact.Filled fill, Circumstances now) {
    var traded = account.instruments().get(fill.symbol());
    var instrument = traded != null ? traded : now.market().instrument(fill.symbol());
    if (instrument == null)
      throw new IllegalArgumentException("a fill in an unknown instrument: " + fill.symbol());
    return instrument;
  }

  /** All that is known of an order of which only an execution was told. */
  private static Terms terms(VenueFact.Filled fill, Instrument instrument, Circumstances now) {
    return new Terms(
        instrument,
        now.venue(),
        fill.side(),
        OrdType.MARKET,
        TimeInForce.DAY,
        fill.lastQty(),
        null,
        null,
        null,
        null,
        false,
        null,
        null);
  }

  private static Decision decide(@Nullable Order order, VenueFact.Accepted accepted) {
    if (!(order instanceof Live live)) return accepted();
    if (live.acknowledged() && live.venueOrderId() != null) return accepted();
    var events = new ArrayList<OrderEvent>(arrival(live));
    events.add(new OrderAccepted(live.clOrdId(), accepted.venueOrderId()));
    return new Decision.Accepted(events);
  }

  /** Whatever the venue says of an order shows that the order arrived. */
  private static List<OrderEvent> arrival(Live live) {
    var request = live.request(RequestKind.NEW);
    return request != null && request.inDoubt()
        ? DoubtRules.resolved(live, request, Outcome.ARRIVED, DoubtRules.VENUE, null)
        : List.of();
  }

  private static Decision ifLive(@Nullable Order order, OrderEvent event) {
    return order instanceof Live ? accepted(event) : accepted();
  }

  private static Decision decide(AccountState account, VenueFact.NotSent notSent) {
    var order = account.order(notSent.clOrdId());
    if (!(order instanceof Live live)) return accepted();
    return switch (notSent.kind()) {
      // a fill or an acknowledgement says otherwise, and it is the venue's
      case NEW ->
          live.acknowledged()
              ? accepted()
              : accepted(new OrderExpired(live.clOrdId(), DoubtRules.UNSENT, notSent.reason()));
      case REPLACE ->
          live.request(RequestKind.REPLACE, notSent.requestNo()) == null
              ? accepted()
              : accepted(Replacing.dropped(live, notSent.requestNo(), DoubtRules.UNSENT));
      case CANCEL ->
          cancelOver(
              account,
              live.clOrdId(),
              notSent.requestNo(),
              new Order.VenueWords(null, notSent.reason()));
    };
  }

  private static Decision cancelOver(
      AccountState account, ClOrdId clOrdId, long requestNo, Order.VenueWords words) {
    return account.order(clOrdId) instanceof Live live
            && live.request(RequestKind.CANCEL, requestNo) != null
        ? accepted(new CancelRejected(clOrdId, requestNo, words))
        : accepted();
  }

  private static Decision decide(AccountState account, VenueFact.OrderKnown known) {
    var id = nameOf(account, known.clOrdId(), known.venueOrderId());
    return switch (account.order(id)) {
      case Live live -> new Decision.Accepted(asTheVenueHasIt(live, known));
      case Done done
          when done.origin() == Origin.EXTERNAL
              && known.ordStatus().isWorking()
              && done.fills().spentQty().compareTo(known.terms().orderQty()) < 0
              // it was only known by its executions: the list says how large it is
              && (done.why() == OrdStatus.FILLED || known.answersRequestNo() == null) ->
          accepted(
              new OrderAdopted(
                  id, known.venueOrderId(), known.terms(), OrderEvent.KnownBefore.of(done)));
      case Done _ -> accepted();
      case Order.Denied _ -> adopted(known);
      case null -> adopted(known);
    };
  }

  private static Decision adopted(VenueFact.OrderKnown known) {
    return known.ordStatus().isWorking()
        ? accepted(
            new OrderAdopted(
                ExternalIds.of(known.venueOrderId()), known.venueOrderId(), known.terms(), null))
        : accepted();
  }

  private static List<OrderEvent> asTheVenueHasIt(Live live, VenueFact.OrderKnown known) {
    var events = new ArrayList<OrderEvent>(arrival(live));
    switch (known.ordStatus()) {
      case PENDING_NEW, NEW, PARTIALLY_FILLED -> {
        if (!live.acknowledged() || live.venueOrderId() == null)
          events.add(new OrderAccepted(live.clOrdId(), known.venueOrderId()));
        var cancel = live.request(RequestKind.CANCEL);
        var asked = known.answersRequestNo();
        if (cancel != null && cancel.inDoubt() && asked != null && asked == cancel.requestNo())
          // still open: the cancel had no effect, and a second one does no harm
          events.addAll(
              DoubtRules.resolved(live, cancel, Outcome.NEVER_ARRIVED, DoubtRules.VENUE, null));
        events.addAll(ReplaceReports.asKnown(live, known));
      }
      case FILLED -> {
        // its fills are told apart, and end it; all of them known, a change was not granted
        var replace = live.request(RequestKind.REPLACE);
        if (replace != null
            && replace.inDoubt()
            && known.cumQty().compareTo(live.fills().spentQty()) <= 0)
          events.addAll(
              DoubtRules.resolved(live, replace, Outcome.NEVER_ARRIVED, DoubtRules.VENUE, null));
      }
      case CANCELED ->
          events.add(new OrderCanceled(live.clOrdId(), Order.VenueWords.NONE, null, null));
      case REJECTED -> events.add(new OrderRejected(live.clOrdId(), Order.VenueWords.NONE));
      case EXPIRED -> events.add(new OrderExpired(live.clOrdId(), "TIME_IN_FORCE", null));
      case DENIED -> throw new IllegalArgumentException("no venue denies: " + known);
    }
    return events;
  }

  /**
   * An order that the venue had before and does not list any more is asked about; it may have ended
   * while nobody listened.
   */
  private static Decision decide(AccountState account, VenueFact.ReconcileCompleted completed) {
    var reconciliation = account.reconciliation();
    if (completed.session() < reconciliation.session() || repeated(reconciliation, completed))
      return accepted();
    var events = new ArrayList<OrderEvent>();
    for (var live : account.live().values()) {
      if (live.origin() == Origin.DESK
          && live.acknowledged()
          && live.standing().acknowledgedSeq() < reconciliation.startedSeq()
          && live.doubted() == null
          && !completed.openClOrdIds().contains(live.clOrdId().value())) events.add(missing(live));
    }
    events.add(
        new ReconciliationCompleted(
            completed.venue(),
            completed.session(),
            completed.openOrders(),
            completed.executions(),
            completed.positions()));
    return new Decision.Accepted(events);
  }

  private static boolean repeated(
      AccountState.Reconciliation reconciliation, VenueFact.ReconcileCompleted completed) {
    return reconciliation.completed() && completed.session() == reconciliation.session();
  }

  private static RequestInDoubt missing(Live live) {
    return new RequestInDoubt(
        live.clOrdId(), RequestKind.NEW, FIRST_REQUEST, "not listed by the venue");
  }
}
