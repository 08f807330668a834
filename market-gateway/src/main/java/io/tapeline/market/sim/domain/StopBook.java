package io.tapeline.market.sim.domain;

import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The stops of one symbol that wait for their trigger: a trade at their level or beyond. Of those
 * that one trade reaches the nearest comes first, and of equal ones the older. A trailing stop
 * follows the trades that go its way, never back.
 */
final class StopBook {
  private final NavigableSet<DeskOrder> buys = new TreeSet<>(nearest(1));
  private final NavigableSet<DeskOrder> sells = new TreeSet<>(nearest(-1));
  private final Set<DeskOrder> trailing = new LinkedHashSet<>();

  private static Comparator<DeskOrder> nearest(int sign) {
    return Comparator.<DeskOrder>comparingLong(order -> sign * level(order))
        .thenComparingLong(order -> SimExchange.orderNo(order.venueOrderId));
  }

  /** Where a trailing stop begins that was given no level. */
  static Price firstLevel(Side side, long trail, Price lastPx) {
    return lastPx.plusTicks(side == Side.BUY ? trail : -trail);
  }

  boolean isEmpty() {
    return buys.isEmpty() && sells.isEmpty();
  }

  void add(DeskOrder order) {
    side(order).add(order);
    if (order.order.ordType() == OrdType.TRAILING_STOP) trailing.add(order);
  }

  void remove(DeskOrder order) {
    side(order).remove(order);
    trailing.remove(order);
  }

  /** Whether a trade at that price reaches an order. */
  static boolean isReached(DeskOrder order, long px) {
    return order.order.side() == Side.BUY ? px >= level(order) : px <= level(order);
  }

  /**
   * Something traded.
   *
   * @param trailed hears of every stop that followed
   * @return those that are reached, taken out
   */
  List<DeskOrder> traded(long px, Consumer<DeskOrder> trailed) {
    for (var order : trailing) follow(order, px, trailed);
    var reached = new ArrayList<DeskOrder>();
    takeReached(buys, px, reached);
    takeReached(sells, px, reached);
    return reached;
  }

  private void takeReached(NavigableSet<DeskOrder> side, long px, List<DeskOrder> reached) {
    while (!side.isEmpty() && isReached(side.first(), px)) {
      var order = side.first();
      remove(order);
      reached.add(order);
    }
  }

  private void follow(DeskOrder order, long px, Consumer<DeskOrder> trailed) {
    var trail = order.order.trail();
    if (trail == null) return;
    boolean buy = order.order.side() == Side.BUY;
    long level = buy ? px + trail : px - trail;
    boolean isCloser = buy ? level < level(order) : level > level(order);
    if (!isCloser) return;
    var side = side(order);
    side.remove(order);
    order.order = order.order.withStopPx(new Price(level));
    side.add(order);
    trailed.accept(order);
  }

  private NavigableSet<DeskOrder> side(DeskOrder order) {
    return order.order.side() == Side.BUY ? buys : sells;
  }

  private static long level(DeskOrder order) {
    var level = order.order.stopPx();
    if (level == null) throw new IllegalStateException("a stop without a level: " + order.order);
    return level.ticks();
  }
}
