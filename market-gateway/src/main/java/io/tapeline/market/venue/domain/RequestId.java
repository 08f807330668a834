package io.tapeline.market.venue.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;

/** One request to the venue about one order; {@code requestNo} counts them from 1. */
public record RequestId(AccountId account, ClOrdId clOrdId, long requestNo) {}
