package io.tapeline.market.exchange.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The wish that a working order go on with other terms.
 *
 * @param terms all of them, not a difference; {@code orderQty} in total, what is filled included
 *     (FIX 38). Quantity, price, stop price and trail may differ from the order's, nothing else
 * @param requestNo comes back with the answer
 */
public record ReplaceOrder(NewOrder terms, long requestNo) {
  public AccountId account() {
    return terms.account();
  }

  public ClOrdId clOrdId() {
    return terms.clOrdId();
  }

  /**
   * The answer that it does not.
   *
   * @param venueOrderId null where no such order is known
   */
  public ExchangeEvent.ReplaceRejected refused(
      @Nullable OrderId venueOrderId, String code, String text, Instant at) {
    return new ExchangeEvent.ReplaceRejected(
        account(), clOrdId(), venueOrderId, requestNo, code, text, at);
  }
}
