package io.tapeline.market.sim.domain;

import io.tapeline.market.sim.domain.BookOrder.Rest;
import io.tapeline.market.sim.domain.OrderBook.Outcome;
import io.tapeline.model.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rules of the matching engine a second time, as slowly and plainly as possible: a list of
 * orders, sorted anew for every question.
 */
final class NaiveMatcher {
  record Match(long resting, long aggressor, long px, long lots) {}

  static final class Order {
    final long id;
    final Side side;
    final int owner;
    final Rest rest;
    long limit;
    long leaves;
    long arrived;

    Order(long id, Side side, int owner, Rest rest, long limit, long leaves) {
      this.id = id;
      this.side = side;
      this.owner = owner;
      this.rest = rest;
      this.limit = limit;
      this.leaves = leaves;
    }
  }

  final List<Match> matches = new ArrayList<>();
  private final List<Order> waiting = new ArrayList<>();
  private long arrivals;

  Outcome submit(Order order) {
    if (order.rest == Rest.FORBIDDEN) {
      long reachable = 0;
      for (var other : inReachOf(order)) {
        if (order.owner != 0 && other.owner == order.owner) break;
        reachable += other.leaves;
      }
      if (reachable < order.leaves) return Outcome.NOT_FILLABLE;
    }
    for (var other : inReachOf(order)) {
      if (order.leaves == 0) break;
      if (order.owner != 0 && other.owner == order.owner) return Outcome.SELF_TRADE;
      long lots = Math.min(order.leaves, other.leaves);
      order.leaves -= lots;
      other.leaves -= lots;
      if (other.leaves == 0) waiting.remove(other);
      matches.add(new Match(other.id, order.id, other.limit, lots));
    }
    if (order.leaves == 0) return Outcome.FILLED;
    if (order.rest != Rest.WAITS) return Outcome.REST_ENDED;
    order.arrived = arrivals++;
    waiting.add(order);
    return Outcome.WAITS;
  }

  boolean cancel(Order order) {
    return waiting.remove(order);
  }

  Outcome replace(Order order, long limit, long leaves) {
    boolean keepsPlace = limit == order.limit && leaves <= order.leaves;
    order.limit = limit;
    order.leaves = leaves;
    if (keepsPlace) return Outcome.WAITS;
    waiting.remove(order);
    return submit(order);
  }

  boolean isWaiting(Order order) {
    return waiting.contains(order);
  }

  long lotsAt(Side side, long px) {
    return waiting.stream()
        .filter(order -> order.side == side && order.limit == px)
        .mapToLong(order -> order.leaves)
        .sum();
  }

  int ordersAt(Side side, long px) {
    return (int) waiting.stream().filter(order -> order.side == side && order.limit == px).count();
  }

  List<Long> prices(Side side) {
    var lowestFirst = Comparator.<Long>naturalOrder();
    return waiting.stream()
        .filter(order -> order.side == side)
        .map(order -> order.limit)
        .distinct()
        .sorted(side == Side.BUY ? lowestFirst.reversed() : lowestFirst)
        .toList();
  }

  private List<Order> inReachOf(Order order) {
    Comparator<Order> cheapestFirst = Comparator.comparingLong(other -> other.limit);
    return waiting.stream()
        .filter(other -> other.side != order.side)
        .filter(
            other ->
                order.side == Side.BUY ? other.limit <= order.limit : other.limit >= order.limit)
        .sorted(
            (order.side == Side.BUY ? cheapestFirst : cheapestFirst.reversed())
                .thenComparingLong(other -> other.arrived))
        .toList();
  }
}
