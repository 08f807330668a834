package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.Exchange;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.model.OrdStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders that worked in an earlier life of a replay, of which this one knows nothing. */
final class Leftovers {
  static final String RECORDING_CHANGED = "RECORDING_CHANGED";

  /** Code of the end of orders that worked when the recording was wound. */
  static final String REPLAY_SEEK = "REPLAY_SEEK";

  private Leftovers() {}

  /**
   * They end, EXPIRED.
   *
   * @param seek where the recording was wound to; null: another one is played
   */
  static List<OrderState> expired(
      PracticeMemory memory, Exchange exchange, @Nullable Instant seek) {
    return memory.workingOrders().stream()
        .filter(order -> exchange.find(order.order().account(), order.order().clOrdId()).isEmpty())
        .map(
            order ->
                new OrderState(
                    order.order(),
                    order.triggered(),
                    order.venueOrderId(),
                    OrdStatus.EXPIRED,
                    order.cumQty(),
                    order.fills(),
                    seek == null ? RECORDING_CHANGED : REPLAY_SEEK,
                    seek == null
                        ? "the exchange plays another recording now"
                        : "the recording was wound to " + seek,
                    order.venueTime()))
        .toList();
  }
}
