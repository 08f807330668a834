package io.tapeline.orders.domain;

import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * What an account's live orders add up to, kept while they change: a decision asks for the sum and
 * does not look at every order again. It is always the same as {@link #of} of these orders.
 *
 * @param alone open lots of the orders that have no siblings, by symbol; none is left out
 * @param atMarket lots that are on their way at the market, by symbol, whoever sent them
 * @param siblings how many orders are one of a group: what those may trade is no plain sum
 * @param reduceOnly how many may only reduce
 * @param triggers how many wait here for their price
 */
public record LiveTotals(
    PersistentMap<Symbol, Lots> alone,
    PersistentMap<Symbol, Lots> atMarket,
    int siblings,
    int reduceOnly,
    int triggers) {
  static final LiveTotals NONE =
      new LiveTotals(PersistentMap.empty(), PersistentMap.empty(), 0, 0, 0);

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
    return lots(alone, symbol).of(side);
  }

  /** Lots of a side that trade before anything can be done about it. */
  long atMarket(Symbol symbol, Side side) {
    return lots(atMarket, symbol).of(side);
  }

  /** With one order in the place of another; null: of none. */
  LiveTotals replacing(Order.@Nullable Live before, Order.@Nullable Live after) {
    var without = before == null ? this : counting(before, -1);
    return after == null ? without : without.counting(after, 1);
  }

  private LiveTotals counting(Order.Live order, int times) {
    var terms = order.terms();
    var grouped = order.links().ocoGroup() != null;
    return new LiveTotals(
        grouped ? alone : moved(alone, terms, times * order.openQty().lots()),
        ReduceOnly.isAtTheMarket(order)
            ? moved(atMarket, terms, times * order.leavesQty().lots())
            : atMarket,
        siblings + (grouped ? times : 0),
        reduceOnly + (terms.reduceOnly() ? times : 0),
        triggers + (order.standing().hold() == Hold.TRIGGER ? times : 0));
  }

  private static PersistentMap<Symbol, Lots> moved(
      PersistentMap<Symbol, Lots> sums, Terms terms, long lots) {
    var now = lots(sums, terms.symbol()).plus(terms.side(), lots);
    return now.equals(Lots.NONE) ? sums.without(terms.symbol()) : sums.with(terms.symbol(), now);
  }

  private static Lots lots(PersistentMap<Symbol, Lots> sums, Symbol symbol) {
    var known = sums.get(symbol);
    return known == null ? Lots.NONE : known;
  }
}
