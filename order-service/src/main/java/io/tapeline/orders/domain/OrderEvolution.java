package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.orders.domain.Order.Denied;
import io.tapeline.orders.domain.Order.Done;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.Order.Revision;
import io.tapeline.orders.domain.Order.Standing;
import io.tapeline.orders.domain.Order.VenueWords;
import io.tapeline.orders.domain.OrderEvent.CancelRejected;
import io.tapeline.orders.domain.OrderEvent.CancelRequested;
import io.tapeline.orders.domain.OrderEvent.DoubtResolved;
import io.tapeline.orders.domain.OrderEvent.FillBusted;
import io.tapeline.orders.domain.OrderEvent.FillCorrected;
import io.tapeline.orders.domain.OrderEvent.OfOrder;
import io.tapeline.orders.domain.OrderEvent.OrderAccepted;
import io.tapeline.orders.domain.OrderEvent.OrderAdopted;
import io.tapeline.orders.domain.OrderEvent.OrderCanceled;
import io.tapeline.orders.domain.OrderEvent.OrderExpired;
import io.tapeline.orders.domain.OrderEvent.OrderFilled;
import io.tapeline.orders.domain.OrderEvent.OrderHeld;
import io.tapeline.orders.domain.OrderEvent.OrderRejected;
import io.tapeline.orders.domain.OrderEvent.OrderReleased;
import io.tapeline.orders.domain.OrderEvent.OrderReplaced;
import io.tapeline.orders.domain.OrderEvent.OrderSubmitted;
import io.tapeline.orders.domain.OrderEvent.OrderTriggered;
import io.tapeline.orders.domain.OrderEvent.Outcome;
import io.tapeline.orders.domain.OrderEvent.ReplaceDropped;
import io.tapeline.orders.domain.OrderEvent.ReplaceQueued;
import io.tapeline.orders.domain.OrderEvent.ReplaceRejected;
import io.tapeline.orders.domain.OrderEvent.ReplaceRequested;
import io.tapeline.orders.domain.OrderEvent.RequestDenied;
import io.tapeline.orders.domain.OrderEvent.RequestInDoubt;
import io.tapeline.orders.domain.OrderEvent.RequestUnknownToVenue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an order is after each event: the table of its transitions. */
final class OrderEvolution {
  private OrderEvolution() {}

  /** The transition table. Null: still nothing in memory. */
  static @Nullable Order evolve(@Nullable Order order, OfOrder event, Recorded recorded) {
    return switch (order) {
      case null -> born(event, recorded);
      case Denied denied -> denied;
      case Done done -> late(done, event, recorded);
      case Live live -> evolve(live, event, recorded);
    };
  }

  private static @Nullable Order born(OfOrder event, Recorded recorded) {
    return switch (event) {
      case OrderSubmitted submitted -> {
        var request = Request.of(RequestKind.NEW, submitted.requestNo(), recorded.at());
        yield desk(
            submitted.clOrdId(),
            submitted.terms(),
            submitted.links(),
            Standing.sent(submitted.requestNo()),
            List.of(request),
            recorded);
      }
      case OrderHeld held ->
          desk(
              held.clOrdId(),
              held.terms(),
              held.links(),
              Standing.held(held.hold()),
              List.of(),
              recorded);
      case OrderAdopted adopted -> adopted(adopted, recorded);
      case RequestDenied denied when denied.draft() != null ->
          new Denied(denied.clOrdId(), denied.draft(), denied.denial(), Revision.first(recorded));
      case RequestDenied _ -> null;
      // of an order that left memory when it closed
      case OrderFilled _, FillBusted _, FillCorrected _ -> null;
      case OrderReleased _,
          ReplaceRequested _,
          ReplaceQueued _,
          OrderReplaced _,
          ReplaceRejected _,
          ReplaceDropped _,
          OrderTriggered _,
          CancelRequested _,
          OrderAccepted _,
          OrderRejected _,
          OrderCanceled _,
          CancelRejected _,
          OrderExpired _,
          RequestInDoubt _,
          RequestUnknownToVenue _,
          DoubtResolved _ ->
          throw new IllegalStateException("an absent order cannot see " + event);
    };
  }

  private static Live desk(
      ClOrdId clOrdId,
      Terms terms,
      Links links,
      Standing standing,
      List<Request> requests,
      Recorded recorded) {
    return new Live(
        clOrdId,
        Origin.DESK,
        terms,
        links,
        standing,
        Fills.NONE,
        requests,
        null,
        VenueWords.NONE,
        Revision.first(recorded));
  }

  /** The event alone says what it was before: what is in memory must not matter. */
  private static Live adopted(OrderAdopted event, Recorded recorded) {
    var before = event.before();
    if (before == null) return adopted(event, Fills.NONE, Revision.first(recorded));
    var first =
        new Revision(
            before.version(),
            before.createdSeq(),
            before.createdAt(),
            recorded.seq(),
            recorded.at());
    return adopted(event, before.fills(), first.moved(recorded));
  }

  private static Live adopted(OrderAdopted event, Fills fills, Revision revision) {
    return new Live(
        event.clOrdId(),
        Origin.EXTERNAL,
        event.terms(),
        Links.NONE,
        Standing.adopted(event.venueOrderId(), revision.seq()),
        fills,
        List.of(),
        null,
        VenueWords.NONE,
        revision);
  }

  private static Order late(Done done, OfOrder event, Recorded recorded) {
    return switch (event) {
      case OrderFilled fill -> done.with(plus(done.fills(), fill), done.revision().moved(recorded));
      case FillBusted bust ->
          done.with(done.fills().bust(bust.execId()), done.revision().moved(recorded));
      case FillCorrected now ->
          done.with(corrected(done.fills(), now), done.revision().moved(recorded));
      // first known by its fill, now the venue tells how large it is
      case OrderAdopted adopted when done.origin() == Origin.EXTERNAL ->
          adopted.before() == null
              ? adopted(adopted, done.fills(), done.revision().moved(recorded))
              : adopted(adopted, recorded);
      case OrderSubmitted _, OrderHeld _ -> throw new IllegalStateException("made twice: " + event);
      case OrderAdopted _,
          RequestDenied _,
          OrderReleased _,
          ReplaceRequested _,
          ReplaceQueued _,
          OrderReplaced _,
          ReplaceRejected _,
          ReplaceDropped _,
          OrderTriggered _,
          CancelRequested _,
          OrderAccepted _,
          OrderRejected _,
          OrderCanceled _,
          CancelRejected _,
          OrderExpired _,
          RequestInDoubt _,
          RequestUnknownToVenue _,
          DoubtResolved _ ->
          done;
    };
  }

  private static Order evolve(Live live, OfOrder event, Recorded recorded) {
    var touched = live.revision().touched(recorded);
    var moved = live.revision().moved(recorded);
    return switch (event) {
      case OrderHeld held when live.held() ->
          live.with(live.requests(), moved)
              .with(held.terms())
              .with(live.standing().waiting(held.hold()));
      case OrderSubmitted _, OrderHeld _ -> throw new IllegalStateException("made twice: " + event);
      case OrderAdopted _ -> throw new IllegalStateException("adopted while live: " + event);
      case RequestDenied _ -> live;
      case OrderReleased released -> released(live, released, recorded);
      case OrderTriggered _ -> live.with(live.requests(), moved).with(live.standing().reached());
      case ReplaceRequested replace -> {
        var request =
            new Request(
                RequestKind.REPLACE,
                replace.requestNo(),
                recorded.at(),
                null,
                asked(live, replace));
        yield live.requesting(request, touched).queuing(null);
      }
      case ReplaceQueued queued ->
          live.with(live.requests(), touched)
              .queuing(
                  new Order.Queued(
                      queued.change(),
                      recorded.at(),
                      queued.sendBy(),
                      queued.commandId(),
                      queued.by()));
      case OrderReplaced replaced -> replaced(live, replaced, recorded);
      case ReplaceRejected rejected ->
          live.with(live.without(RequestKind.REPLACE), touched)
              .saying(rejected.words())
              .settled(moved);
      case ReplaceDropped dropped ->
          dropped.requestNo() == 0
              ? live.with(live.requests(), touched).queuing(null)
              : live.with(live.without(RequestKind.REPLACE), touched).settled(moved);
      case CancelRequested cancel ->
          live.requesting(
                  Request.of(RequestKind.CANCEL, cancel.requestNo(), recorded.at()), touched)
              .queuing(null);
      case OrderAccepted accepted -> live.arrived(accepted.venueOrderId(), recorded.seq(), moved);
      case OrderFilled fill ->
          live.arrived(fill.venueOrderId(), recorded.seq(), moved)
              .with(plus(live.fills(), fill))
              .settled(moved);
      case FillBusted bust ->
          live.with(live.requests(), moved).with(live.fills().bust(bust.execId())).settled(moved);
      case FillCorrected now ->
          live.with(live.requests(), moved).with(corrected(live.fills(), now)).settled(moved);
      case OrderRejected rejected -> live.done(OrdStatus.REJECTED, null, rejected.words(), moved);
      case OrderCanceled canceled -> live.done(OrdStatus.CANCELED, null, canceled.words(), moved);
      case OrderExpired expired ->
          live.done(
              OrdStatus.EXPIRED, expired.reason(), new VenueWords(null, expired.text()), moved);
      case CancelRejected rejected ->
          live.with(live.without(RequestKind.CANCEL), touched).saying(rejected.words());
      case RequestInDoubt doubt -> live.requesting(doubted(live, doubt, recorded), touched);
      case RequestUnknownToVenue unknown -> {
        if (!unknown.countsAsProof()) yield live.with(live.requests(), touched);
        yield live.with(
            live.requests().stream()
                .map(
                    r -> r.requestNo() == unknown.requestNo() ? r.deniedOnce(unknown.askedAt()) : r)
                .toList(),
            touched);
      }
      case DoubtResolved resolved -> resolved(live, resolved, recorded);
    };
  }

  private static Order resolved(Live live, DoubtResolved event, Recorded recorded) {
    var touched = live.revision().touched(recorded);
    var moved = live.revision().moved(recorded);
    var arrived = event.outcome() == Outcome.ARRIVED;
    return switch (event.kind()) {
      case NEW ->
          arrived
              ? live.arrived(null, recorded.seq(), touched)
              : live.with(live.without(RequestKind.NEW), touched);
      // it arrived: what came of it is told next
      case REPLACE ->
          arrived
              ? live.with(live.requests().stream().map(r -> trusted(r, event)).toList(), touched)
              : live.with(live.without(RequestKind.REPLACE), touched).settled(moved);
      case CANCEL -> live.with(live.without(RequestKind.CANCEL), touched);
    };
  }

  private static Request trusted(Request request, DoubtResolved event) {
    return request.kind() == event.kind() && request.requestNo() == event.requestNo()
        ? request.trusted()
        : request;
  }

  private static Fills plus(Fills fills, OrderFilled fill) {
    return fills.plus(fill.execId(), fill.lastQty(), fill.lastPx(), fill.fee());
  }

  private static Fills corrected(Fills fills, FillCorrected now) {
    return fills.correct(now.execId(), now.newExecId(), now.newQty(), now.newPx(), now.newFee());
  }

  /** What is emulated here stays as it was asked for; the rest is what the venue gets. */
  private static Order released(Live live, OrderReleased event, Recorded recorded) {
    var sent = event.terms();
    var terms = live.terms();
    var after =
        terms.with(
            new Change(
                sent.orderQty(),
                sent.price() == null ? terms.price() : sent.price(),
                sent.stopPx() == null ? terms.stopPx() : sent.stopPx(),
                sent.trail() == null ? terms.trail() : sent.trail(),
                terms.snappedFrom()));
    var same = sent.ordType() == terms.ordType() && sent.timeInForce() == terms.timeInForce();
    var revision =
        after.equals(terms) ? live.revision().touched(recorded) : live.revision().moved(recorded);
    return live.with(after)
        .with(
            live.standing()
                .released(same ? null : new Order.SentAs(sent.ordType(), sent.timeInForce())))
        .requesting(Request.of(RequestKind.NEW, event.requestNo(), recorded.at()), revision);
  }

  private static Change asked(Live live, ReplaceRequested event) {
    var sent = event.terms();
    var terms = live.terms();
    return new Change(
        sent.orderQty(),
        sent.price() == null ? terms.price() : sent.price(),
        sent.stopPx() == null ? terms.stopPx() : sent.stopPx(),
        sent.trail() == null ? terms.trail() : sent.trail(),
        event.snappedFrom());
  }

  private static Order replaced(Live live, OrderReplaced event, Recorded recorded) {
    var moved = live.revision().moved(recorded);
    var request = live.request(RequestKind.REPLACE);
    var answered =
        request != null && request.requestNo() <= event.requestNo()
            ? live.with(live.without(RequestKind.REPLACE), moved)
            : live.with(live.requests(), moved);
    var known =
        live.held() ? answered : answered.arrived(event.venueOrderId(), recorded.seq(), moved);
    return known
        .with(known.standing().replaced(event.requestNo()))
        .with(live.terms().with(event.change()))
        .settled(moved);
  }

  /** An order the venue had and does not list any more is in doubt, too, without a request. */
  private static Request doubted(Live live, RequestInDoubt doubt, Recorded recorded) {
    var request = live.request(doubt.kind(), doubt.requestNo());
    var asked =
        request != null ? request : Request.of(doubt.kind(), doubt.requestNo(), recorded.at());
    return asked.doubted(recorded.at(), doubt.why());
  }
}
