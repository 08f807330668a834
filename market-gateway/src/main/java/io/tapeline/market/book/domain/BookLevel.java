package io.tapeline.market.book.domain;

import org.jspecify.annotations.Nullable;

/** One price of one side: its orders in the order they will trade. */
public final class BookLevel {
  final boolean bids;
  final long ticks;
  @Nullable RestingOrder first;
  @Nullable RestingOrder last;
  long lots;
  int orders;

  BookLevel(boolean bids, long ticks) {
    this.bids = bids;
    this.ticks = ticks;
  }

  public long ticks() {
    return ticks;
  }

  public long lots() {
    return lots;
  }

  public int orders() {
    return orders;
  }

  /** The order that trades next. */
  public @Nullable RestingOrder first() {
    return first;
  }

  void append(RestingOrder order) {
    order.level = this;
    order.ahead = last;
    order.behind = null;
    if (last == null) first = order;
    else last.behind = order;
    last = order;
    lots += order.lots;
    orders++;
  }

  void remove(RestingOrder order) {
    if (order.ahead == null) first = order.behind;
    else order.ahead.behind = order.behind;
    if (order.behind == null) last = order.ahead;
    else order.behind.ahead = order.ahead;
    order.level = null;
    order.ahead = null;
    order.behind = null;
    lots -= order.lots;
    orders--;
  }

  /** Lots of the orders that stand before a place in the queue. */
  public long lotsBefore(long place) {
    long sum = 0;
    for (var order = first; order != null && order.place < place; order = order.behind) {
      sum += order.lots;
    }
    return sum;
  }
}
