package io.tapeline.orders.domain;

import io.tapeline.model.Side;
import io.tapeline.model.TradingState;
import io.tapeline.orders.domain.Flatten.Outcome;
import io.tapeline.orders.domain.Flatten.Step;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.OrderEvent.FlattenEnded;
import io.tapeline.orders.domain.OrderEvent.FlattenStarted;
import io.tapeline.orders.domain.OrderEvent.FlattenStep;
import io.tapeline.orders.domain.OrderEvent.OrderSubmitted;
import io.tapeline.orders.domain.OrderEvent.TradingStateChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes an account flat, one step at a time: lock, cancel everything, wait until nothing works that
 * could close as well or long enough, close, look again, unlock. A step that does not lead there is
 * tried again, and not for ever.
 */
final class FlattenRules {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_ATTEMPTS = 3;

  private FlattenRules() {}

  /** A flat account without orders is flat already, and a success. */
  static List<OrderEvent> start(AccountState account, String commandId, String by) {
    var events = new ArrayList<OrderEvent>();
    events.add(new FlattenStarted(commandId, by));
    if (account.tradingState() == TradingState.ACTIVE)
      events.add(new TradingStateChanged(TradingState.REDUCING, "FLATTENING", commandId, by));
    return events;
  }

  static List<OrderEvent> next(AccountState account, Flatten flatten, Circumstances now) {
    var late = !now.at().isBefore(flatten.since().plus(PATIENCE));
    var nothingWorks = account.live().isEmpty();
    if (nothingWorks && isFlat(account)) return ended(flatten, Outcome.FLAT);
    return switch (flatten.step()) {
      case CANCELING -> {
        if (nothingWorks || late) yield closing(account, flatten, now, late);
        var cancels = canceled(account, now, _ -> true);
        yield cancels.isEmpty() && nothingElseCloses(account)
            ? closing(account, flatten, now, late)
            : cancels;
      }
      case CLOSING ->
          nothingWorks || late
              ? again(flatten)
              : canceled(account, now, live -> !ReduceOnly.isAtTheMarket(live));
    };
  }

  /**
   * What works can only open more, which the next attempt closes: no answer to a cancel is worth
   * waiting for with a position at risk.
   */
  private static boolean nothingElseCloses(AccountState account) {
    if (isFlat(account)) return false;
    for (var live : account.live().values()) {
      if (account.closable(live.terms().symbol(), live.terms().side()) > 0) return false;
    }
    return true;
  }

  private static List<OrderEvent> canceled(
      AccountState account, Circumstances now, Predicate<Live> wanted) {
    var events = new ArrayList<OrderEvent>();
    for (var live : account.live().values()) {
      if (!wanted.test(live)) continue;
      if (live.held()) {
        events.add(OrderDecider.givenUp(live, null, Flatten.BY));
      } else if (live.request(RequestKind.CANCEL) == null) {
        var refusal = account.contingencies().refusals().get(live.clOrdId());
        if (refusal == null || refusal.mayTryAt(now.at()))
          events.add(OrderDecider.cancelRequested(live, null, Flatten.BY));
      }
    }
    return events;
  }

  private static List<OrderEvent> closing(
      AccountState account, Flatten flatten, Circumstances now, boolean late) {
    if (isFlat(account)) return again(flatten);
    if (now.venueDown() && !late) return List.of();
    var events = new ArrayList<OrderEvent>();
    events.add(new FlattenStep(flatten.commandId(), Step.CLOSING, flatten.attempt()));
    var seq = account.seq() + 1;
    for (var symbol : account.positions()) {
      var net = account.net(symbol);
      var instrument = account.instruments().get(symbol);
      var side = net > 0 ? Side.SELL : Side.BUY;
      var lots = ReduceOnly.unclaimed(account, symbol, side);
      if (instrument == null || lots == 0) continue;
      var id = OwnNames.of(account, "flat", ++seq);
      events.add(
          new OrderSubmitted(
              id,
              1,
              RestoreRules.market(instrument, now.venue(), side, lots),
              Links.NONE,
              now.sendBy(),
              "flat." + id,
              flatten.by()));
    }
    return events;
  }

  private static List<OrderEvent> again(Flatten flatten) {
    return flatten.attempt() >= MOST_ATTEMPTS
        ? ended(flatten, Outcome.FAILED)
        : List.of(new FlattenStep(flatten.commandId(), Step.CANCELING, flatten.attempt() + 1));
  }

  /** What did not become flat stays locked until a person has looked. */
  private static List<OrderEvent> ended(Flatten flatten, Outcome outcome) {
    var end = new FlattenEnded(flatten.commandId(), outcome);
    return outcome == Outcome.FLAT && !flatten.kept() && flatten.before() == TradingState.ACTIVE
        ? List.of(
            end,
            new TradingStateChanged(
                TradingState.ACTIVE, "FLATTENED", flatten.commandId(), flatten.by()))
        : List.of(end);
  }

  private static boolean isFlat(AccountState account) {
    return account.positions().isEmpty();
  }
}
