package io.tapeline.market.exchange.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;

/**
 * The wish that an order end.
 *
 * @param requestNo comes back with a refusal
 */
public record CancelOrder(AccountId account, ClOrdId clOrdId, long requestNo) {}
