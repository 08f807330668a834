package io.tapeline.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a venue, or the gateway on its behalf, can say about an account; {@code type} is the
 * record's name.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = VenueReport.Accepted.class, name = "Accepted"),
  @JsonSubTypes.Type(value = VenueReport.Rejected.class, name = "Rejected"),
  @JsonSubTypes.Type(value = VenueReport.Filled.class, name = "Filled"),
  @JsonSubTypes.Type(value = VenueReport.Canceled.class, name = "Canceled"),
  @JsonSubTypes.Type(value = VenueReport.CancelRejected.class, name = "CancelRejected"),
  @JsonSubTypes.Type(value = VenueReport.Replaced.class, name = "Replaced"),
  @JsonSubTypes.Type(value = VenueReport.ReplaceRejected.class, name = "ReplaceRejected"),
  @JsonSubTypes.Type(value = VenueReport.Triggered.class, name = "Triggered"),
  @JsonSubTypes.Type(value = VenueReport.Busted.class, name = "Busted"),
  @JsonSubTypes.Type(value = VenueReport.Corrected.class, name = "Corrected"),
  @JsonSubTypes.Type(value = VenueReport.Expired.class, name = "Expired"),
  @JsonSubTypes.Type(value = VenueReport.NotSent.class, name = "NotSent"),
  @JsonSubTypes.Type(value = VenueReport.InDoubt.class, name = "InDoubt"),
  @JsonSubTypes.Type(value = VenueReport.OrderKnown.class, name = "OrderKnown"),
  @JsonSubTypes.Type(value = VenueReport.OrderUnknown.class, name = "OrderUnknown"),
  @JsonSubTypes.Type(value = VenueReport.ReconcileStarted.class, name = "ReconcileStarted"),
  @JsonSubTypes.Type(value = VenueReport.ReconcileCompleted.class, name = "ReconcileCompleted"),
})
public sealed interface VenueReport {
  record Accepted(String clOrdId, String venueOrderId) implements VenueReport {}

  record Rejected(String clOrdId, @Nullable String venueCode, @Nullable String venueText)
      implements VenueReport {}

  /**
   * An execution. {@code clOrdId} is null for an order the desk never placed; then {@code
   * venueOrderId} says which.
   *
   * @param fee in the instrument's currency, where the venue reports it
   * @param reportedPnl what the venue says it has realised, before fees, likewise; null where it
   *     says nothing, as of an execution that only opens
   */
  record Filled(
      @Nullable String clOrdId,
      String venueOrderId,
      String execId,
      String symbol,
      Side side,
      long lastQty,
      BigDecimal lastPx,
      @Nullable BigDecimal fee,
      @Nullable BigDecimal reportedPnl)
      implements VenueReport {}

  record Canceled(
      @Nullable String clOrdId,
      String venueOrderId,
      @Nullable String venueCode,
      @Nullable String venueText)
      implements VenueReport {}

  record CancelRejected(
      String clOrdId, long requestNo, @Nullable String venueCode, @Nullable String venueText)
      implements VenueReport {}

  /**
   * The venue changed a working order.
   *
   * @param clOrdId null for an order the desk never placed
   * @param requestNo the request it answers; null where nobody here asked
   * @param venueOrderId a new one where the venue chains ids
   * @param orderQty total lots, those filled included
   */
  record Replaced(
      @Nullable String clOrdId,
      String venueOrderId,
      @Nullable Long requestNo,
      long orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      @Nullable Long trail)
      implements VenueReport {}

  /** The venue refused a change; the order stands there as it was. */
  record ReplaceRejected(
      String clOrdId, long requestNo, @Nullable String venueCode, @Nullable String venueText)
      implements VenueReport {}

  /** A stop that lives on the venue was triggered. */
  record Triggered(@Nullable String clOrdId, String venueOrderId) implements VenueReport {}

  /** The venue took an execution back. */
  record Busted(
      @Nullable String clOrdId, String venueOrderId, String execId, @Nullable String venueText)
      implements VenueReport {}

  /**
   * The venue corrected an execution.
   *
   * @param execId of the execution that no longer stands
   * @param newExecId of what stands in its place
   * @param reportedPnl as {@link Filled#reportedPnl}, of what stands in its place
   */
  record Corrected(
      @Nullable String clOrdId,
      String venueOrderId,
      String execId,
      String newExecId,
      long lastQty,
      BigDecimal lastPx,
      @Nullable BigDecimal fee,
      @Nullable BigDecimal reportedPnl)
      implements VenueReport {}

  /** The venue ended the order because its time ran out. */
  record Expired(String clOrdId, String reason, @Nullable String venueText)
      implements VenueReport {}

  /** The request was not sent and never will be: it was stale, or a cancel came before it. */
  record NotSent(String clOrdId, RequestKind kind, long requestNo, String reason)
      implements VenueReport {}

  /** The request may or may not have reached the venue. */
  record InDoubt(String clOrdId, RequestKind kind, long requestNo, String why)
      implements VenueReport {}

  /**
   * An order as the venue has it now: the answer about one in doubt, or part of a reconciliation.
   *
   * @param clOrdId null for an order the desk never placed
   * @param answersRequestNo the request in doubt that was asked about; null in a reconciliation
   * @param tickSize with {@code tickValue} and {@code currency} so that an unknown order can be
   *     adopted
   */
  record OrderKnown(
      @Nullable String clOrdId,
      String venueOrderId,
      @Nullable Long answersRequestNo,
      String symbol,
      Side side,
      OrdType ordType,
      TimeInForce timeInForce,
      long orderQty,
      long cumQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      OrdStatus ordStatus,
      BigDecimal tickSize,
      BigDecimal tickValue,
      String currency,
      @Nullable Long trail)
      implements VenueReport {}

  /**
   * Asked by client id, the venue does not know the order.
   *
   * @param sentAt when the request was (perhaps) sent, by the gateway's clock
   * @param sessionOpenedAt when the venue session asked in was opened, by the same clock
   * @param settleMillis how long after a send this venue needs before "unknown" means anything
   */
  record OrderUnknown(
      String clOrdId,
      RequestKind kind,
      long requestNo,
      Instant sentAt,
      Instant sessionOpenedAt,
      Instant askedAt,
      long settleMillis)
      implements VenueReport {}

  /**
   * What follows, up to {@link ReconcileCompleted} of the same session, is the venue's full account
   * of itself.
   */
  record ReconcileStarted() implements VenueReport {}

  /**
   * The venue's account of itself is complete: an order not in it is not open there.
   *
   * @param openClOrdIds client ids of every order the venue has open for the account
   * @param openOrders how many orders were reported open, those without a client id included
   * @param executions how many executions were reported
   */
  record ReconcileCompleted(
      List<String> openClOrdIds, int openOrders, int executions, List<VenuePosition> positions)
      implements VenueReport {}

  /** The venue's own view of a position, in signed lots. */
  record VenuePosition(String symbol, long netQty) {}
}
