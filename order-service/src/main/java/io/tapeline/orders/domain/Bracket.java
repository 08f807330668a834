package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What protects the lots that an entry, or a position as it was found, opened. Folded from the
 * journal and kept apart from the orders, so that no leg's end is forgotten with the leg.
 *
 * @param id of the entry; of the bracket itself where it was attached to a position
 * @param side of what is protected: BUY protects lots that were bought
 * @param orderQty lots the entry is to fill
 * @param filled lots it filled so far
 * @param basisQty with {@code basisTicks} the average price distances are counted from
 * @param open whether the entry may still fill more
 * @param closedElsewhere lots that left the position by other orders
 * @param restoring lots ordered back after both sides of it were filled; {@code restored} of them
 *     are filled
 * @param even whether the stop has reached the price where nothing is lost
 * @param legs the stop-loss first, where there is one
 * @param seq the newest event that concerned it
 */
public record Bracket(
    ClOrdId id,
    Instrument instrument,
    String venue,
    Side side,
    @Nullable String strategy,
    BracketTerms terms,
    long orderQty,
    long filled,
    long basisQty,
    long basisTicks,
    boolean open,
    long closedElsewhere,
    long restoring,
    long restored,
    boolean even,
    List<Leg> legs,
    long createdSeq,
    long seq) {
  /** With a suffix for each leg an id must still fit 36 characters. */
  static final int LONGEST_ID = 30;

  static final int MOST_TAKE_PROFITS = 9;

  /** How often a leg may be placed anew; one more character at the end of its id. */
  static final int MOST_GENERATIONS = 35;

  public Bracket {
    legs = List.copyOf(legs);
  }

  /**
   * One leg, over all the orders it had one after the other: an order that is full or gone cannot
   * protect what the entry fills later.
   *
   * @param no 0: the stop-loss; else the number of the take-profit
   * @param live its order, while it has one
   * @param done lots its orders filled
   * @param px where it stands, or stood last
   * @param follows whether its price is ours to compute: false once somebody moved it
   * @param ours whether the cancel under way is ours, to come back with another size
   * @param givenUp whether the cancel under way is somebody's who wants it gone
   * @param emulated whether the venue refused to keep it
   * @param over whether it was given up for good
   */
  public record Leg(
      int no,
      int generation,
      @Nullable ClOrdId live,
      long done,
      @Nullable Price px,
      boolean follows,
      boolean ours,
      boolean givenUp,
      boolean emulated,
      boolean over) {
    boolean isStop() {
      return no == 0;
    }

    Leg placed(int newGeneration, ClOrdId id) {
      return new Leg(no, newGeneration, id, done, px, follows, false, false, emulated, over);
    }

    Leg filled(long lots) {
      return new Leg(no, generation, live, done + lots, px, follows, ours, givenUp, emulated, over);
    }

    Leg moved(@Nullable Price newPx, boolean byUs) {
      return new Leg(
          no, generation, live, done, newPx, follows && byUs, ours, givenUp, emulated, over);
    }

    Leg canceling(boolean byUs) {
      return new Leg(
          no,
          generation,
          live,
          done,
          px,
          follows,
          byUs && !givenUp,
          givenUp || !byUs,
          emulated,
          over);
    }

    Leg ended(boolean refused, boolean forGood) {
      return new Leg(
          no,
          generation,
          null,
          done,
          px,
          follows,
          false,
          false,
          emulated || refused,
          over || forGood);
    }
  }

  static Bracket of(ClOrdId id, Terms entry, BracketTerms terms, long seq) {
    return new Bracket(
        id,
        entry.instrument(),
        entry.venue(),
        entry.side(),
        entry.strategy(),
        terms,
        entry.orderQty().lots(),
        0,
        0,
        0,
        true,
        0,
        0,
        0,
        false,
        legs(terms),
        seq,
        seq);
  }

  static List<Leg> legs(BracketTerms terms) {
    var legs = new ArrayList<Leg>();
    if (terms.stopLoss() != null) legs.add(leg(0));
    for (var i = 1; i <= terms.takeProfit().size(); i++) legs.add(leg(i));
    return legs;
  }

  private static Leg leg(int no) {
    return new Leg(no, 0, null, 0, null, true, false, false, false, false);
  }

  /** Lots still to be protected; below zero: more was taken off than was there. */
  long remaining() {
    return filled - done() - closedElsewhere;
  }

  private long done() {
    var sum = 0L;
    for (var leg : legs) sum += leg.done();
    return sum;
  }

  /** Lots that both sides of it took off beyond what was there, and nobody ordered back yet. */
  long excess() {
    return Math.max(0, -remaining() - restoring);
  }

  /** Lots the position lacks because of that. */
  long missing() {
    return Math.max(0, -remaining() - restored);
  }

  boolean isIdle() {
    return !open && legs.stream().allMatch(leg -> leg.live() == null);
  }

  @Nullable Leg stop() {
    return legs.isEmpty() || !legs.getFirst().isStop() ? null : legs.getFirst();
  }

  BracketTerms.Leg asked(Leg leg) {
    var stopLoss = terms.stopLoss();
    if (!leg.isStop()) return terms.takeProfit().get(leg.no() - 1);
    if (stopLoss == null) throw new IllegalStateException(id + " has no stop-loss");
    return stopLoss;
  }

  /** Lots each take-profit is to have working, in their order. */
  List<Long> takeProfits(long lots) {
    var planned = LegRules.planned(Math.max(orderQty, filled), terms.takeProfit());
    // a smaller entry than the legs were made for: the first of them get what there is
    if (planned == null)
      planned = terms.takeProfit().stream().map(l -> l.qty() == null ? 1L : lots(l.qty())).toList();
    var done = legs.stream().filter(leg -> !leg.isStop()).map(Leg::done).toList();
    return LegRules.working(planned, done, filled, lots);
  }

  private static long lots(Qty qty) {
    return qty.lots();
  }

  /** Where a leg is to stand; null: nothing is filled yet to count a distance from. */
  @Nullable Price price(Leg leg) {
    if (!leg.follows()) return leg.px();
    var asked = asked(leg);
    var ticks = asked.ticks();
    var wanted =
        ticks == null
            ? asked.price()
            : basisQty == 0
                ? null
                : leg.isStop()
                    ? LegRules.stopLoss(side, basisTicks, basisQty, ticks)
                    : LegRules.takeProfit(side, basisTicks, basisQty, ticks);
    var px = leg.px();
    if (wanted == null || px == null) return wanted == null ? px : wanted;
    // a stop that trailed, or stands where nothing is lost, never goes back
    var ratchets = leg.isStop() && (asked.trail() != null || even);
    return ratchets ? TriggerRules.tighter(side.opposite(), px, wanted) : wanted;
  }

  /** The order a leg has next. */
  ClOrdId name(Leg leg, int generation) {
    var base = id.value() + (leg.isStop() ? ".sl" : ".tp" + leg.no());
    return new ClOrdId(
        generation <= 1 ? base : base + "-" + Integer.toString(generation, Character.MAX_RADIX));
  }

  Bracket with(List<Leg> newLegs, long newSeq) {
    return new Bracket(
        id,
        instrument,
        venue,
        side,
        strategy,
        terms,
        orderQty,
        filled,
        basisQty,
        basisTicks,
        open,
        closedElsewhere,
        restoring,
        restored,
        even || isEven(newLegs),
        newLegs,
        createdSeq,
        newSeq);
  }

  private boolean isEven(List<Leg> newLegs) {
    if (basisQty == 0 || newLegs.isEmpty() || !newLegs.getFirst().isStop()) return false;
    var px = newLegs.getFirst().px();
    if (px == null || terms.breakevenAfterTicks() == null) return false;
    var even = LegRules.breakeven(side, basisTicks, basisQty);
    return side == Side.BUY ? px.compareTo(even) >= 0 : px.compareTo(even) <= 0;
  }

  Bracket with(Leg leg, long newSeq) {
    return with(legs.stream().map(l -> l.no() == leg.no() ? leg : l).toList(), newSeq);
  }

  /** The entry filled more, or less after a bust. */
  Bracket entered(long lots, long notionalTicks, long newSeq) {
    return new Bracket(
        id,
        instrument,
        venue,
        side,
        strategy,
        terms,
        orderQty,
        filled + lots,
        basisQty + lots,
        Math.addExact(basisTicks, notionalTicks),
        open,
        closedElsewhere,
        restoring,
        restored,
        even,
        legs,
        createdSeq,
        newSeq);
  }

  Bracket entry(long newOrderQty, boolean stillOpen, long newSeq) {
    return new Bracket(
        id,
        instrument,
        venue,
        side,
        strategy,
        terms,
        newOrderQty,
        filled,
        basisQty,
        basisTicks,
        stillOpen,
        closedElsewhere,
        restoring,
        restored,
        even,
        legs,
        createdSeq,
        newSeq);
  }

  Bracket counting(long newClosedElsewhere, long newRestoring, long newRestored, long newSeq) {
    return new Bracket(
        id,
        instrument,
        venue,
        side,
        strategy,
        terms,
        orderQty,
        filled,
        basisQty,
        basisTicks,
        open,
        newClosedElsewhere,
        newRestoring,
        newRestored,
        even,
        legs,
        createdSeq,
        newSeq);
  }
}
