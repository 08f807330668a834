package io.tapeline.market.book.domain;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The book of one contract, order by order, as a recording builds it. Orders at a price stand in
 * the order of their time. An order that moves to another price or grows goes to the end of its
 * queue; one that shrinks stays where it is.
 *
 * <p>Trades and fills change nothing here: what they take out of the book comes as a cancel or
 * modify of its own. Bids at or above asks are normal before an open.
 */
public final class OrderBook {
  private final BookSide bids = new BookSide(true);
  private final BookSide asks = new BookSide(false);
  private final OrderIndex orders = new OrderIndex();
  private final ArrayList<RestingOrder> spare = new ArrayList<>();
  private long nextPlace = 1;
  private long snapshot;
  private boolean inSnapshot;

  public BookSide bids() {
    return bids;
  }

  public BookSide asks() {
    return asks;
  }

  public int orders() {
    return orders.size();
  }

  public @Nullable RestingOrder find(long id) {
    return orders.get(id);
  }

  /** Whether a bid is at or above an ask, so that the venue cannot be matching. */
  public boolean isCrossed() {
    return !bids.isEmpty() && !asks.isEmpty() && bids.level(0).ticks() >= asks.level(0).ticks();
  }

  /** The place a new order would get: behind everything that is there now. */
  public long nextPlace() {
    return nextPlace;
  }

  /** Adds an order; says why when it cannot. */
  public @Nullable Unusable add(long id, boolean bid, long ticks, long lots) {
    if (lots == 0) return Unusable.NO_SIZE;
    var known = orders.get(id);
    if (known != null) {
      if (!inSnapshot) return Unusable.KNOWN_ORDER;
      known.snapshot = snapshot;
      if (known.isBid() == bid) return change(known, ticks, lots);
      drop(known);
    }
    var order = spare.isEmpty() ? new RestingOrder() : spare.removeLast();
    order.id = id;
    order.lots = lots;
    order.place = nextPlace++;
    order.taken = 0;
    order.filling = 0;
    order.snapshot = snapshot;
    side(bid).findOrAdd(ticks).append(order);
    orders.add(order);
    return null;
  }

  /** Gives an order a new price and size; says why when it cannot. */
  public @Nullable Unusable modify(long id, boolean bid, long ticks, long lots) {
    var order = orders.get(id);
    if (order == null) return Unusable.UNKNOWN_ORDER;
    if (order.isBid() != bid) return Unusable.WRONG_SIDE;
    if (lots == 0) {
      drop(order);
      return null;
    }
    return change(order, ticks, lots);
  }

  private @Nullable Unusable change(RestingOrder order, long ticks, long lots) {
    order.filling = 0;
    var level = levelOf(order);
    if (ticks == level.ticks && lots <= order.lots) {
      shrink(order, level, lots);
      return null;
    }
    boolean bid = level.bids;
    detach(order, level);
    order.lots = lots;
    order.taken = 0;
    order.place = nextPlace++;
    side(bid).findOrAdd(ticks).append(order);
    return null;
  }

  /** Takes lots from an order, all of them ending it; says why when it cannot wholly. */
  public @Nullable Unusable cancel(long id, boolean bid, long lots) {
    var order = orders.get(id);
    if (order == null) return Unusable.UNKNOWN_ORDER;
    if (order.isBid() != bid) return Unusable.WRONG_SIDE;
    if (lots < order.lots) {
      order.filling = 0;
      shrink(order, levelOf(order), order.lots - lots);
      return null;
    }
    boolean tooMuch = lots > order.lots;
    drop(order);
    return tooMuch ? Unusable.TOO_MUCH_CANCELED : null;
  }

  /** Empties the book. Within a snapshot this waits: what the snapshot has keeps its place. */
  public void clear() {
    if (inSnapshot) return;
    bids.clear();
    asks.clear();
    orders.clear();
    spare.clear();
  }

  /** A picture of the whole book begins: orders it does not have will be gone at its end. */
  public void beginSnapshot() {
    inSnapshot = true;
    snapshot++;
  }

  public void endSnapshot() {
    inSnapshot = false;
    dropUnseen(bids);
    dropUnseen(asks);
  }

  /** Notes that the desk took lots of an order. */
  public void take(RestingOrder order, long lots) {
    if (lots > order.available()) {
      throw new IllegalArgumentException(
          lots + " of " + order.available() + " lots of order " + order.id());
    }
    order.taken += lots;
  }

  private void dropUnseen(BookSide side) {
    for (int rank = side.size() - 1; rank >= 0; rank--) {
      var order = side.level(rank).first;
      while (order != null) {
        var next = order.behind;
        if (order.snapshot != snapshot) drop(order);
        order = next;
      }
    }
  }

  private static void shrink(RestingOrder order, BookLevel level, long lots) {
    level.lots -= order.lots - lots;
    order.lots = lots;
    order.taken = Math.min(order.taken, lots);
  }

  private void drop(RestingOrder order) {
    detach(order, levelOf(order));
    orders.remove(order.id);
    spare.add(order);
  }

  private void detach(RestingOrder order, BookLevel level) {
    level.remove(order);
    if (level.orders == 0) side(level.bids).remove(level);
  }

  private static BookLevel levelOf(RestingOrder order) {
    if (order.level == null) throw new IllegalStateException("order " + order.id + " has no level");
    return order.level;
  }

  private BookSide side(boolean bid) {
    return bid ? bids : asks;
  }
}
