package io.tapeline.orders.domain;

import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.TimeInForce;
import io.tapeline.orders.domain.Bracket.Leg;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.OrderEvent.OrderHeld;
import io.tapeline.orders.domain.OrderEvent.OrderReleased;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the legs of a bracket as large as what they protect, and where they belong. */
final class BracketFollowUps {
  /** Why a leg is sent. */
  static final String PARENT_FILLED = "PARENT_FILLED";

  private BracketFollowUps() {}

  /**
   * @param granted lots of the position that are this bracket's to protect
   */
  static List<OrderEvent> of(
      AccountState account, Bracket bracket, long granted, Circumstances now) {
    var events = new ArrayList<OrderEvent>();
    var takeProfits = bracket.takeProfits(granted);
    for (var leg : bracket.legs()) {
      var lots = leg.over() ? 0 : leg.isStop() ? granted : takeProfits.get(leg.no() - 1);
      var live = leg.live() == null ? null : account.live().get(leg.live());
      if (live != null) events.addAll(adjusted(account, bracket, leg, live, lots, now));
      else if (lots > 0) {
        var generation = free(account, bracket, leg);
        if (generation <= Bracket.MOST_GENERATIONS)
          events.add(anew(bracket, leg, generation, lots, now));
      }
    }
    return events;
  }

  /** The next name that nobody took. */
  private static int free(AccountState account, Bracket bracket, Leg leg) {
    var generation = leg.generation() + 1;
    while (generation <= Bracket.MOST_GENERATIONS
        && account.order(bracket.name(leg, generation)) != null) generation++;
    return generation;
  }

  private static List<OrderEvent> adjusted(
      AccountState account, Bracket bracket, Leg leg, Live live, long lots, Circumstances now) {
    var px = bracket.price(leg);
    if (!live.held())
      return ReduceOnly.isAtTheMarket(live) && lots > 0 && lots >= live.leavesQty().lots()
          ? List.of()
          : Adjust.to(account, live, lots, px, now);
    if (lots > 0)
      return live.standing().hold() == Hold.PARENT
          ? List.of(armed(leg, live, lots, px, now))
          : Adjust.to(account, live, lots, px, now);
    if (leg.over() || (!bracket.open() && bracket.remaining() <= 0))
      return List.of(OrderDecider.givenUp(live, null, BracketFold.DESK));
    return live.standing().hold() == Hold.PARENT
        ? List.of()
        : List.of(held(live, Hold.PARENT, live.terms()));
  }

  /** It may trade now: sent where the venue keeps such an order and can change it, else here. */
  private static OrderEvent armed(
      Leg leg, Live live, long lots, @Nullable Price px, Circumstances now) {
    var terms = live.terms();
    var spent = live.fills().spentQty().lots();
    var change = Adjust.at(terms, new Qty(spent + lots), px);
    var armed = terms.with(change);
    var can = now.capabilities();
    if (!can.has(terms.ordType()) || !can.replaces() || leg.emulated())
      return held(live, Hold.TRIGGER, armed);
    return new OrderReleased(
        live.clOrdId(),
        live.lastRequestNo() + 1,
        VenueTerms.of(armed, terms.ordType(), terms.timeInForce()),
        now.sendBy(),
        PARENT_FILLED);
  }

  private static OrderHeld held(Live live, Hold hold, Terms terms) {
    return new OrderHeld(
        live.clOrdId(),
        hold,
        terms,
        live.links(),
        hold.name().toLowerCase(java.util.Locale.ROOT) + "." + live.clOrdId(),
        BracketFold.DESK);
  }

  /** The order a leg has next, suspended; the next look arms it. */
  static OrderHeld anew(Bracket bracket, Leg leg, int generation, long lots, Circumstances now) {
    var id = bracket.name(leg, generation);
    return new OrderHeld(
        id,
        Hold.PARENT,
        terms(bracket, leg, lots, now),
        new Links(
            leg.isStop() ? Role.STOP_LOSS : Role.TAKE_PROFIT,
            bracket.id(),
            bracket.id().value(),
            null),
        "leg." + id,
        BracketFold.DESK);
  }

  private static Terms terms(Bracket bracket, Leg leg, long lots, Circumstances now) {
    var px = bracket.price(leg);
    var trail = leg.isStop() ? bracket.asked(leg).trail() : null;
    return new Terms(
        bracket.instrument(),
        bracket.venue(),
        bracket.side().opposite(),
        leg.isStop() ? (trail == null ? OrdType.STOP : OrdType.TRAILING_STOP) : OrdType.LIMIT,
        now.capabilities().has(TimeInForce.GTC) ? TimeInForce.GTC : TimeInForce.DAY,
        new Qty(lots),
        leg.isStop() ? null : px,
        leg.isStop() ? px : null,
        trail,
        null,
        true,
        bracket.strategy(),
        null);
  }
}
