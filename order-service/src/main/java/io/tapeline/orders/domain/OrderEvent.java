package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TradingState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to an account's orders. */
public sealed interface OrderEvent {
  /**
   * Whether it counts for the order rate: a new order, but no leg that only waits; a change that
   * somebody asked for.
   */
  default boolean countsForRate() {
    return this instanceof OrderSubmitted
        || (this instanceof OrderHeld held && held.hold() == Hold.TRIGGER)
        || (this instanceof ReplaceRequested change && !change.by().equals(BracketFold.DESK));
  }

  /** An event about one order. */
  sealed interface OfOrder extends OrderEvent {
    ClOrdId clOrdId();
  }

  record OrderSubmitted(
      ClOrdId clOrdId,
      long requestNo,
      Terms terms,
      Links links,
      Instant sendBy,
      String commandId,
      String by)
      implements OfOrder {}

  /** A new order passed every check and is kept here; the venue does not know it. */
  record OrderHeld(
      ClOrdId clOrdId, Hold hold, Terms terms, Links links, String commandId, String by)
      implements OfOrder {}

  /**
   * A held order may be sent now, on these terms.
   *
   * @param why TRIGGERED, PARENT_FILLED or another reason in a word
   */
  record OrderReleased(
      ClOrdId clOrdId, long requestNo, VenueTerms terms, Instant sendBy, String why)
      implements OfOrder {}

  /** A change of a working order is to be sent; the terms are complete. */
  record ReplaceRequested(
      ClOrdId clOrdId,
      long requestNo,
      VenueTerms terms,
      Instant sendBy,
      @Nullable BigDecimal snappedFrom,
      String commandId,
      String by)
      implements OfOrder {}

  /** A change that waits until what is in flight about the order is answered. */
  record ReplaceQueued(
      ClOrdId clOrdId, Symbol symbol, Change change, Instant sendBy, String commandId, String by)
      implements OfOrder {}

  /**
   * The order has these terms now.
   *
   * @param requestNo the request that the venue confirmed; 0: nothing was asked of the venue
   * @param commandId of a change made here at once; {@code by} likewise
   */
  record OrderReplaced(
      ClOrdId clOrdId,
      long requestNo,
      @Nullable OrderId venueOrderId,
      Symbol symbol,
      Change change,
      @Nullable String commandId,
      @Nullable String by)
      implements OfOrder {}

  record ReplaceRejected(ClOrdId clOrdId, long requestNo, Order.VenueWords words)
      implements OfOrder {}

  /**
   * A change was not sent and never will be.
   *
   * @param requestNo 0: it was queued here
   */
  record ReplaceDropped(ClOrdId clOrdId, long requestNo, String reason) implements OfOrder {}

  /** The stop price of an order was reached. */
  record OrderTriggered(ClOrdId clOrdId) implements OfOrder {}

  /**
   * The venue took an execution back.
   *
   * @param lastQty as it was booked; zero: it never was, and now never will be
   */
  record FillBusted(
      ClOrdId clOrdId,
      ExecId execId,
      Symbol symbol,
      Side side,
      Qty lastQty,
      Price lastPx,
      @Nullable BigDecimal fee,
      @Nullable String venueText)
      implements OfOrder {}

  /** The venue corrected an execution: reversed as it was booked, booked anew as it is now. */
  record FillCorrected(
      ClOrdId clOrdId,
      ExecId execId,
      ExecId newExecId,
      Symbol symbol,
      Side side,
      Qty oldQty,
      Price oldPx,
      Qty newQty,
      Price newPx,
      @Nullable BigDecimal oldFee,
      @Nullable BigDecimal newFee,
      @Nullable BigDecimal newReportedPnl)
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
      @Nullable BigDecimal fee,
      @Nullable BigDecimal reportedPnl)
      implements OfOrder {}

  /**
   * The order left the venue's book, or was given up here while it was held.
   *
   * @param commandId of the cancel of a held order; {@code by} likewise
   */
  record OrderCanceled(
      ClOrdId clOrdId, Order.VenueWords words, @Nullable String commandId, @Nullable String by)
      implements OfOrder {}

  record CancelRejected(ClOrdId clOrdId, long requestNo, Order.VenueWords words)
      implements OfOrder {}

  record OrderExpired(ClOrdId clOrdId, String reason, @Nullable String text) implements OfOrder {}

  /**
   * An order of this account found on the venue that was not placed here.
   *
   * @param before as it was known already, where an execution told of it first: it may have left
   *     memory meanwhile, and must come to the same
   */
  record OrderAdopted(
      ClOrdId clOrdId, OrderId venueOrderId, Terms terms, @Nullable KnownBefore before)
      implements OfOrder {}

  /** What was known of an order before it was adopted once more. */
  record KnownBefore(long version, long createdSeq, Instant createdAt, Fills fills) {
    static KnownBefore of(Order.Placed order) {
      var revision = order.revision();
      return new KnownBefore(
          revision.version(), revision.createdSeq(), revision.createdAt(), order.fills());
    }
  }

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

  /** What the account may do from now on. */
  record TradingStateChanged(TradingState state, String reason, String commandId, String by)
      implements OrderEvent {}

  /** An event about more than one order. */
  sealed interface OfAccount extends OrderEvent {}

  /**
   * The venue took back or corrected an execution before it told of it.
   *
   * @param instead what stands in its place; null: nothing does
   */
  record RevisionNoted(
      OrderId venueOrderId, ExecId execId, @Nullable Instead instead, @Nullable String text)
      implements OfAccount {}

  /** An execution in the place of another; its price as the venue tells it. */
  record Instead(
      ExecId execId,
      Qty lastQty,
      BigDecimal lastPx,
      @Nullable BigDecimal fee,
      @Nullable BigDecimal reportedPnl) {}

  /** A risk rule allows no new risk any more. */
  record RiskLocked(RiskLock lock) implements OrderEvent {}

  /** The rule asks for nothing any more. */
  record RiskUnlocked(String lockId) implements OrderEvent {}

  /** A position is protected as it stands. */
  record BracketAttached(
      ClOrdId id,
      Instrument instrument,
      String venue,
      Side side,
      Qty qty,
      long basisQty,
      long basisTicks,
      BracketTerms bracket,
      String commandId,
      String by)
      implements OfAccount {}

  /** Siblings executed more than one of them was meant to. */
  record OcoOverfilled(
      String group,
      Symbol symbol,
      Side side,
      long excess,
      long restoreQty,
      @Nullable ClOrdId restoreClOrdId)
      implements OfAccount {}

  record FlattenStarted(String commandId, String by) implements OfAccount {}

  record FlattenStep(String commandId, Flatten.Step step, int attempt) implements OfAccount {}

  record FlattenEnded(String commandId, Flatten.Outcome outcome) implements OfAccount {}

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
