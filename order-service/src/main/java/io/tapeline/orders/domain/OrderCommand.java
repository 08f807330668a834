package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.TradingState;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What can be asked of an account's orders. */
public sealed interface OrderCommand {
  record PlaceOrder(ClOrdId clOrdId, Draft draft, String commandId, String by)
      implements OrderCommand {}

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

  /** An admin says how a doubt ended, and why. */
  record ResolveDoubt(
      ClOrdId clOrdId, OrderEvent.Outcome outcome, String reason, String commandId, String by)
      implements OrderCommand {}

  record BookReport(VenueFact fact) implements OrderCommand {}

  /** Orders that were denied for their rate in one second, to be written down once. */
  record NoteRateDenials(ClOrdId last, long count, long maxPerSecond, String commandId, String by)
      implements OrderCommand {}
}
