package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import org.jspecify.annotations.Nullable;

/** What can be asked of an account's orders. */
public sealed interface OrderCommand {
  record PlaceOrder(ClOrdId clOrdId, Draft draft, String commandId, String by)
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
