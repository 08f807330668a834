package io.tapeline.orders.domain;

import io.tapeline.model.OrdStatus;
import io.tapeline.orders.domain.Order.Denied;
import io.tapeline.orders.domain.Order.Done;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.Order.Revision;
import io.tapeline.orders.domain.Order.VenueWords;
import io.tapeline.orders.domain.OrderEvent.CancelRejected;
import io.tapeline.orders.domain.OrderEvent.CancelRequested;
import io.tapeline.orders.domain.OrderEvent.DoubtResolved;
import io.tapeline.orders.domain.OrderEvent.OfOrder;
import io.tapeline.orders.domain.OrderEvent.OrderAccepted;
import io.tapeline.orders.domain.OrderEvent.OrderAdopted;
import io.tapeline.orders.domain.OrderEvent.OrderCanceled;
import io.tapeline.orders.domain.OrderEvent.OrderExpired;
import io.tapeline.orders.domain.OrderEvent.OrderFilled;
import io.tapeline.orders.domain.OrderEvent.OrderRejected;
import io.tapeline.orders.domain.OrderEvent.OrderSubmitted;
import io.tapeline.orders.domain.OrderEvent.Outcome;
import io.tapeline.orders.domain.OrderEvent.ReconciliationCompleted;
import io.tapeline.orders.domain.OrderEvent.ReconciliationStarted;
import io.tapeline.orders.domain.OrderEvent.RequestDenied;
import io.tapeline.orders.domain.OrderEvent.RequestInDoubt;
import io.tapeline.orders.domain.OrderEvent.RequestUnknownToVenue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one place that applies facts: what an account is after each event. */
public final class Evolution {
  /** Grows when the same events lead to another state: snapshots of another version are void. */
  public static final int VERSION = 1;

  private Evolution() {}

  public static AccountState evolve(AccountState account, Recorded recorded) {
    if (recorded.seq() != account.seq() + 1)
      throw new IllegalStateException(
          "account " + account.accountId() + " at " + account.seq() + " cannot see " + recorded);
    return applied(account, recorded).at(recorded.seq());
  }

  private static AccountState applied(AccountState account, Recorded recorded) {
    return switch (recorded.event()) {
      case ReconciliationStarted started ->
          account.with(new AccountState.Reconciliation(started.session(), recorded.seq(), false));
      case ReconciliationCompleted completed ->
          account.with(
              new AccountState.Reconciliation(
                  completed.session(), account.reconciliation().startedSeq(), true));
      case OfOrder event -> {
        var after = evolve(account.order(event.clOrdId()), event, recorded);
        var next = after == null ? account : account.with(after);
        yield switch (event) {
          case OrderSubmitted submitted -> next.knowing(submitted.terms().instrument());
          case OrderAdopted adopted -> next.knowing(adopted.terms().instrument());
          // also when the order left memory long ago: the position knows every fill
          case OrderFilled fill -> next.moved(fill.symbol(), fill.side().signed(fill.lastQty()));
          case RequestDenied _,
              CancelRequested _,
              OrderAccepted _,
              OrderRejected _,
              OrderCanceled _,
              CancelRejected _,
              OrderExpired _,
              RequestInDoubt _,
              RequestUnknownToVenue _,
              DoubtResolved _ ->
              next;
        };
      }
    };
  }

  /** The transition table. Null: still nothing in memory. */
  public static @Nullable Order evolve(@Nullable Order order, OfOrder event, Recorded recorded) {
    return switch (order) {
      case null -> born(event, recorded);
      case Denied denied -> denied;
      case Done done -> late(done, event, recorded);
      case Live live -> evolve(live, event, recorded);
    };
  }

  private static @Nullable Order born(OfOrder event, Recorded recorded) {
    return switch (event) {
      case OrderSubmitted submitted ->
          new Live(
              submitted.clOrdId(),
              Origin.DESK,
              submitted.terms(),
              null,
              0,
              Fills.NONE,
              List.of(new Request(RequestKind.NEW, submitted.requestNo(), recorded.at(), null)),
              submitted.requestNo(),
              VenueWords.NONE,
              Revision.first(recorded));
      case OrderAdopted adopted -> adopted(adopted, Fills.NONE, Revision.first(recorded));
      case RequestDenied denied when denied.draft() != null ->
          new Denied(denied.clOrdId(), denied.draft(), denied.denial(), Revision.first(recorded));
      case RequestDenied _ -> null;
      // of an order that left memory when it closed
      case OrderFilled _ -> null;
      case CancelRequested _,
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

  private static Live adopted(OrderAdopted event, Fills fills, Revision revision) {
    return new Live(
        event.clOrdId(),
        Origin.EXTERNAL,
        event.terms(),
        event.venueOrderId(),
        revision.seq(),
        fills,
        List.of(),
        0,
        VenueWords.NONE,
        revision);
  }

  private static Order late(Done done, OfOrder event, Recorded recorded) {
    return switch (event) {
      case OrderFilled fill ->
          done.plus(
              done.fills().plus(fill.execId(), fill.lastQty(), fill.lastPx()),
              done.revision().moved(recorded));
      // first known by its fill, now the venue tells how large it is
      case OrderAdopted adopted when done.origin() == Origin.EXTERNAL ->
          adopted(adopted, done.fills(), done.revision().moved(recorded));
      case OrderSubmitted _ -> throw new IllegalStateException("submitted twice: " + event);
      case OrderAdopted _,
          RequestDenied _,
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
      case OrderSubmitted _ -> throw new IllegalStateException("submitted twice: " + event);
      case OrderAdopted _ -> throw new IllegalStateException("adopted while live: " + event);
      case RequestDenied _ -> live;
      case CancelRequested cancel ->
          live.requesting(
              new Request(RequestKind.CANCEL, cancel.requestNo(), recorded.at(), null), touched);
      case OrderAccepted accepted ->
          live.arrived(accepted.venueOrderId(), recorded.seq(), live.fills(), moved);
      case OrderFilled fill -> {
        var fills = live.fills().plus(fill.execId(), fill.lastQty(), fill.lastPx());
        var after = live.arrived(fill.venueOrderId(), recorded.seq(), fills, moved);
        yield fills.cumQty().compareTo(live.terms().orderQty()) >= 0
            ? after.done(OrdStatus.FILLED, null, live.words(), moved)
            : after;
      }
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
      case DoubtResolved resolved ->
          resolved.kind() == RequestKind.NEW && resolved.outcome() == Outcome.ARRIVED
              ? live.arrived(null, recorded.seq(), live.fills(), touched)
              : live.with(live.without(resolved.kind()), touched);
    };
  }

  /** An order the venue had and does not list any more is in doubt, too, without a request. */
  private static Request doubted(Live live, RequestInDoubt doubt, Recorded recorded) {
    var request = live.request(doubt.kind(), doubt.requestNo());
    var asked =
        request != null
            ? request
            : new Request(doubt.kind(), doubt.requestNo(), recorded.at(), null);
    return asked.doubted(recorded.at(), doubt.why());
  }
}
