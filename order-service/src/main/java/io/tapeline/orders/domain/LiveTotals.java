package io.tapeline.orders.domain;

import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * What an account's live orders add up to, kept while they change: a decision asks for the sum and
 * does not look at every order again. It is always the same as {@link #of} of these orders.
 *
 * @param alone open lots of the orders that have no siblings, by symbol; none is left out
 * @param siblings how many orders are one of a group: what those may trade is no plain sum
 * @param reduceOnly how many may only reduce
 */
public record LiveTotals(PersistentMap<Symbol, Lots> alone, int siblings, int reduceOnly) {
  static final LiveTotals NONE = new LiveTotals(PersistentMap.empty(), 0, 0);

  /** Open lots of both sides. */
  public record Lots(long buys, long sells) {
    static final Lots NONE = new Lots(0, 0);

    long of(Side side) {
      return side == Side.BUY ? buys : sells;
    }

    private Lots plus(Side side, long lots) {
      return side == Side.BUY
          ? new Lots(Math.addExact(buys, lots), sells)
          : new Lots(buys, Math.addExact(sells, lots));
    }
  }

  /** Of these orders and no others. */
  static LiveTotals of(Iterable<Order.Live> orders) {
    var totals = NONE;
    for (var order : orders) totals = totals.counting(order, 1);
    return totals;
  }

  /** Open lots of the orders of a side that have no siblings. */
  long alone(Symbol symbol, Side side) {
    var lots = alone.get(symbol);
    return lots == null ? 0 : lots.of(side);
  }

  /** With one order in the place of another; null: of none. */
  LiveTotals replacing(Order.@Nullable Live before, Order.@Nullable Live after) {
    var without = before == null ? this : counting(before, -1);
    return after == null ? without : without.counting(after, 1);
  }

  private LiveTotals counting(Order.Live order, int times) {
    var reducing = reduceOnly + (order.terms().reduceOnly() ? times : 0);
    if (order.links().ocoGroup() != null) return new LiveTotals(alone, siblings + times, reducing);
    var symbol = order.terms().symbol();
    var known = alone.get(symbol);
    var lots =
        (known == null ? Lots.NONE : known)
            .plus(order.terms().side(), times * order.openQty().lots());
    return new LiveTotals(
        lots.equals(Lots.NONE) ? alone.without(symbol) : alone.with(symbol, lots),
        siblings,
        reducing);
  }
}
