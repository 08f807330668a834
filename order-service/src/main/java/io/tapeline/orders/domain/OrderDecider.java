package io.tapeline.orders.domain;

import static io.tapeline.orders.domain.Decision.accepted;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdType;
import io.tapeline.orders.domain.Decision.Refused;
import io.tapeline.orders.domain.Order.Denied;
import io.tapeline.orders.domain.Order.Done;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.OrderCommand.BookReport;
import io.tapeline.orders.domain.OrderCommand.CancelAll;
import io.tapeline.orders.domain.OrderCommand.CancelOrder;
import io.tapeline.orders.domain.OrderCommand.NoteRateDenials;
import io.tapeline.orders.domain.OrderCommand.PlaceOrder;
import io.tapeline.orders.domain.OrderCommand.ReplaceOrder;
import io.tapeline.orders.domain.OrderCommand.ResolveDoubt;
import io.tapeline.orders.domain.OrderCommand.SetTradingState;
import io.tapeline.orders.domain.OrderEvent.CancelRequested;
import io.tapeline.orders.domain.OrderEvent.OrderCanceled;
import io.tapeline.orders.domain.OrderEvent.RequestDenied;
import io.tapeline.orders.domain.OrderEvent.TradingStateChanged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a command. A repeat is an empty answer. */
public final class OrderDecider {
  private OrderDecider() {}

  public static Decision decide(AccountState account, OrderCommand command, Circumstances now) {
    return switch (command) {
      case PlaceOrder place ->
          ContingentPlacing.linked(account, place, now, decide(account, place, now));
      case ReplaceOrder replace -> Replacing.decide(account, replace, now);
      case SetTradingState set -> decide(account, set);
      case OrderCommand.OfPosition position -> PositionDecider.decide(account, position, now);
      case OrderCommand.MarketTouched market -> MarketDecider.decide(account, market.touch(), now);
      case OrderCommand.TimePassed _ -> MarketDecider.passed(account, now);
      case OrderCommand.RiskTold told -> RiskDecider.decide(account, told.lock(), now);
      case CancelOrder cancel -> decide(account.order(cancel.clOrdId()), cancel);
      case CancelAll all -> decide(account, all);
      case ResolveDoubt resolve ->
          WaitingChanges.after(
              account, DoubtRules.resolve(account.order(resolve.clOrdId()), resolve), now);
      case BookReport report ->
          WaitingChanges.after(account, ReportDecider.decide(account, report.fact(), now), now);
      case NoteRateDenials note -> accepted(noted(note));
    };
  }

  /** An id that was used before, for something else. */
  public static Decision reused(PlaceOrder place) {
    return refused(place, null, DenialReason.DUPLICATE_CL_ORD_ID.with(place.commandId()));
  }

  private static Decision decide(AccountState account, PlaceOrder place, Circumstances now) {
    if (account.order(place.clOrdId()) != null)
      return refused(place, null, DenialReason.DUPLICATE_CL_ORD_ID.with(place.clOrdId()));
    return switch (TermsCheck.check(place.draft(), now)) {
      case TermsCheck.Wrong(var denial) -> refused(place, place.draft(), denial);
      case TermsCheck.Right(var terms) -> {
        var denial = objection(terms, account, now);
        if (denial == null)
          yield new Decision.Accepted(
              Sending.events(
                  place.clOrdId(), terms, Links.NONE, place.commandId(), place.by(), now));
        // an order over the rate leaves no row: thousands of them are one line in the journal
        yield denial.reason() == DenialReason.ORDER_RATE
            ? new Refused(denial, List.of())
            : refused(place, place.draft(), denial);
      }
    };
  }

  /**
   * What reduces passes every limit; nothing passes a venue that is not there, a market that is
   * closed, or an account that is halted.
   */
  static @Nullable Denial objection(Terms terms, AccountState account, Circumstances now) {
    var denial = RiskCheck.first(RiskCheck.ANY_ORDER, terms, account, now);
    if (denial != null) return denial;
    denial = RiskCheck.STOP_IS_AHEAD_OF_MARKET.object(terms, account, now);
    if (denial != null) return denial;
    // what rests makes room for what trades at once
    var reducible =
        terms.ordType() == OrdType.MARKET
            ? ReduceOnly.unclaimed(account, terms.symbol(), terms.side())
            : account.reducible(terms.symbol(), terms.side());
    if (terms.orderQty().lots() <= reducible) return null;
    if (terms.reduceOnly())
      return DenialReason.REDUCE_ONLY_WOULD_INCREASE.with(reducible, terms.orderQty().lots());
    return RiskCheck.first(RiskCheck.NEW_RISK, terms, account, now);
  }

  private static Decision decide(AccountState account, SetTradingState set) {
    return account.tradingState() == set.state()
        ? accepted()
        : accepted(new TradingStateChanged(set.state(), set.reason(), set.commandId(), set.by()));
  }

  /** A cancel is never denied for a limit: only for an order that is not there to be cancelled. */
  private static Decision decide(@Nullable Order order, CancelOrder cancel) {
    return switch (order) {
      case null -> refused(cancel, DenialReason.UNKNOWN_ORDER.with(cancel.clOrdId()));
      case Done done -> refused(cancel, ended(done));
      case Denied denied -> refused(cancel, ended(denied));
      case Live live when live.request(RequestKind.CANCEL) != null -> accepted();
      // the venue never had it: nobody else needs to be asked
      case Live live when live.held() -> accepted(givenUp(live, cancel.commandId(), cancel.by()));
      case Live live -> accepted(cancelRequested(live, cancel.commandId(), cancel.by()));
    };
  }

  private static Decision decide(AccountState account, CancelAll all) {
    var events = new ArrayList<OrderEvent>();
    for (var live : account.live().values()) {
      if (live.held()) events.add(givenUp(live, all.commandId(), all.by()));
      else if (live.request(RequestKind.CANCEL) == null)
        events.add(cancelRequested(live, all.commandId(), all.by()));
    }
    return new Decision.Accepted(events);
  }

  /** The end of an order that is held here. */
  static OrderCanceled givenUp(Live live, @Nullable String commandId, String by) {
    return new OrderCanceled(live.clOrdId(), Order.VenueWords.NONE, commandId, by);
  }

  static CancelRequested cancelRequested(Live live, @Nullable String commandId, String by) {
    var requestNo = live.lastRequestNo() + 1;
    return new CancelRequested(
        live.clOrdId(),
        requestNo,
        commandId == null ? "cancel." + live.clOrdId() + "." + requestNo : commandId,
        by);
  }

  static Denial ended(Order order) {
    return DenialReason.ORDER_ALREADY_DONE.with(order.clOrdId(), order.status());
  }

  private static RequestDenied noted(NoteRateDenials note) {
    return new RequestDenied(
        note.kind(),
        note.last(),
        null,
        DenialReason.ORDER_RATE.with(note.maxPerSecond()),
        note.count(),
        note.commandId(),
        note.by());
  }

  static Decision refused(PlaceOrder place, @Nullable Draft draft, Denial denial) {
    return new Refused(
        denial,
        List.of(
            new RequestDenied(
                RequestKind.NEW,
                place.clOrdId(),
                draft,
                denial,
                1,
                place.commandId(),
                place.by())));
  }

  private static Decision refused(CancelOrder cancel, Denial denial) {
    return refused(RequestKind.CANCEL, cancel.clOrdId(), denial, cancel.commandId(), cancel.by());
  }

  static Decision refused(
      RequestKind kind, ClOrdId clOrdId, Denial denial, @Nullable String commandId, String by) {
    return new Refused(
        denial,
        List.of(
            new RequestDenied(
                kind, clOrdId, null, denial, 1, commandId == null ? "" : commandId, by)));
  }
}
