package io.tapeline.orders.domain;

import static io.tapeline.orders.domain.Decision.accepted;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.orders.domain.Decision.Refused;
import io.tapeline.orders.domain.OrderCommand.AttachBracket;
import io.tapeline.orders.domain.OrderCommand.ClosePosition;
import io.tapeline.orders.domain.OrderCommand.FlattenAccount;
import io.tapeline.orders.domain.OrderCommand.OfPosition;
import io.tapeline.orders.domain.OrderCommand.ReversePosition;
import io.tapeline.orders.domain.OrderEvent.BracketAttached;
import io.tapeline.orders.domain.OrderEvent.OrderSubmitted;
import io.tapeline.orders.domain.OrderEvent.RequestDenied;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Commands about a position, or about all of an account. */
final class PositionDecider {
  private PositionDecider() {}

  static Decision decide(AccountState account, OfPosition command, Circumstances now) {
    return switch (command) {
      case FlattenAccount flatten ->
          account.contingencies().flatten() != null
              ? accepted()
              : new Decision.Accepted(
                  FlattenRules.start(account, flatten.commandId(), flatten.by()));
      case ClosePosition close -> close(account, close, now);
      case ReversePosition reverse -> reverse(account, reverse, now);
      case AttachBracket attach -> attach(account, attach, now);
    };
  }

  /** Nothing left to close, or all of it on its way out already, is a success. */
  private static Decision close(AccountState account, ClosePosition close, Circumstances now) {
    var position = position(account, close.symbol(), now);
    if (position instanceof Unknown(var denial)) return refused(account, close, denial);
    var held = (Held) position;
    var asked = close.qty();
    if (asked != null && asked < 1)
      return refused(account, close, DenialReason.INVALID_QTY.with(asked));
    var open = Math.abs(held.net());
    if (asked != null && asked > open)
      return refused(account, close, DenialReason.REDUCE_ONLY_WOULD_INCREASE.with(open, asked));
    var lots =
        Math.min(
            asked == null ? open : asked,
            ReduceOnly.unclaimed(account, held.symbol(), held.exit()));
    if (lots == 0) return accepted();
    var order = market(account, close, held, lots, true, 1, now);
    var denial =
        RiskCheck.first(
            List.of(RiskCheck.VENUE_IS_UP, RiskCheck.SESSION_IS_OPEN), order.terms(), account, now);
    return denial == null ? accepted(order) : refused(account, close, denial);
  }

  /** The same lots on the other side; what protected the old ones ends. */
  private static Decision reverse(
      AccountState account, ReversePosition reverse, Circumstances now) {
    var position = position(account, reverse.symbol(), now);
    if (position instanceof Unknown(var denial)) return refused(account, reverse, denial);
    var held = (Held) position;
    if (held.net() == 0) return accepted();
    var lots = Math.multiplyExact(2, Math.abs(held.net()));
    var events = new ArrayList<OrderEvent>();
    for (var live : account.live().values()) {
      if (!live.terms().reduceOnly() || !live.terms().symbol().equals(held.symbol())) continue;
      if (live.held()) events.add(OrderDecider.givenUp(live, reverse.commandId(), reverse.by()));
      else if (live.request(RequestKind.CANCEL) == null)
        events.add(OrderDecider.cancelRequested(live, reverse.commandId(), reverse.by()));
    }
    var order = market(account, reverse, held, lots, false, events.size() + 1, now);
    var denial = OrderDecider.objection(order.terms(), account, now);
    if (denial != null) return refused(account, reverse, denial);
    events.add(order);
    return new Decision.Accepted(events);
  }

  private static Decision attach(AccountState account, AttachBracket attach, Circumstances now) {
    var position = position(account, attach.symbol(), now);
    if (position instanceof Unknown(var denial)) return refused(account, attach, denial);
    var held = (Held) position;
    var open = Math.abs(held.net());
    var qty = attach.qty() == null ? open : attach.qty();
    if (qty < 1 || qty > open) return refused(account, attach, DenialReason.INVALID_QTY.with(qty));
    var entry = held.exit().opposite();
    return switch (BracketCheck.check(attach.bracket(), held.instrument(), entry, qty, null)) {
      case BracketCheck.Wrong(var denial) -> refused(account, attach, denial);
      case BracketCheck.Right(var terms) -> {
        var lots = account.contingencies().lots(held.symbol());
        var passed =
            RiskCheck.behindTheMarket(
                held.instrument(),
                held.exit(),
                stopPx(terms.stopLoss(), entry, Math.abs(lots.signedQty()), lots.notionalTicks()),
                now);
        if (passed != null) yield refused(account, attach, passed);
        yield accepted(
            new BracketAttached(
                OwnNames.of(account, "pos", account.seq() + 1),
                held.instrument(),
                now.venue(),
                entry,
                new Qty(qty),
                Math.abs(lots.signedQty()),
                lots.notionalTicks(),
                terms,
                attach.commandId(),
                attach.by()));
      }
    };
  }

  /** Where a stop-loss would be placed at once: the market may have passed it long ago. */
  private static @Nullable Price stopPx(
      BracketTerms.@Nullable Leg stopLoss, Side entry, long qty, long notionalTicks) {
    if (stopLoss == null) return null;
    var ticks = stopLoss.ticks();
    return ticks == null ? stopLoss.price() : LegRules.stopLoss(entry, notionalTicks, qty, ticks);
  }

  private sealed interface Position {}

  private record Unknown(Denial denial) implements Position {}

  private record Held(Instrument instrument, long net) implements Position {
    Symbol symbol() {
      return instrument.symbol();
    }

    Side exit() {
      return net > 0 ? Side.SELL : Side.BUY;
    }
  }

  private static Position position(AccountState account, String name, Circumstances now) {
    try {
      var symbol = new Symbol(name);
      var traded = account.instruments().get(symbol);
      var instrument = traded != null ? traded : now.market().instrument(symbol);
      if (instrument != null) return new Held(instrument, account.net(symbol));
    } catch (IllegalArgumentException _) {
      // no symbol at all
    }
    return new Unknown(DenialReason.UNKNOWN_SYMBOL.with(name));
  }

  private static OrderSubmitted market(
      AccountState account,
      OfPosition command,
      Held held,
      long lots,
      boolean reduceOnly,
      int offset,
      Circumstances now) {
    var closing = RestoreRules.market(held.instrument(), now.venue(), held.exit(), lots);
    return new OrderSubmitted(
        name(account, command, offset),
        1,
        reduceOnly ? closing : closing.increasing(),
        Links.NONE,
        now.sendBy(),
        command.commandId(),
        command.by());
  }

  /** Named after the event that makes it: nothing else of the account has that number. */
  private static ClOrdId name(AccountState account, OfPosition command, int offset) {
    return OwnNames.of(account, word(command), account.seq() + offset);
  }

  private static String word(OfPosition command) {
    return switch (command) {
      case FlattenAccount _ -> "flat";
      case ClosePosition _ -> "close";
      case ReversePosition _ -> "reverse";
      case AttachBracket _ -> "pos";
    };
  }

  private static Decision refused(AccountState account, OfPosition command, Denial denial) {
    @Nullable Draft none = null;
    return new Refused(
        denial,
        List.of(
            new RequestDenied(
                RequestKind.NEW,
                new ClOrdId(word(command).toLowerCase(Locale.ROOT) + "." + (account.seq() + 1)),
                none,
                denial,
                1,
                command.commandId(),
                command.by())));
  }
}
