package io.tapeline.positions.store;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.WorkingOrder;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account's working orders as one column keeps them. */
final class OrderText {
  private OrderText() {}

  /** An order as it is kept. */
  record OrderColumns(
      String clOrdId,
      String symbol,
      Side side,
      long leavesQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      boolean reduceOnly,
      boolean inDoubt) {}

  static String of(Collection<WorkingOrder> orders) {
    return FoldRows.text(
        orders.stream()
            .map(
                order ->
                    new OrderColumns(
                        order.clOrdId().value(),
                        order.symbol().value(),
                        order.side(),
                        order.leavesQty(),
                        order.price(),
                        order.stopPx(),
                        order.reduceOnly(),
                        order.inDoubt()))
            .toList());
  }

  static Map<ClOrdId, WorkingOrder> read(String json) {
    var orders = new HashMap<ClOrdId, WorkingOrder>();
    for (var row : FoldRows.read(json, OrderColumns[].class)) {
      var clOrdId = new ClOrdId(row.clOrdId());
      orders.put(
          clOrdId,
          new WorkingOrder(
              clOrdId,
              new Symbol(row.symbol()),
              row.side(),
              row.leavesQty(),
              row.price(),
              row.stopPx(),
              row.reduceOnly(),
              row.inDoubt()));
    }
    return orders;
  }
}
