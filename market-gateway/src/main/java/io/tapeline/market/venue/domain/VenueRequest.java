package io.tapeline.market.venue.domain;

import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import java.time.Instant;

/** What is asked of a venue about one order, once its intent is committed. */
public sealed interface VenueRequest {
  RequestId id();

  RequestKind kind();

  /** Whether it came too late to be sent. */
  boolean isStale(Instant now);

  default AccountId account() {
    return id().account();
  }

  default ClOrdId clOrdId() {
    return id().clOrdId();
  }

  /** What leads to new risk, and is sent in the order it was asked for. */
  sealed interface Work extends VenueRequest {
    /** Past this instant (service clock) it must not be sent any more. */
    Instant sendBy();

    @Override
    default boolean isStale(Instant now) {
      return now.isAfter(sendBy());
    }
  }

  /**
   * A new order. It brings its bracket where the venue keeps brackets and whoever asks leaves it to
   * the venue; order-service keeps its own so far and leaves none.
   */
  record Place(RequestId id, NewOrder order, Instant sendBy) implements Work {
    @Override
    public RequestKind kind() {
      return RequestKind.NEW;
    }
  }

  /**
   * The wish that a working order go on with other terms.
   *
   * @param terms complete, so that a venue that wants everything again can be told
   */
  record Replace(RequestId id, NewOrder terms, Instant sendBy) implements Work {
    @Override
    public RequestKind kind() {
      return RequestKind.REPLACE;
    }
  }

  /** The wish that an order end. Never stale. */
  record Cancel(RequestId id) implements VenueRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.CANCEL;
    }

    @Override
    public boolean isStale(Instant now) {
      return false;
    }
  }
}
