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
 * {@code Filled} that leaves nothing end it; nothing follows them but what concerns executions that
 * were. Codes are the exchange's own words ({@link ExchangeCode} has those of ours) and travel on
 * unchanged.
 */
public sealed interface ExchangeEvent {
  AccountId account();

  ClOrdId clOrdId();

  /** The exchange's id of the order; null only where it knows no such order. */
  @Nullable OrderId venueOrderId();

  Instant venueTime();

  /** Something about money that moved: remembered for ever and told again when asked. */
  sealed interface Execution extends ExchangeEvent {
    /** Its own id; of a fill that was busted or corrected another one. */
    ExecId execId();
  }

  /** The order is on the book, waits for its trigger, or is about to trade. */
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
   * @param realizedTicks what the venue says it has realised, in ticks times lots; null where it
   *     says nothing, as of a fill that only opens
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
      Instant venueTime,
      @Nullable Long realizedTicks)
      implements Execution {
    /** Where the venue says nothing of what it has realised. */
    public Filled(
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
        Instant venueTime) {
      this(
          account,
          clOrdId,
          venueOrderId,
          execId,
          symbol,
          side,
          lastQty,
          lastPx,
          cumQty,
          leavesQty,
          venueTime,
          null);
    }

    public Filled realizing(@Nullable Long ticks) {
      return new Filled(
          account,
          clOrdId,
          venueOrderId,
          execId,
          symbol,
          side,
          lastQty,
          lastPx,
          cumQty,
          leavesQty,
          venueTime,
          ticks);
    }
  }

  /** A fill was taken back; the order stays as it was, what is done stays done. */
  record Busted(
      AccountId account,
      ClOrdId clOrdId,
      OrderId venueOrderId,
      ExecId execId,
      ExecId bustedExecId,
      Symbol symbol,
      String text,
      Instant venueTime)
      implements Execution {}

  /**
   * Another fill stands in the place of one.
   *
   * @param realizedTicks as {@link Filled#realizedTicks}, of what stands now
   */
  record Corrected(
      AccountId account,
      ClOrdId clOrdId,
      OrderId venueOrderId,
      ExecId execId,
      ExecId correctedExecId,
      Symbol symbol,
      Side side,
      Qty lastQty,
      Price lastPx,
      Instant venueTime,
      @Nullable Long realizedTicks)
      implements Execution {
    public Corrected realizing(@Nullable Long ticks) {
      return new Corrected(
          account,
          clOrdId,
          venueOrderId,
          execId,
          correctedExecId,
          symbol,
          side,
          lastQty,
          lastPx,
          venueTime,
          ticks);
    }
  }

  /**
   * The order goes on with these terms.
   *
   * @param venueOrderId a new one where the venue gives one with every change
   * @param requestNo the request that is answered; null where the exchange changed it by itself (a
   *     trailing stop moved, a sibling was filled)
   */
  record Replaced(
      AccountId account,
      ClOrdId clOrdId,
      OrderId venueOrderId,
      @Nullable Long requestNo,
      NewOrder terms,
      Instant venueTime)
      implements ExchangeEvent {}

  /** The order goes on as it was, if it does. */
  record ReplaceRejected(
      AccountId account,
      ClOrdId clOrdId,
      @Nullable OrderId venueOrderId,
      long requestNo,
      String code,
      String text,
      Instant venueTime)
      implements ExchangeEvent {}

  /** The stop price of the order was reached: what follows is said of an order on the book. */
  record Triggered(AccountId account, ClOrdId clOrdId, OrderId venueOrderId, Instant venueTime)
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
      long requestNo,
      String code,
      String text,
      Instant venueTime)
      implements ExchangeEvent {}
}
