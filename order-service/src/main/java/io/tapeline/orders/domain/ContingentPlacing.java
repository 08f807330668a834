package io.tapeline.orders.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Side;
import io.tapeline.orders.domain.OrderCommand.PlaceOrder;
import io.tapeline.orders.domain.OrderEvent.OrderHeld;
import io.tapeline.orders.domain.OrderEvent.OrderSubmitted;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** An order that belongs to others: an entry with its legs, a sibling of an OCO group. */
final class ContingentPlacing {
  private ContingentPlacing() {}

  /**
   * @param alone what becomes of the order by itself
   */
  static Decision linked(
      AccountState account, PlaceOrder place, Circumstances now, Decision alone) {
    if (!(alone instanceof Decision.Accepted)) return alone;
    var taken = account.contingencies().bracketOf(place.clOrdId());
    if (taken != null)
      return OrderDecider.refused(
          place, null, DenialReason.DUPLICATE_CL_ORD_ID.with(place.clOrdId()));
    if (place.bracket() == null && place.ocoGroup() == null) return alone;
    var group =
        place.ocoGroup() == null ? null : account.contingencies().groups().get(place.ocoGroup());
    if (group != null && group.isOver())
      return OrderDecider.refused(
          place, place.draft(), DenialReason.OCO_GROUP_OVER.with(group.name()));
    var terms = terms(alone);
    if (terms == null) return alone;
    if (place.bracket() == null)
      return with(alone, new Links(Role.STANDALONE, null, place.ocoGroup(), null));
    if (place.clOrdId().value().length() > Bracket.LONGEST_ID)
      return OrderDecider.refused(
          place,
          place.draft(),
          DenialReason.BRACKET_INCOMPLETE.with(
              "an id of at most " + Bracket.LONGEST_ID + " characters"));
    return switch (BracketCheck.check(
        place.bracket(),
        terms.instrument(),
        terms.side(),
        terms.orderQty().lots(),
        terms.price())) {
      case BracketCheck.Wrong(var denial) -> OrderDecider.refused(place, place.draft(), denial);
      case BracketCheck.Right(var bracket) -> entry(account, place, now, alone, terms, bracket);
    };
  }

  private static Decision entry(
      AccountState account,
      PlaceOrder place,
      Circumstances now,
      Decision alone,
      Terms terms,
      BracketTerms bracket) {
    var links = new Links(Role.ENTRY, null, place.ocoGroup(), bracket);
    var events = new ArrayList<>(with(alone, links).events());
    var planned = LegRules.planned(terms.orderQty().lots(), bracket.takeProfit());
    var would = Bracket.of(place.clOrdId(), terms, bracket, account.seq() + 1);
    for (var leg : would.legs()) {
      var lots =
          leg.isStop() || planned == null ? terms.orderQty().lots() : planned.get(leg.no() - 1);
      var child = BracketFollowUps.anew(would, leg, 1, lots, now);
      if (account.order(child.clOrdId()) != null)
        return OrderDecider.refused(
            place, null, DenialReason.DUPLICATE_CL_ORD_ID.with(child.clOrdId()));
      events.add(expected(child, would, leg, terms));
    }
    return new Decision.Accepted(events);
  }

  /** Where a leg will stand if the entry trades at its own price. */
  private static OrderHeld expected(
      OrderHeld child, Bracket bracket, Bracket.Leg leg, Terms entry) {
    var ticks = bracket.asked(leg).ticks();
    var at = entry.price() != null ? entry.price() : entry.stopPx();
    if (ticks == null || at == null) return child;
    var away = leg.isStop() == (entry.side() == Side.BUY) ? -ticks : ticks;
    Price px = at.plusTicks(away);
    return new OrderHeld(
        child.clOrdId(),
        child.hold(),
        child.terms().with(Adjust.at(child.terms(), child.terms().orderQty(), px)),
        child.links(),
        child.commandId(),
        child.by());
  }

  private static @Nullable Terms terms(Decision decision) {
    for (var event : decision.events()) {
      if (event instanceof OrderSubmitted submitted) return submitted.terms();
      if (event instanceof OrderHeld held) return held.terms();
    }
    return null;
  }

  private static Decision with(Decision decision, Links links) {
    return new Decision.Accepted(
        decision.events().stream().map(event -> with(event, links)).toList());
  }

  private static OrderEvent with(OrderEvent event, Links links) {
    return switch (event) {
      case OrderSubmitted e ->
          new OrderSubmitted(
              e.clOrdId(), e.requestNo(), e.terms(), links, e.sendBy(), e.commandId(), e.by());
      case OrderHeld e ->
          new OrderHeld(e.clOrdId(), e.hold(), e.terms(), links, e.commandId(), e.by());
      default -> event;
    };
  }
}
