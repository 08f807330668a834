package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.orders.domain.Order.Done;
import io.tapeline.orders.domain.Order.Live;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each event changes of what is to follow from fills. Everything is found by name, never by an
 * order that may have left memory: a replay with less memory must come to the same.
 */
final class ContingencyFold {
  private ContingencyFold() {}

  /** Lots executed, or taken back again where {@code stands} is false. */
  record Executed(ClOrdId id, Symbol symbol, Side side, Qty qty, Price px, boolean stands) {
    long lots() {
      return stands ? qty.lots() : -qty.lots();
    }

    long notionalTicks() {
      return Math.multiplyExact(lots(), px.ticks());
    }
  }

  /**
   * @param account after the event, but for what is to follow from it
   * @param before the order it concerns, as it was
   * @param after as it is now
   */
  static AccountState after(
      AccountState account,
      OrderEvent.OfOrder event,
      @Nullable Order before,
      @Nullable Order after,
      Recorded recorded) {
    var all = account.contingencies();
    var seq = recorded.seq();
    var next = refusals(all, event, before, after, recorded);
    next = BracketFold.after(next, event, before, after, seq);
    next = OcoFold.after(next, event, before, after, seq);
    if (event instanceof OrderEvent.OrderFilled e) next = next.told(e.execId());
    if (event instanceof OrderEvent.FillCorrected e) next = next.told(e.newExecId());
    for (var executed : executions(event)) {
      var lots = next.lots(executed.symbol());
      next =
          next.with(
              executed.symbol(),
              executed.stands()
                  ? lots.plus(executed.side(), executed.qty(), executed.px())
                  : lots.minus(executed.side(), executed.qty(), executed.px()));
      next = OcoFold.executed(BracketFold.executed(next, executed, seq), executed, seq);
      next = BracketFold.within(next, executed.symbol(), account.net(executed.symbol()), seq);
    }
    return account.with(next);
  }

  static List<Executed> executions(OrderEvent.OfOrder event) {
    return switch (event) {
      case OrderEvent.OrderFilled e ->
          List.of(new Executed(e.clOrdId(), e.symbol(), e.side(), e.lastQty(), e.lastPx(), true));
      case OrderEvent.FillBusted e ->
          e.lastQty().isZero()
              ? List.of()
              : List.of(
                  new Executed(e.clOrdId(), e.symbol(), e.side(), e.lastQty(), e.lastPx(), false));
      case OrderEvent.FillCorrected e ->
          List.of(
              new Executed(e.clOrdId(), e.symbol(), e.side(), e.oldQty(), e.oldPx(), false),
              new Executed(e.clOrdId(), e.symbol(), e.side(), e.newQty(), e.newPx(), true));
      default -> List.of();
    };
  }

  private static Contingencies refusals(
      Contingencies all,
      OrderEvent.OfOrder event,
      @Nullable Order before,
      @Nullable Order after,
      Recorded recorded) {
    var id = event.clOrdId();
    if (before instanceof Live && after instanceof Done) return all.with(id, (Refusal) null);
    if (!(after instanceof Live)) return all;
    return switch (event) {
      case OrderEvent.OrderReplaced _ -> all.with(id, (Refusal) null);
      case OrderEvent.CancelRejected _,
          OrderEvent.ReplaceRejected _,
          OrderEvent.ReplaceDropped _ -> {
        var earlier = all.refusals().get(id);
        yield all.with(
            id, earlier == null ? new Refusal(1, recorded.at()) : earlier.again(recorded.at()));
      }
      default -> all;
    };
  }

  /** A process that makes the account flat, step by step. */
  static AccountState after(AccountState account, OrderEvent.OfAccount event, Recorded recorded) {
    var all = account.contingencies();
    var flatten = all.flatten();
    return account.with(
        switch (event) {
          case OrderEvent.RevisionNoted e ->
              all.noting(
                  e.execId(), new Contingencies.Noted(e.instead(), e.text(), recorded.seq()));
          case OrderEvent.BracketAttached e -> BracketFold.attached(all, e, recorded.seq());
          case OrderEvent.OcoOverfilled e -> told(all, e, recorded.seq());
          case OrderEvent.FlattenStarted e ->
              all.with(
                  new Flatten(
                      e.commandId(),
                      e.by(),
                      account.tradingState(),
                      false,
                      1,
                      Flatten.Step.CANCELING,
                      recorded.at()));
          case OrderEvent.FlattenStep e ->
              flatten == null ? all : all.with(flatten.at(e.step(), e.attempt(), recorded.at()));
          case OrderEvent.FlattenEnded e ->
              all.ended(new Flatten.Ended(e.commandId(), e.outcome()));
        });
  }

  /** A lock that somebody else orders meanwhile outlives the process. */
  static Contingencies locked(Contingencies all, OrderEvent.TradingStateChanged event) {
    var flatten = all.flatten();
    return flatten == null || flatten.commandId().equals(event.commandId())
        ? all
        : all.with(flatten.keeping());
  }

  private static Contingencies told(Contingencies all, OrderEvent.OcoOverfilled event, long seq) {
    var group = all.groups().get(event.group());
    if (group != null) return all.with(group.told(group.told() + event.excess(), seq));
    var bracket = all.brackets().get(new ClOrdId(event.group()));
    return bracket == null
        ? all
        : all.with(
            bracket.counting(
                bracket.closedElsewhere(),
                bracket.restoring() + event.excess(),
                // what nobody can order back is not waited for
                bracket.restored() + event.excess() - event.restoreQty(),
                seq));
  }
}
