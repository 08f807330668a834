package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.OrderEvent.OrderExpired;
import io.tapeline.orders.domain.OrderEvent.OrderReleased;
import io.tapeline.orders.domain.OrderEvent.OrderTriggered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the market and the hour make of the orders that are kept here. */
public final class MarketDecider {
  private MarketDecider() {}

  /**
   * Where the market is, as far as it triggers anything.
   *
   * @param forBuys what reaches the stops of buy orders: the last trade, or the ask where the venue
   *     says so; {@code forSells} likewise
   * @param best the best price an order has seen, for its stop to trail; never worse than what is
   *     known of it already
   */
  public record Touch(Symbol symbol, Price forBuys, Price forSells, Map<ClOrdId, Price> best) {
    public Touch {
      best = Map.copyOf(best);
    }

    public Price px(Side side) {
      return side == Side.BUY ? forBuys : forSells;
    }
  }

  static Decision decide(AccountState account, Touch touch, Circumstances now) {
    var events = new ArrayList<OrderEvent>();
    for (var live : watched(account, touch.symbol())) {
      var px = touch.px(live.terms().side());
      var best = TriggerRules.best(live.terms().side(), touch.best().get(live.clOrdId()), px);
      events.addAll(watched(live, px, best, now));
    }
    for (var bracket : account.contingencies().brackets().values()) {
      if (bracket.instrument().symbol().equals(touch.symbol()))
        events.addAll(even(account, bracket, touch.px(bracket.side().opposite()), now));
    }
    return new Decision.Accepted(events);
  }

  /** What a price means to an account. */
  public enum Concern {
    NOTHING,
    /** A stop follows the market. */
    MOVES,
    /** An order has to leave, or a stop to move for good. */
    REACHED
  }

  /** The symbols whose prices can matter to the account. */
  public static Set<Symbol> watchedSymbols(AccountState account) {
    var symbols = new HashSet<Symbol>();
    if (account.totals().triggers() > 0)
      for (var live : account.live().values())
        if (live.standing().hold() == Hold.TRIGGER) symbols.add(live.terms().symbol());
    for (var bracket : account.contingencies().brackets().values()) {
      if (bracket.terms().breakevenAfterTicks() != null && !bracket.even() && !bracket.isIdle())
        symbols.add(bracket.instrument().symbol());
    }
    return symbols;
  }

  /** The same look as the decision takes, to spare it where there is nothing to decide. */
  public static Concern concern(AccountState account, Touch touch) {
    var concern = Concern.NOTHING;
    for (var live : watched(account, touch.symbol())) {
      var px = touch.px(live.terms().side());
      var best = TriggerRules.best(live.terms().side(), touch.best().get(live.clOrdId()), px);
      var stopPx = TriggerRules.stopAfter(live.terms(), best);
      if (TriggerRules.isReached(live.terms(), stopPx, px)) return Concern.REACHED;
      if (stopPx != null && !stopPx.equals(live.terms().stopPx())) concern = Concern.MOVES;
    }
    for (var bracket : account.contingencies().brackets().values()) {
      if (bracket.instrument().symbol().equals(touch.symbol())
          && evened(account, bracket, touch.px(bracket.side().opposite())) != null)
        return Concern.REACHED;
    }
    return concern;
  }

  /** Whether time alone can change anything for the account. */
  public static boolean waits(AccountState account) {
    return !account.live().isEmpty() || account.contingencies().flatten() != null;
  }

  /** Whether an order has come of age. */
  public static boolean isDue(AccountState account, Circumstances now) {
    return !passed(account, now).events().isEmpty();
  }

  /** Orders of a symbol that wait here for their price, oldest first. */
  public static List<Live> watched(AccountState account, Symbol symbol) {
    var watched = new ArrayList<Live>();
    for (var live : account.live().values()) {
      if (live.standing().hold() == Hold.TRIGGER && live.terms().symbol().equals(symbol))
        watched.add(live);
    }
    watched.sort(Comparator.comparingLong((Live live) -> live.revision().createdSeq()));
    return watched;
  }

  private static List<OrderEvent> watched(Live live, Price px, Price best, Circumstances now) {
    var terms = live.terms();
    var stopPx = TriggerRules.stopAfter(terms, best);
    var events = new ArrayList<OrderEvent>();
    if (stopPx != null && !stopPx.equals(terms.stopPx()))
      events.add(Adjust.replaced(live, Adjust.at(terms, terms.orderQty(), stopPx)));
    if (TriggerRules.isReached(terms, stopPx, px)) {
      events.add(new OrderTriggered(live.clOrdId()));
      events.add(released(live, now));
    }
    return events;
  }

  private static OrderReleased released(Live live, Circumstances now) {
    var terms = live.terms();
    return new OrderReleased(
        live.clOrdId(),
        live.lastRequestNo() + 1,
        VenueTerms.of(terms, TriggerRules.released(terms.ordType()), atVenue(terms, now)),
        now.sendBy(),
        "TRIGGERED");
  }

  /** For how long the venue has it: the nearest it can that does not end it too early. */
  static TimeInForce atVenue(Terms terms, Circumstances now) {
    var can = now.capabilities();
    if (can.has(terms.timeInForce())) return terms.timeInForce();
    return can.has(TimeInForce.GTC) ? TimeInForce.GTC : TimeInForce.DAY;
  }

  /** The stop-loss moves to where nothing is lost, once the market is far enough in favour. */
  private static List<OrderEvent> even(
      AccountState account, Bracket bracket, Price px, Circumstances now) {
    var live = evened(account, bracket, px);
    if (live == null) return List.of();
    var to = LegRules.breakeven(bracket.side(), bracket.basisTicks(), bracket.basisQty());
    var change = Adjust.at(live.terms(), live.terms().orderQty(), to);
    if (live.held()) return List.of(Adjust.replaced(live, change));
    return now.capabilities().replaces() ? List.of(Adjust.replace(live, change, now)) : List.of();
  }

  /** The stop that is to move to where nothing is lost; null: none, or not yet. */
  private static @Nullable Live evened(AccountState account, Bracket bracket, Price px) {
    var after = bracket.terms().breakevenAfterTicks();
    var leg = bracket.stop();
    var live = leg == null || leg.live() == null ? null : account.live().get(leg.live());
    if (after == null
        || live == null
        || bracket.even()
        || bracket.basisQty() <= 0
        || live.standing().hold() == Hold.PARENT
        || !LegRules.isInFavour(
            bracket.side(), bracket.basisTicks(), bracket.basisQty(), after, px)) return null;
    if (!live.held() && (Adjust.isBusy(live) || ReduceOnly.isAtTheMarket(live))) return null;
    var to = LegRules.breakeven(bracket.side(), bracket.basisTicks(), bracket.basisQty());
    var stands = live.terms().stopPx();
    return stands != null && TriggerRules.tighter(live.terms().side(), stands, to).equals(stands)
        ? null
        : live;
  }

  /** Time passed: what lives no longer than this, and the venue does not end by itself, ends. */
  static Decision passed(AccountState account, Circumstances now) {
    var events = new ArrayList<OrderEvent>();
    var closed = new HashMap<Symbol, Boolean>();
    for (var live : account.live().values()) {
      if (!isOver(live, now, closed)) continue;
      if (live.held()) events.add(new OrderExpired(live.clOrdId(), "TIME_IN_FORCE", null));
      else if (!now.capabilities().has(live.terms().timeInForce())
          && live.request(RequestKind.CANCEL) == null)
        events.add(OrderDecider.cancelRequested(live, null, EXPIRY));
    }
    return new Decision.Accepted(events);
  }

  /** Who asks for the end of an order whose time ran out. */
  static final String EXPIRY = "expiry";

  /**
   * @param closed which sessions are, as far as they were asked for: there are more orders than
   *     symbols
   */
  private static boolean isOver(Live live, Circumstances now, Map<Symbol, Boolean> closed) {
    var venueTime = now.venueTime();
    var expireAt = live.terms().expireAt();
    return switch (live.terms().timeInForce()) {
      case GTD -> expireAt != null && venueTime != null && !venueTime.isBefore(expireAt);
      case DAY -> closed.computeIfAbsent(live.terms().symbol(), now::sessionClosed);
      case GTC, IOC, FOK -> false;
    };
  }
}
