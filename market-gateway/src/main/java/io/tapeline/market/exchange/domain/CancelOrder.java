package io.tapeline.market.exchange.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;

/** The wish that an order end. */
public record CancelOrder(AccountId account, ClOrdId clOrdId) {}
