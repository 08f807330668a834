package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to an account's orders. */
public sealed interface OrderEvent {
  /** An event about one order. */
  sealed interface OfOrder extends OrderEvent {
    ClOrdId clOrdId();
  }

  record OrderSubmitted(
      ClOrdId clOrdId, long requestNo, Terms terms, Instant sendBy, String commandId, String by)
      implements OfOrder {}

  /**
   * We refused a request.
   *
   * @param draft the new order that was asked for, where it leaves a row behind
   */
  record RequestDenied(
      RequestKind kind,
      ClOrdId clOrdId,
      @Nullable Draft draft,
      Denial denial,
      long count,
      String commandId,
      String by)
      implements OfOrder {}

  record CancelRequested(ClOrdId clOrdId, long requestNo, String commandId, String by)
      implements OfOrder {}

  record OrderAccepted(ClOrdId clOrdId, OrderId venueOrderId) implements OfOrder {}

  record OrderRejected(ClOrdId clOrdId, Order.VenueWords words) implements OfOrder {}

  record OrderFilled(
      ClOrdId clOrdId,
      ExecId execId,
      @Nullable OrderId venueOrderId,
      Symbol symbol,
      Side side,
      Qty lastQty,
      Price lastPx,
      @Nullable BigDecimal fee)
      implements OfOrder {}

  record OrderCanceled(ClOrdId clOrdId, Order.VenueWords words) implements OfOrder {}

  record CancelRejected(ClOrdId clOrdId, long requestNo, Order.VenueWords words)
      implements OfOrder {}

  record OrderExpired(ClOrdId clOrdId, String reason, @Nullable String text) implements OfOrder {}

  /** An order of this account found on the venue that was not placed here. */
  record OrderAdopted(ClOrdId clOrdId, OrderId venueOrderId, Terms terms) implements OfOrder {}

  record RequestInDoubt(ClOrdId clOrdId, RequestKind kind, long requestNo, String why)
      implements OfOrder {}

  record RequestUnknownToVenue(
      ClOrdId clOrdId,
      long requestNo,
      long session,
      Instant sessionOpenedAt,
      Instant askedAt,
      boolean countsAsProof)
      implements OfOrder {}

  record DoubtResolved(
      ClOrdId clOrdId,
      RequestKind kind,
      long requestNo,
      Outcome outcome,
      String by,
      @Nullable String reason)
      implements OfOrder {}

  record ReconciliationStarted(String venue, long session) implements OrderEvent {}

  record ReconciliationCompleted(
      String venue, long session, int openOrders, int executions, List<VenuePosition> positions)
      implements OrderEvent {}

  /** How a doubt ended. */
  enum Outcome {
    ARRIVED,
    NEVER_ARRIVED
  }

  /** The venue's own view of a position, in signed lots. */
  record VenuePosition(String symbol, long netQty) {}
}
