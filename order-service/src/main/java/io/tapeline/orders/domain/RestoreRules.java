package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.Instrument;
import io.tapeline.model.OrdType;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.orders.domain.OrderEvent.OcoOverfilled;
import io.tapeline.orders.domain.OrderEvent.OrderSubmitted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Siblings that cancel each other only here can both be filled before a cancel arrives. What was
 * executed stays executed; it is told, and one order that may only reduce undoes the excess.
 */
final class RestoreRules {
  private RestoreRules() {}

  static List<OrderEvent> of(AccountState account, Circumstances now) {
    var events = new ArrayList<OrderEvent>();
    var all = account.contingencies();
    for (var bracket : all.brackets().values()) {
      if (bracket.excess() == 0) continue;
      var id = fix(account, bracket.id().value());
      events.addAll(
          restored(
              account,
              bracket.id().value(),
              bracket.instrument(),
              bracket.venue(),
              bracket.side().opposite(),
              bracket.excess(),
              id,
              bracket.id(),
              now));
    }
    for (var group : all.groups().values()) {
      if (group.excess() <= group.told()) continue;
      var traded = group.traded();
      var instrument = traded == null ? null : account.instruments().get(traded.symbol());
      if (traded == null || instrument == null) continue;
      events.addAll(
          restored(
              account,
              group.name(),
              instrument,
              now.venue(),
              traded.side(),
              group.excess() - group.told(),
              group.isOneSided() ? OwnNames.of(account, "fix", account.seq() + 1) : null,
              null,
              now));
    }
    return events;
  }

  private static @Nullable ClOrdId fix(AccountState account, String id) {
    for (var n = 1; n <= Bracket.MOST_GENERATIONS; n++) {
      var name = new ClOrdId(id + ".fix" + Integer.toString(n, Character.MAX_RADIX));
      if (account.order(name) == null) return name;
    }
    return null;
  }

  /**
   * @param traded the side of the orders that executed too much
   * @param id of the order that undoes it; null: none can
   */
  private static List<OrderEvent> restored(
      AccountState account,
      String group,
      Instrument instrument,
      String venue,
      Side traded,
      long excess,
      @Nullable ClOrdId id,
      @Nullable ClOrdId parent,
      Circumstances now) {
    var back = traded.opposite();
    var lots =
        now.restoresAfterOcoRace() && id != null
            ? Math.min(excess, ReduceOnly.unclaimed(account, instrument.symbol(), back))
            : 0;
    var told =
        new OcoOverfilled(group, instrument.symbol(), traded, excess, lots, lots == 0 ? null : id);
    if (lots == 0 || id == null) return List.of(told);
    var order =
        new OrderSubmitted(
            id,
            1,
            market(instrument, venue, back, lots),
            parent == null ? Links.NONE : new Links(Role.STANDALONE, parent, null, null),
            now.sendBy(),
            "restore." + id,
            BracketFold.DESK);
    return List.of(told, order);
  }

  /** An order that takes lots off a position, whatever the price. */
  static Terms market(Instrument instrument, String venue, Side side, long lots) {
    return new Terms(
        instrument,
        venue,
        side,
        OrdType.MARKET,
        TimeInForce.DAY,
        new Qty(lots),
        null,
        null,
        null,
        null,
        true,
        null,
        null);
  }
}
