package io.tapeline.market.exchange.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The wish that an order end.
 *
 * @param requestNo comes back with a refusal
 */
public record CancelOrder(AccountId account, ClOrdId clOrdId, long requestNo) {
  /**
   * The answer that it does not.
   *
   * @param venueOrderId null where no such order is known
   */
  public ExchangeEvent.CancelRejected refused(
      @Nullable OrderId venueOrderId, String code, String text, Instant at) {
    return new ExchangeEvent.CancelRejected(
        account, clOrdId, venueOrderId, requestNo, code, text, at);
  }
}
