package io.tapeline.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.model.TradingState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to an account's orders, as written on {@code orders.events.v1}; {@code type} is
 * the record's name.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TapeEvent.OrderSubmitted.class, name = "OrderSubmitted"),
  @JsonSubTypes.Type(value = TapeEvent.RequestDenied.class, name = "RequestDenied"),
  @JsonSubTypes.Type(value = TapeEvent.CancelRequested.class, name = "CancelRequested"),
  @JsonSubTypes.Type(value = TapeEvent.OrderHeld.class, name = "OrderHeld"),
  @JsonSubTypes.Type(value = TapeEvent.OrderReleased.class, name = "OrderReleased"),
  @JsonSubTypes.Type(value = TapeEvent.ReplaceRequested.class, name = "ReplaceRequested"),
  @JsonSubTypes.Type(value = TapeEvent.ReplaceQueued.class, name = "ReplaceQueued"),
  @JsonSubTypes.Type(value = TapeEvent.OrderReplaced.class, name = "OrderReplaced"),
  @JsonSubTypes.Type(value = TapeEvent.ReplaceRejected.class, name = "ReplaceRejected"),
  @JsonSubTypes.Type(value = TapeEvent.ReplaceDropped.class, name = "ReplaceDropped"),
  @JsonSubTypes.Type(value = TapeEvent.OrderTriggered.class, name = "OrderTriggered"),
  @JsonSubTypes.Type(value = TapeEvent.FillBusted.class, name = "FillBusted"),
  @JsonSubTypes.Type(value = TapeEvent.FillCorrected.class, name = "FillCorrected"),
  @JsonSubTypes.Type(value = TapeEvent.RevisionNoted.class, name = "RevisionNoted"),
  @JsonSubTypes.Type(value = TapeEvent.OrderAccepted.class, name = "OrderAccepted"),
  @JsonSubTypes.Type(value = TapeEvent.OrderRejected.class, name = "OrderRejected"),
  @JsonSubTypes.Type(value = TapeEvent.OrderFilled.class, name = "OrderFilled"),
  @JsonSubTypes.Type(value = TapeEvent.OrderCanceled.class, name = "OrderCanceled"),
  @JsonSubTypes.Type(value = TapeEvent.CancelRejected.class, name = "CancelRejected"),
  @JsonSubTypes.Type(value = TapeEvent.OrderExpired.class, name = "OrderExpired"),
  @JsonSubTypes.Type(value = TapeEvent.OrderAdopted.class, name = "OrderAdopted"),
  @JsonSubTypes.Type(value = TapeEvent.RequestInDoubt.class, name = "RequestInDoubt"),
  @JsonSubTypes.Type(value = TapeEvent.RequestUnknownToVenue.class, name = "RequestUnknownToVenue"),
  @JsonSubTypes.Type(value = TapeEvent.DoubtResolved.class, name = "DoubtResolved"),
  @JsonSubTypes.Type(value = TapeEvent.TradingStateChanged.class, name = "TradingStateChanged"),
  @JsonSubTypes.Type(value = TapeEvent.RiskLocked.class, name = "RiskLocked"),
  @JsonSubTypes.Type(value = TapeEvent.RiskUnlocked.class, name = "RiskUnlocked"),
  @JsonSubTypes.Type(value = TapeEvent.BracketAttached.class, name = "BracketAttached"),
  @JsonSubTypes.Type(value = TapeEvent.OcoOverfilled.class, name = "OcoOverfilled"),
  @JsonSubTypes.Type(value = TapeEvent.FlattenStarted.class, name = "FlattenStarted"),
  @JsonSubTypes.Type(value = TapeEvent.FlattenStep.class, name = "FlattenStep"),
  @JsonSubTypes.Type(value = TapeEvent.FlattenEnded.class, name = "FlattenEnded"),
  @JsonSubTypes.Type(value = TapeEvent.ReconciliationStarted.class, name = "ReconciliationStarted"),
  @JsonSubTypes.Type(
      value = TapeEvent.ReconciliationCompleted.class,
      name = "ReconciliationCompleted"),
})
public sealed interface TapeEvent {
  /**
   * A new order passed every check and may be sent to the venue.
   *
   * @param requestNo numbers the requests to the venue about one order, from 1
   * @param tickSize with {@code tickValue} and {@code currency} all that is needed to price it for
   *     ever
   * @param sendBy past this instant (service clock) it must not be sent any more
   * @param commandId idempotency key of the command
   * @param by who asked
   */
  record OrderSubmitted(
      String clOrdId,
      long requestNo,
      String symbol,
      Side side,
      OrdType ordType,
      TimeInForce timeInForce,
      long orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      @Nullable Long trail,
      @Nullable Instant expireAt,
      boolean reduceOnly,
      @Nullable String strategy,
      @Nullable BigDecimal snappedFrom,
      BigDecimal tickSize,
      BigDecimal tickValue,
      String currency,
      String venue,
      Instant sendBy,
      String commandId,
      String by,
      @Nullable OrderLinks links)
      implements TapeEvent, OrderTerms {}

  /**
   * How an order belongs to others; absent on one that stands alone.
   *
   * @param role ENTRY, STOP_LOSS, TAKE_PROFIT, or STANDALONE in an OCO group of its own
   * @param parentClOrdId the entry of a bracket's leg
   * @param ocoGroup siblings that shrink with each other's fills
   * @param bracket what is to protect an entry once it fills
   */
  record OrderLinks(
      String role,
      @Nullable String parentClOrdId,
      @Nullable String ocoGroup,
      @Nullable BracketTerms bracket) {}

  /**
   * The legs of a bracket as they were asked for.
   *
   * @param breakevenAfterTicks whole ticks in favour after which the stop-loss moves to the average
   *     entry price
   */
  record BracketTerms(
      List<Leg> takeProfit, @Nullable Leg stopLoss, @Nullable Long breakevenAfterTicks) {
    /**
     * One leg, by distance or by price: exactly one of the two.
     *
     * @param ticks whole ticks from the average fill price
     * @param qty lots; null: an equal share of what no other leg takes
     * @param trail whole ticks, where a stop-loss trails
     */
    public record Leg(
        @Nullable Long ticks,
        @Nullable BigDecimal price,
        @Nullable Long qty,
        @Nullable Long trail) {}
  }

  /**
   * A new order passed every check and is kept here: its trigger is watched for, or its entry is
   * not filled yet. The venue does not know it.
   *
   * @param reason TRIGGER or PARENT: what it waits for
   */
  record OrderHeld(
      String clOrdId,
      String reason,
      String symbol,
      Side side,
      OrdType ordType,
      TimeInForce timeInForce,
      long orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      @Nullable Long trail,
      @Nullable Instant expireAt,
      boolean reduceOnly,
      @Nullable String strategy,
      @Nullable BigDecimal snappedFrom,
      BigDecimal tickSize,
      BigDecimal tickValue,
      String currency,
      String venue,
      String commandId,
      String by,
      @Nullable OrderLinks links)
      implements TapeEvent, OrderTerms {}

  /**
   * A held order may be sent to the venue now, on these terms.
   *
   * @param ordType as the venue is to have it: a triggered stop becomes a market order
   * @param orderQty lots to send
   * @param why TRIGGERED, PARENT_FILLED or another reason in a word
   */
  record OrderReleased(
      String clOrdId,
      long requestNo,
      String symbol,
      Side side,
      OrdType ordType,
      TimeInForce timeInForce,
      long orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      @Nullable Long trail,
      @Nullable Instant expireAt,
      BigDecimal tickSize,
      BigDecimal tickValue,
      String currency,
      Instant sendBy,
      String why)
      implements TapeEvent, OrderTerms {}

  /**
   * A change of a working order is to be sent; the terms are complete, not a difference.
   *
   * @param orderQty total lots, those filled included (FIX 38)
   * @param sendBy past this instant (service clock) it must not be sent any more
   */
  record ReplaceRequested(
      String clOrdId,
      long requestNo,
      String symbol,
      Side side,
      OrdType ordType,
      TimeInForce timeInForce,
      long orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      @Nullable Long trail,
      @Nullable Instant expireAt,
      BigDecimal tickSize,
      BigDecimal tickValue,
      String currency,
      Instant sendBy,
      @Nullable BigDecimal snappedFrom,
      String commandId,
      String by)
      implements TapeEvent, OrderTerms {}

  /**
   * A change that waits here until what is in flight about the order is answered; a later one takes
   * its place. It gets a request number when it is requested.
   *
   * @param orderQty total lots, those filled included (FIX 38)
   * @param sendBy past this instant (service clock) it is dropped
   */
  record ReplaceQueued(
      String clOrdId,
      long orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      @Nullable Long trail,
      Instant sendBy,
      @Nullable BigDecimal snappedFrom,
      String commandId,
      String by)
      implements TapeEvent {}

  /**
   * The order has these terms now: confirmed by the venue, or changed here where the venue does not
   * have it.
   *
   * @param requestNo the request that was confirmed; 0: nothing was asked of the venue
   * @param venueOrderId where the venue gave it a new one
   * @param commandId of a change made here at once; {@code by} likewise
   */
  record OrderReplaced(
      String clOrdId,
      long requestNo,
      @Nullable String venueOrderId,
      long orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      @Nullable Long trail,
      @Nullable BigDecimal snappedFrom,
      @Nullable String commandId,
      @Nullable String by)
      implements TapeEvent {}

  /** The venue refused a change; the order stands as it was. */
  record ReplaceRejected(
      String clOrdId, long requestNo, @Nullable String venueCode, @Nullable String venueText)
      implements TapeEvent {}

  /**
   * A change was not sent and never will be; the order stands as it was.
   *
   * @param requestNo 0: it was queued here
   * @param reason UNSENT: it did not leave in time; or why it no longer fits the order
   */
  record ReplaceDropped(String clOrdId, long requestNo, String reason) implements TapeEvent {}

  /** The stop price of an order was reached. */
  record OrderTriggered(String clOrdId) implements TapeEvent {}

  /**
   * The venue took an execution back.
   *
   * @param execId of the execution that was booked
   * @param lastQty as it was booked; {@code lastPx} and {@code fee} likewise
   */
  record FillBusted(
      String clOrdId,
      String execId,
      String symbol,
      Side side,
      long lastQty,
      BigDecimal lastPx,
      @Nullable BigDecimal fee,
      @Nullable String venueText)
      implements TapeEvent {}

  /**
   * The venue corrected an execution: reversed as it was booked, booked anew as it is now.
   *
   * @param execId of the execution that was booked
   * @param newExecId of what stands in its place
   * @param newReportedPnl what the venue says this one has realised; null where it says nothing
   */
  record FillCorrected(
      String clOrdId,
      String execId,
      String newExecId,
      String symbol,
      Side side,
      long oldQty,
      BigDecimal oldPx,
      long newQty,
      BigDecimal newPx,
      @Nullable BigDecimal oldFee,
      @Nullable BigDecimal newFee,
      @Nullable BigDecimal newReportedPnl)
      implements TapeEvent {}

  /**
   * The venue took back or corrected an execution that it has not told yet. Kept until it does:
   * then the execution is booked and revised at once.
   *
   * @param newExecId with {@code newQty}, {@code newPx}, {@code newFee} and {@code newReportedPnl}
   *     what stands in its place; all null: nothing does
   */
  record RevisionNoted(
      String venueOrderId,
      String execId,
      @Nullable String newExecId,
      @Nullable Long newQty,
      @Nullable BigDecimal newPx,
      @Nullable BigDecimal newFee,
      @Nullable String venueText,
      @Nullable BigDecimal newReportedPnl)
      implements TapeEvent {}

  /**
   * We refused a request; the venue never saw it.
   *
   * @param kind what was asked: NEW, REPLACE or CANCEL
   * @param clOrdId the order it concerned
   * @param order what was asked for, where the request was a new order
   * @param count how many such denials this one stands for (order-rate denials are written once a
   *     second)
   */
  record RequestDenied(
      RequestKind kind,
      String clOrdId,
      @Nullable RequestedOrder order,
      String reason,
      String detail,
      Map<String, String> params,
      long count,
      String commandId,
      String by)
      implements TapeEvent {}

  /** The terms of an order that was asked for. */
  record RequestedOrder(
      String symbol,
      Side side,
      OrdType ordType,
      TimeInForce timeInForce,
      long orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      boolean reduceOnly,
      @Nullable String strategy,
      @Nullable Long trail,
      @Nullable Instant expireAt) {}

  /** A cancel is to be sent. Cancels never go stale. */
  record CancelRequested(String clOrdId, long requestNo, String commandId, String by)
      implements TapeEvent {}

  record OrderAccepted(String clOrdId, String venueOrderId) implements TapeEvent {}

  record OrderRejected(String clOrdId, @Nullable String venueCode, @Nullable String venueText)
      implements TapeEvent {}

  /**
   * An execution, booked once by its execId.
   *
   * @param fee what the venue reported; null where it does not
   * @param reportedPnl what the venue says it has realised, before fees; null where it says
   *     nothing, as of an execution that only opens
   */
  record OrderFilled(
      String clOrdId,
      String execId,
      @Nullable String venueOrderId,
      String symbol,
      Side side,
      long lastQty,
      BigDecimal lastPx,
      @Nullable BigDecimal fee,
      @Nullable BigDecimal reportedPnl)
      implements TapeEvent {}

  /**
   * The order left the venue's book, or was given up here while it was held.
   *
   * @param venueCode why, in the venue's words, when nobody here asked for it
   * @param commandId of the cancel of a held order; {@code by} likewise
   */
  record OrderCanceled(
      String clOrdId,
      @Nullable String venueCode,
      @Nullable String venueText,
      @Nullable String commandId,
      @Nullable String by)
      implements TapeEvent {}

  record CancelRejected(
      String clOrdId, long requestNo, @Nullable String venueCode, @Nullable String venueText)
      implements TapeEvent {}

  /**
   * The order ended without the venue refusing it.
   *
   * @param reason UNSENT: it never left in time; TIME_IN_FORCE: its time ran out; REPLAY_SEEK: the
   *     recording was rewound
   */
  record OrderExpired(String clOrdId, String reason, @Nullable String text) implements TapeEvent {}

  /**
   * An order of this account found on the venue that was not placed here; the id is derived from
   * the venue's.
   *
   * @param before what was known of it already, where an execution told of it first
   */
  record OrderAdopted(
      String clOrdId,
      String venueOrderId,
      String symbol,
      Side side,
      OrdType ordType,
      TimeInForce timeInForce,
      long orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      BigDecimal tickSize,
      BigDecimal tickValue,
      String currency,
      String venue,
      @Nullable KnownBefore before)
      implements TapeEvent, OrderTerms {}

  /**
   * An adopted order as it was first known.
   *
   * @param createdSeq the event it was first known by, made at {@code createdAt}
   * @param bustedQty lots that were executed and taken back
   */
  record KnownBefore(
      long version,
      long createdSeq,
      Instant createdAt,
      long bustedQty,
      List<KnownExecution> executions) {}

  /**
   * An execution of an adopted order.
   *
   * @param stands false where the venue took it back
   */
  record KnownExecution(
      String execId, long lastQty, BigDecimal lastPx, @Nullable BigDecimal fee, boolean stands) {}

  /**
   * It is not known whether the venue received the request. The gateway asks until this is
   * resolved.
   */
  record RequestInDoubt(String clOrdId, RequestKind kind, long requestNo, String why)
      implements TapeEvent {}

  /**
   * Asked by client id, the venue said it does not know the order. Proof only the second time, in a
   * session opened after the send and after the venue's settle time.
   */
  record RequestUnknownToVenue(
      String clOrdId,
      long requestNo,
      long session,
      Instant sessionOpenedAt,
      Instant askedAt,
      boolean countsAsProof)
      implements TapeEvent {}

  /**
   * The doubt is over.
   *
   * @param outcome ARRIVED or NEVER_ARRIVED
   * @param by VENUE, or the admin who resolved it
   */
  record DoubtResolved(
      String clOrdId,
      RequestKind kind,
      long requestNo,
      String outcome,
      String by,
      @Nullable String reason)
      implements TapeEvent {}

  /** What the account may do from now on: everything, only reduce, or nothing but cancel. */
  record TradingStateChanged(TradingState state, String reason, String commandId, String by)
      implements TapeEvent {}

  /**
   * A risk rule allows no new risk any more; nobody at the desk can undo it.
   *
   * @param lockId of the rule's decision
   * @param tier BLOCK; LIQUIDATE or LOCK: the account is made flat, too
   * @param reason the denial that new risk is answered with
   * @param until venue time before which it does not end; null: it ends when the rule says so
   * @param asOfSeq the account's event the rule had seen last
   */
  record RiskLocked(
      String lockId, String tier, String reason, String rule, @Nullable Instant until, long asOfSeq)
      implements TapeEvent {}

  /** The rule asks for nothing any more. */
  record RiskUnlocked(String lockId) implements TapeEvent {}

  /**
   * A position as it stands is protected from now on; its legs follow as orders that are held.
   *
   * @param id of the bracket, the beginning of its legs' names
   * @param side BUY where bought lots are protected
   * @param qty lots to protect
   * @param basisQty with {@code basisTicks}, the sum of whole ticks x lots, the average price that
   *     distances are counted from
   */
  record BracketAttached(
      String id,
      String symbol,
      Side side,
      long qty,
      long basisQty,
      long basisTicks,
      BracketTerms bracket,
      BigDecimal tickSize,
      BigDecimal tickValue,
      String currency,
      String venue,
      String commandId,
      String by)
      implements TapeEvent {}

  /**
   * Siblings of which one was meant to trade were executed beyond that: the cancel of one came too
   * late.
   *
   * @param group of the siblings; the entry's id where they are legs of a bracket
   * @param side of the orders that executed too much
   * @param excess lots too many
   * @param restoreQty lots ordered back, by the order {@code restoreClOrdId}; 0: none
   */
  record OcoOverfilled(
      String group,
      String symbol,
      Side side,
      long excess,
      long restoreQty,
      @Nullable String restoreClOrdId)
      implements TapeEvent {}

  /** The account is to become flat: everything is cancelled first. */
  record FlattenStarted(String commandId, String by) implements TapeEvent {}

  /**
   * The next step of it.
   *
   * @param step CANCELING or CLOSING
   * @param attempt from 1
   */
  record FlattenStep(String commandId, String step, int attempt) implements TapeEvent {}

  /**
   * It is over.
   *
   * @param outcome FLAT or FAILED
   */
  record FlattenEnded(String commandId, String outcome) implements TapeEvent {}

  /**
   * Orders and executions are being compared with the venue; until completed no new risk is taken.
   */
  record ReconciliationStarted(String venue, long session) implements TapeEvent {}

  record ReconciliationCompleted(
      String venue,
      long session,
      int openOrders,
      int executions,
      List<VenueReport.VenuePosition> positions)
      implements TapeEvent {}
}
