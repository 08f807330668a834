package io.tapeline.market.exchange.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange says about an order. {@code Rejected}, {@code Canceled}, {@code Expired} and a
 * {@code Filled} that leaves nothing end it; nothing follows them. Codes are the exchange's own
 * words ({@link ExchangeCode} has those of ours) and travel on unchanged.
 */
public sealed interface ExchangeEvent {
  AccountId account();

  ClOrdId clOrdId();

  /** The exchange's id of the order; null only where it knows no such order. */
  @Nullable OrderId venueOrderId();

  Instant venueTime();

  /** The order is on the book, or about to trade. */
  record Accepted(AccountId account, ClOrdId clOrdId, OrderId venueOrderId, Instant venueTime)
      implements ExchangeEvent {}

  record Rejected(
      AccountId account,
      ClOrdId clOrdId,
      OrderId venueOrderId,
      String code,
      String text,
      Instant venueTime)
      implements ExchangeEvent {}

  /**
   * One execution.
   *
   * @param execId {@code <venueOrderId>-<n>}, n from 1: the same run gives the same ids
   * @param cumQty the sum of the order's fills, this one included
   * @param leavesQty what can still trade after this fill
   */
  record Filled(
      AccountId account,
      ClOrdId clOrdId,
      OrderId venueOrderId,
      ExecId execId,
      Symbol symbol,
      Side side,
      Qty lastQty,
      Price lastPx,
      Qty cumQty,
      Qty leavesQty,
      Instant venueTime)
      implements ExchangeEvent {}

  /**
   * Ended because its owner asked, or by the exchange at once (IOC, FOK, nothing to trade with).
   */
  record Canceled(
      AccountId account,
      ClOrdId clOrdId,
      OrderId venueOrderId,
      Qty cumQty,
      String code,
      String text,
      Instant venueTime)
      implements ExchangeEvent {}

  /** Ended because its time was over: the session closed, or the recording was wound back. */
  record Expired(
      AccountId account,
      ClOrdId clOrdId,
      OrderId venueOrderId,
      Qty cumQty,
      String text,
      Instant venueTime)
      implements ExchangeEvent {}

  record CancelRejected(
      AccountId account,
      ClOrdId clOrdId,
      @Nullable OrderId venueOrderId,
      String code,
      String text,
      Instant venueTime)
      implements ExchangeEvent {}
}
