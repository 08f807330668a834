package io.tapeline.orders.domain;

import io.tapeline.orders.domain.OrderEvent.CancelRejected;
import io.tapeline.orders.domain.OrderEvent.CancelRequested;
import io.tapeline.orders.domain.OrderEvent.DoubtResolved;
import io.tapeline.orders.domain.OrderEvent.FillBusted;
import io.tapeline.orders.domain.OrderEvent.FillCorrected;
import io.tapeline.orders.domain.OrderEvent.OfAccount;
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
import io.tapeline.orders.domain.OrderEvent.ReconciliationCompleted;
import io.tapeline.orders.domain.OrderEvent.ReconciliationStarted;
import io.tapeline.orders.domain.OrderEvent.ReplaceDropped;
import io.tapeline.orders.domain.OrderEvent.ReplaceQueued;
import io.tapeline.orders.domain.OrderEvent.ReplaceRejected;
import io.tapeline.orders.domain.OrderEvent.ReplaceRequested;
import io.tapeline.orders.domain.OrderEvent.RequestDenied;
import io.tapeline.orders.domain.OrderEvent.RequestInDoubt;
import io.tapeline.orders.domain.OrderEvent.RequestUnknownToVenue;
import io.tapeline.orders.domain.OrderEvent.TradingStateChanged;
import org.jspecify.annotations.Nullable;

/** The one place that applies facts: what an account is after each event. */
public final class Evolution {
  /** Grows when the same events lead to another state: snapshots of another version are void. */
  public static final int VERSION = 6;

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
      case OrderEvent.RiskLocked locked -> account.lockedBy(locked.lock());
      case OrderEvent.RiskUnlocked _ -> account.lockedBy(null);
      case TradingStateChanged changed ->
          account
              .with(changed.state())
              .with(ContingencyFold.locked(account.contingencies(), changed));
      case OfAccount event -> ContingencyFold.after(account, event, recorded);
      case OfOrder event -> {
        var before = account.order(event.clOrdId());
        var after = OrderEvolution.evolve(before, event, recorded);
        var known = after == null ? account : account.with(after);
        var next = moved(known, event);
        yield ContingencyFold.after(next, event, before, after, recorded);
      }
    };
  }

  /** Positions and instruments. */
  private static AccountState moved(AccountState next, OfOrder event) {
    return switch (event) {
      case OrderSubmitted submitted -> next.knowing(submitted.terms().instrument());
      case OrderHeld held -> next.knowing(held.terms().instrument());
      case OrderAdopted adopted -> next.knowing(adopted.terms().instrument());
      // also when the order left memory long ago: the position knows every fill
      case OrderFilled fill -> next.moved(fill.symbol(), fill.side().signed(fill.lastQty()));
      case FillBusted bust -> next.moved(bust.symbol(), -bust.side().signed(bust.lastQty()));
      case FillCorrected now ->
          next.moved(
              now.symbol(),
              Math.subtractExact(now.side().signed(now.newQty()), now.side().signed(now.oldQty())));
      case RequestDenied _,
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
          next;
    };
  }

  /** One order, apart from its account: such as one that has left memory. */
  public static @Nullable Order evolve(@Nullable Order order, OfOrder event, Recorded recorded) {
    return OrderEvolution.evolve(order, event, recorded);
  }
}
