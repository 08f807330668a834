package io.tapeline.market.exchange.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;

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
}
