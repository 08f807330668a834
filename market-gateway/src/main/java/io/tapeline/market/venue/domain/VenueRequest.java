package io.tapeline.market.venue.domain;

import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import java.time.Instant;

/** What is asked of a venue about one order, once its intent is committed. */
public sealed interface VenueRequest {
  RequestId id();

  default AccountId account() {
    return id().account();
  }

  default ClOrdId clOrdId() {
    return id().clOrdId();
  }

  /**
   * A new order.
   *
   * @param sendBy past this instant (service clock) it must not be sent any more
   */
  record Place(RequestId id, NewOrder order, Instant sendBy) implements VenueRequest {
    public boolean isStale(Instant now) {
      return now.isAfter(sendBy);
    }
  }

  /** The wish that an order end. Never stale. */
  record Cancel(RequestId id) implements VenueRequest {}
}
