package io.tapeline.market.sim.domain;

import io.tapeline.market.sim.domain.BookOrder.Rest;
import io.tapeline.model.Side;
import org.jspecify.annotations.Nullable;

/**
 * Orders of the agents, which are used again once they are done: a market that runs for days leaves
 * no garbage behind. Lists of spare ones, linked through the orders.
 */
final class AgentOrders {
  /** Of an order that is spare: it may be given back by whoever filled it and by its owner. */
  private static final long SPARE = -1;

  private final @Nullable BookOrder[] spare = new BookOrder[4];

  BookOrder take(Side side, Rest rest, long limit, long lots) {
    int list = list(side, rest);
    var order = spare[list];
    if (order == null) return new BookOrder(side, BookOrder.NOBODY, rest, limit, lots);
    spare[list] = order.older;
    order.older = null;
    order.limit = limit;
    order.leaves = lots;
    return order;
  }

  /** An order that waits no longer. */
  void give(BookOrder order) {
    if (order.leaves == SPARE) return;
    if (order.isWaiting()) throw new IllegalStateException("an order that still waits");
    int list = list(order.side, order.rest);
    order.leaves = SPARE;
    order.older = spare[list];
    spare[list] = order;
  }

  private static int list(Side side, Rest rest) {
    int ofSide = side == Side.BUY ? 0 : 2;
    return switch (rest) {
      case WAITS -> ofSide;
      case ENDS -> ofSide + 1;
      case FORBIDDEN -> throw new IllegalArgumentException("no agent fills or kills");
    };
  }
}
