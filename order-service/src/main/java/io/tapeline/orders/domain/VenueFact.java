package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrderId;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a venue said, or the gateway on its behalf. We may disbelieve its timing, but never its
 * facts.
 */
public sealed interface VenueFact {
  record Accepted(ClOrdId clOrdId, OrderId venueOrderId) implements VenueFact {}

  record Rejected(ClOrdId clOrdId, Order.VenueWords words) implements VenueFact {}

  /**
   * An execution; without {@code clOrdId} of an order the desk never placed.
   *
   * @param reportedPnl what the venue says it has realised; it goes through here and decides
   *     nothing
   */
  record Filled(
      @Nullable ClOrdId clOrdId,
      OrderId venueOrderId,
      ExecId execId,
      Symbol symbol,
      Side side,
      Qty lastQty,
      BigDecimal lastPx,
      @Nullable BigDecimal fee,
      @Nullable BigDecimal reportedPnl)
      implements VenueFact {}

  record Canceled(@Nullable ClOrdId clOrdId, OrderId venueOrderId, Order.VenueWords words)
      implements VenueFact {}

  record CancelRejected(ClOrdId clOrdId, long requestNo, Order.VenueWords words)
      implements VenueFact {}

  /** The venue changed a working order; without {@code requestNo} nobody here asked. */
  record Replaced(
      @Nullable ClOrdId clOrdId,
      OrderId venueOrderId,
      @Nullable Long requestNo,
      Qty orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      @Nullable Long trail)
      implements VenueFact {}

  record ReplaceRejected(ClOrdId clOrdId, long requestNo, Order.VenueWords words)
      implements VenueFact {}

  /** A stop that lives on the venue was triggered. */
  record Triggered(@Nullable ClOrdId clOrdId, OrderId venueOrderId) implements VenueFact {}

  /** The venue took an execution back. */
  record Busted(
      @Nullable ClOrdId clOrdId, OrderId venueOrderId, ExecId execId, @Nullable String text)
      implements VenueFact {}

  /** The venue corrected an execution. */
  record Corrected(
      @Nullable ClOrdId clOrdId,
      OrderId venueOrderId,
      ExecId execId,
      ExecId newExecId,
      Qty lastQty,
      BigDecimal lastPx,
      @Nullable BigDecimal fee,
      @Nullable BigDecimal reportedPnl)
      implements VenueFact {}

  record Expired(ClOrdId clOrdId, String reason, @Nullable String text) implements VenueFact {}

  record NotSent(ClOrdId clOrdId, RequestKind kind, long requestNo, String reason)
      implements VenueFact {}

  record InDoubt(ClOrdId clOrdId, RequestKind kind, long requestNo, String why)
      implements VenueFact {}

  /** An order as the venue has it now. */
  record OrderKnown(
      @Nullable ClOrdId clOrdId,
      OrderId venueOrderId,
      @Nullable Long answersRequestNo,
      Terms terms,
      Qty cumQty,
      OrdStatus ordStatus)
      implements VenueFact {}

  /** Asked by client id, the venue does not know the order. */
  record OrderUnknown(
      ClOrdId clOrdId,
      RequestKind kind,
      long requestNo,
      long session,
      Instant sentAt,
      Instant sessionOpenedAt,
      Instant askedAt,
      Duration settle)
      implements VenueFact {
    /** Whether this "unknown" says anything: asked in a later session, and late enough. */
    boolean countsAsProof() {
      return sessionOpenedAt.isAfter(sentAt) && !askedAt.isBefore(sentAt.plus(settle));
    }
  }

  record ReconcileStarted(String venue, long session) implements VenueFact {}

  record ReconcileCompleted(
      String venue,
      long session,
      Set<String> openClOrdIds,
      int openOrders,
      int executions,
      List<OrderEvent.VenuePosition> positions)
      implements VenueFact {}
}
