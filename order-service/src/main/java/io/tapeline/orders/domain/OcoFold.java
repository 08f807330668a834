package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.Qty;
import io.tapeline.orders.domain.OcoGroup.Member;
import io.tapeline.orders.domain.Order.Done;
import io.tapeline.orders.domain.Order.Live;
import org.jspecify.annotations.Nullable;

/** What each event changes of the groups of which one order is meant to trade. */
final class OcoFold {
  private OcoFold() {}

  static Contingencies after(
      Contingencies all,
      OrderEvent.OfOrder event,
      @Nullable Order before,
      @Nullable Order after,
      long seq) {
    var next =
        switch (event) {
          case OrderEvent.OrderSubmitted e -> joined(all, e.clOrdId(), e.terms(), e.links(), seq);
          case OrderEvent.OrderHeld e ->
              before == null ? joined(all, e.clOrdId(), e.terms(), e.links(), seq) : all;
          case OrderEvent.ReplaceRequested e ->
              asked(all, e.clOrdId(), e.terms().orderQty(), e.by(), seq);
          case OrderEvent.ReplaceQueued e ->
              asked(all, e.clOrdId(), e.change().orderQty(), e.by(), seq);
          case OrderEvent.OrderReplaced e ->
              e.requestNo() > 0 ? all : asked(all, e.clOrdId(), e.change().orderQty(), e.by(), seq);
          default -> all;
        };
    if (!(before instanceof Live) || !(after instanceof Done done)) return next;
    var group = next.groupOf(done.clOrdId());
    var member = group == null ? null : group.members().get(done.clOrdId());
    if (group == null || member == null) return next;
    var full = done.why() == OrdStatus.FILLED;
    return next.with(group.with(done.clOrdId(), member.ended(), full, seq));
  }

  private static Contingencies joined(
      Contingencies all, ClOrdId id, Terms terms, Links links, long seq) {
    var name = links.ocoGroup();
    if (name == null || links.isLeg()) return all;
    var known = all.groups().get(name);
    // a name of which nobody works and nothing traded is free again
    var group = known == null || known.isIdle() ? OcoGroup.empty(name) : known;
    var member = new Member(terms.symbol(), terms.side(), terms.orderQty().lots(), 0, true);
    return all.with(group.with(id, member, false, seq));
  }

  /** A person who makes a member larger or smaller speaks of what is left of it. */
  private static Contingencies asked(
      Contingencies all, ClOrdId id, Qty orderQty, @Nullable String by, long seq) {
    var group = BracketFold.DESK.equals(by) ? null : all.groupOf(id);
    var member = group == null ? null : group.members().get(id);
    if (group == null || member == null) return all;
    var lots = group.alone(id, orderQty.lots());
    return lots == member.asked() ? all : all.with(group.with(id, member.asking(lots), false, seq));
  }

  static Contingencies executed(Contingencies all, ContingencyFold.Executed executed, long seq) {
    var group = all.groupOf(executed.id());
    var member = group == null ? null : group.members().get(executed.id());
    if (group == null || member == null) return all;
    return all.with(group.with(executed.id(), member.filled(executed.lots()), false, seq));
  }
}
