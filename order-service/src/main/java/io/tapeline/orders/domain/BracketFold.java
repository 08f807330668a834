package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import io.tapeline.orders.domain.Bracket.Leg;
import io.tapeline.orders.domain.Order.Done;
import io.tapeline.orders.domain.Order.Live;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What each event changes of the brackets. */
final class BracketFold {
  /** Who asks for what the rules of brackets, groups and positions order. */
  static final String DESK = "desk";

  private BracketFold() {}

  static Contingencies after(
      Contingencies all,
      OrderEvent.OfOrder event,
      @Nullable Order before,
      @Nullable Order after,
      long seq) {
    var next =
        switch (event) {
          case OrderEvent.OrderSubmitted e -> born(all, e.clOrdId(), e.terms(), e.links(), seq);
          case OrderEvent.OrderHeld e ->
              before == null
                  ? born(all, e.clOrdId(), e.terms(), e.links(), seq)
                  : e.hold() == Hold.TRIGGER
                      ? moved(all, e.clOrdId(), px(e.terms()), DESK, seq)
                      : all;
          case OrderEvent.OrderReleased e ->
              e.why().equals(BracketFollowUps.PARENT_FILLED) && after instanceof Live live
                  ? moved(all, e.clOrdId(), px(live.terms()), DESK, seq)
                  : all;
          case OrderEvent.ReplaceRequested e ->
              moved(
                  all,
                  e.clOrdId(),
                  e.terms().stopPx() != null ? e.terms().stopPx() : e.terms().price(),
                  e.by(),
                  seq);
          case OrderEvent.ReplaceQueued e -> moved(all, e.clOrdId(), px(e.change()), e.by(), seq);
          case OrderEvent.OrderReplaced e ->
              e.requestNo() > 0 ? all : moved(all, e.clOrdId(), px(e.change()), e.by(), seq);
          case OrderEvent.CancelRequested e -> canceling(all, e.clOrdId(), e.by(), seq);
          case OrderEvent.OrderCanceled e ->
              e.by() == null ? all : canceling(all, e.clOrdId(), e.by(), seq);
          default -> all;
        };
    if (!(before instanceof Live)) return next;
    if (after instanceof Done done) return ended(next, done, event, seq);
    return after instanceof Live live ? entry(next, live, seq) : next;
  }

  private static @Nullable Price px(Terms terms) {
    return terms.stopPx() != null ? terms.stopPx() : terms.price();
  }

  private static @Nullable Price px(Change change) {
    return change.stopPx() != null ? change.stopPx() : change.price();
  }

  private static Contingencies born(
      Contingencies all, ClOrdId id, Terms terms, Links links, long seq) {
    if (links.bracket() != null) return all.with(Bracket.of(id, terms, links.bracket(), seq));
    var named = links.isLeg() ? LegNames.leg(id) : null;
    var bracket = all.bracketOf(id);
    if (named == null || bracket == null) return all;
    var leg = leg(bracket, id);
    return leg == null ? all : all.with(bracket.with(leg.placed(named.generation(), id), seq));
  }

  static Contingencies attached(Contingencies all, OrderEvent.BracketAttached e, long seq) {
    return all.with(
        new Bracket(
            e.id(),
            e.instrument(),
            e.venue(),
            e.side(),
            null,
            e.bracket(),
            e.qty().lots(),
            e.qty().lots(),
            e.basisQty(),
            e.basisTicks(),
            false,
            0,
            0,
            0,
            false,
            Bracket.legs(e.bracket()),
            seq,
            seq));
  }

  private static @Nullable Leg leg(Bracket bracket, ClOrdId id) {
    var named = LegNames.leg(id);
    if (named == null) return null;
    for (var leg : bracket.legs()) if (leg.no() == named.no()) return leg;
    return null;
  }

  private static Contingencies moved(
      Contingencies all, ClOrdId id, @Nullable Price px, @Nullable String by, long seq) {
    var bracket = all.bracketOf(id);
    var leg = bracket == null ? null : leg(bracket, id);
    if (bracket == null || leg == null || px == null || px.equals(leg.px())) return all;
    return all.with(bracket.with(leg.moved(px, DESK.equals(by)), seq));
  }

  private static Contingencies canceling(Contingencies all, ClOrdId id, String by, long seq) {
    var bracket = all.bracketOf(id);
    var leg = bracket == null ? null : leg(bracket, id);
    if (bracket == null || leg == null) return all;
    return all.with(bracket.with(leg.canceling(by.equals(DESK)), seq));
  }

  private static Contingencies entry(Contingencies all, Live live, long seq) {
    var bracket = all.brackets().get(live.clOrdId());
    var orderQty = live.terms().orderQty().lots();
    return bracket == null || (bracket.orderQty() == orderQty && bracket.open())
        ? all
        : all.with(bracket.entry(orderQty, true, seq));
  }

  private static Contingencies ended(
      Contingencies all, Done done, OrderEvent.OfOrder event, long seq) {
    var bracket = all.bracketOf(done.clOrdId());
    if (bracket == null) return all;
    if (bracket.id().equals(done.clOrdId()))
      return all.with(bracket.entry(bracket.orderQty(), false, seq));
    var leg = leg(bracket, done.clOrdId());
    if (leg == null || !done.clOrdId().equals(leg.live())) return all;
    return all.with(bracket.with(ended(leg, done, event), seq));
  }

  /**
   * A stop-loss comes back unless somebody here gave it up: what the venue refuses to keep is kept
   * here. A take-profit comes back where it was ours to resize, or never left.
   */
  private static Leg ended(Leg leg, Done done, OrderEvent.OfOrder event) {
    if (done.why() == OrdStatus.FILLED || event instanceof OrderEvent.OrderFilled)
      return leg.ended(false, false);
    if (leg.ours()) return leg.ended(false, false);
    var unsent = DoubtRules.UNSENT.equals(done.reason());
    var asked = event instanceof OrderEvent.OrderCanceled e && (e.by() != null || leg.givenUp());
    return leg.isStop() ? leg.ended(!asked && !unsent, asked) : leg.ended(false, !unsent);
  }

  static Contingencies executed(Contingencies all, ContingencyFold.Executed executed, long seq) {
    var bracket = all.bracketOf(executed.id());
    if (bracket == null) return all;
    if (bracket.id().equals(executed.id()))
      return all.with(bracket.entered(executed.lots(), executed.notionalTicks(), seq));
    if (LegNames.isFix(executed.id()))
      return all.with(
          bracket.counting(
              bracket.closedElsewhere(),
              bracket.restoring(),
              bracket.restored() + executed.lots(),
              seq));
    var leg = leg(bracket, executed.id());
    return leg == null ? all : all.with(bracket.with(leg.filled(executed.lots()), seq));
  }

  /**
   * Lots that other orders took off a position are protected no longer, those opened first the
   * first.
   */
  static Contingencies within(Contingencies all, Symbol symbol, long net, long seq) {
    if (all.brackets().isEmpty()) return all;
    var next = all;
    for (var side : io.tapeline.model.Side.values()) {
      var here =
          all.brackets().values().stream()
              .filter(b -> b.side() == side && b.instrument().symbol().equals(symbol))
              .sorted(Comparator.comparingLong(Bracket::createdSeq))
              .toList();
      var there = side == io.tapeline.model.Side.BUY ? net : -net;
      var over = -Math.max(0, there + here.stream().mapToLong(Bracket::missing).sum());
      for (var bracket : here) over += Math.max(0, bracket.remaining());
      for (var bracket : here) {
        var gone = Math.min(over, Math.max(0, bracket.remaining()));
        if (gone <= 0) continue;
        over -= gone;
        next =
            next.with(
                bracket.counting(
                    bracket.closedElsewhere() + gone,
                    bracket.restoring(),
                    bracket.restored(),
                    seq));
      }
    }
    return next;
  }
}
