package io.tapeline.orders.domain;

import io.tapeline.model.OrderId;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.OrderEvent.OrderReplaced;
import io.tapeline.orders.domain.OrderEvent.ReplaceDropped;
import org.jspecify.annotations.Nullable;

/** Changes of working orders: one at a time is on its way, the next one waits here. */
final class Replacing {
  private Replacing() {}

  static OrderReplaced confirmed(
      Live live, long requestNo, @Nullable OrderId venueOrderId, Change change) {
    return new OrderReplaced(
        live.clOrdId(), requestNo, venueOrderId, live.terms().symbol(), change, null, null);
  }

  static ReplaceDropped dropped(Live live, long requestNo, String reason) {
    return new ReplaceDropped(live.clOrdId(), requestNo, reason);
  }
}
