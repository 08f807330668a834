package io.tapeline.orders.domain;

import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Makes a bracket of what was asked for, or says what is wrong with it. */
sealed interface BracketCheck {
  record Right(BracketTerms terms) implements BracketCheck {}

  record Wrong(Denial denial) implements BracketCheck {}

  /** Further than any market goes: what does not fit is no distance. */
  long MOST_TICKS = 1_000_000;

  /**
   * @param entry the side that is to be protected
   * @param at the price the entry is to trade at, where it names one
   */
  static BracketCheck check(
      BracketDraft draft, Instrument instrument, Side entry, long qty, @Nullable Price at) {
    if (draft.takeProfit().isEmpty() && draft.stopLoss() == null)
      return wrong("a take-profit or a stop-loss is needed");
    if (draft.takeProfit().size() > Bracket.MOST_TAKE_PROFITS)
      return wrong("at most " + Bracket.MOST_TAKE_PROFITS + " take-profits");
    if (draft.breakevenAfterTicks() != null && draft.stopLoss() == null)
      return wrong("break-even needs a stop-loss");
    if (isNoDistance(draft.breakevenAfterTicks())) return wrong("break-even after 1 tick or more");
    var takeProfits = new ArrayList<BracketTerms.Leg>();
    for (var leg : draft.takeProfit()) {
      var problem = problem(leg);
      if (problem != null) return wrong("take-profit: " + problem);
      if (leg.trail() != null) return wrong("a take-profit does not trail");
      var made = leg(leg, instrument, entry.opposite(), false);
      if (at != null && isBehind(made.price(), at, entry))
        return wrong("a take-profit lies on the profitable side of the entry");
      takeProfits.add(made);
    }
    var planned = LegRules.planned(qty, takeProfits);
    if (planned == null) return wrong("a lot for each take-profit is needed");
    if (planned.stream().mapToLong(Long::longValue).sum() > qty)
      return wrong("the take-profits take more than the entry fills");
    var asked = draft.stopLoss();
    if (asked == null) return new Right(new BracketTerms(takeProfits, null, null));
    var problem = problem(asked);
    if (problem != null) return wrong("stop-loss: " + problem);
    if (asked.qty() != null) return wrong("a stop-loss protects all of it");
    var stopLoss = leg(asked, instrument, entry.opposite(), true);
    if (at != null && stopLoss.price() != null && isBehind(at, stopLoss.price(), entry))
      return wrong("a stop-loss lies on the losing side of the entry");
    return new Right(new BracketTerms(takeProfits, stopLoss, draft.breakevenAfterTicks()));
  }

  private static boolean isBehind(@Nullable Price price, Price than, Side entry) {
    return price != null
        && (entry == Side.BUY ? price.compareTo(than) <= 0 : price.compareTo(than) >= 0);
  }

  private static @Nullable String problem(BracketDraft.Leg leg) {
    if ((leg.ticks() == null) == (leg.price() == null)) return "ticks or price, one of the two";
    if (isNoDistance(leg.ticks())) return "1 tick or more";
    if (isNoDistance(leg.trail())) return "a trail of 1 tick or more";
    return leg.qty() != null && leg.qty() < 1 ? "1 lot or more" : null;
  }

  private static boolean isNoDistance(@Nullable Long ticks) {
    return ticks != null && (ticks < 1 || ticks > MOST_TICKS);
  }

  private static BracketTerms.Leg leg(
      BracketDraft.Leg leg, Instrument instrument, Side side, boolean stop) {
    return new BracketTerms.Leg(
        leg.ticks(),
        leg.price() == null ? null : snapped(instrument, side, leg.price(), stop),
        leg.qty() == null ? null : new Qty(leg.qty()),
        leg.trail());
  }

  /** To the safe side, as every price off tick: limits away from the market, stops too. */
  private static Price snapped(Instrument instrument, Side side, BigDecimal price, boolean stop) {
    return (side == Side.BUY) == stop
        ? instrument.priceAtOrAbove(price)
        : instrument.priceAtOrBelow(price);
  }

  private static Wrong wrong(String missing) {
    return new Wrong(DenialReason.BRACKET_INCOMPLETE.with(missing));
  }
}
