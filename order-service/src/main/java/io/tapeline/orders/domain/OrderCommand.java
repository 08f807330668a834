package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.TradingState;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What can be asked of an account's orders. */
public sealed interface OrderCommand {
  /**
   * @param ocoGroup siblings of which one is meant to trade
   * @param bracket what is to protect it once it fills
   */
  record PlaceOrder(
      ClOrdId clOrdId,
      Draft draft,
      @Nullable String ocoGroup,
      @Nullable BracketDraft bracket,
      String commandId,
      String by)
      implements OrderCommand {
    public PlaceOrder(ClOrdId clOrdId, Draft draft, String commandId, String by) {
      this(clOrdId, draft, null, null, commandId, by);
    }
  }

  /**
   * Changes a working order; what is null stays.
   *
   * @param expectedVersion the order as the one who asks knows it
   * @param orderQty total lots, those filled included (FIX 38)
   * @param strict refuse a price off tick instead of moving it
   */
  record ReplaceOrder(
      ClOrdId clOrdId,
      long expectedVersion,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      @Nullable Long trail,
      @Nullable Long orderQty,
      boolean strict,
      String commandId,
      String by)
      implements OrderCommand {}

  /** Says what the account may do from now on. */
  record SetTradingState(TradingState state, String reason, String commandId, String by)
      implements OrderCommand {}

  record CancelOrder(ClOrdId clOrdId, @Nullable String commandId, String by)
      implements OrderCommand {}

  record CancelAll(String commandId, String by) implements OrderCommand {}

  /** A command about a position, or about all of an account. */
  sealed interface OfPosition extends OrderCommand {
    String commandId();

    String by();
  }

  /** Everything is cancelled, then closed. */
  record FlattenAccount(String commandId, String by) implements OfPosition {}

  /**
   * @param qty lots; null: all of it
   */
  record ClosePosition(String symbol, @Nullable Long qty, String commandId, String by)
      implements OfPosition {}

  record ReversePosition(String symbol, String commandId, String by) implements OfPosition {}

  /**
   * @param qty lots to protect; null: all of it
   */
  record AttachBracket(
      String symbol, @Nullable Long qty, BracketDraft bracket, String commandId, String by)
      implements OfPosition {}

  /** What happened outside: to what orders kept here wait for, or to the account. */
  sealed interface Outside extends OrderCommand {}

  record MarketTouched(MarketDecider.Touch touch) implements Outside {}

  record TimePassed() implements Outside {}

  /**
   * The account's risk rules have spoken.
   *
   * @param lock what they ask for now; null: nothing
   */
  record RiskTold(@Nullable RiskLock lock) implements Outside {}

  /** An admin says how a doubt ended, and why. */
  record ResolveDoubt(
      ClOrdId clOrdId, OrderEvent.Outcome outcome, String reason, String commandId, String by)
      implements OrderCommand {}

  record BookReport(VenueFact fact) implements OrderCommand {}

  /** Requests that were denied for their rate in one second, to be written down once. */
  record NoteRateDenials(
      RequestKind kind, ClOrdId last, long count, long maxPerSecond, String commandId, String by)
      implements OrderCommand {}
}
