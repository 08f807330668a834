package io.tapeline.orders.http;

import io.tapeline.model.ClOrdId;
import io.tapeline.orders.domain.OrderCommand;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A change of an order as it is asked for over REST; what is null or left out stays as it is. */
record ReplaceRequest(
    @Nullable Long expectedVersion,
    @Nullable BigDecimal price,
    @Nullable BigDecimal stopPx,
    @Nullable Long trail,
    @Nullable Long orderQty,
    @Nullable Boolean strict) {
  OrderCommand.ReplaceOrder command(ClOrdId clOrdId, String commandId, String by) {
    if (expectedVersion == null) throw new MalformedRequestException("expectedVersion is missing");
    if (price == null && stopPx == null && trail == null && orderQty == null)
      throw new MalformedRequestException("one of price, stopPx, trail, orderQty is needed");
    return new OrderCommand.ReplaceOrder(
        clOrdId,
        expectedVersion,
        OrderRequest.plain("price", price),
        OrderRequest.plain("stopPx", stopPx),
        trail,
        orderQty,
        Boolean.TRUE.equals(strict),
        commandId,
        by);
  }
}
