package io.tapeline.positions.app;

import io.tapeline.model.AccountId;
import java.util.Optional;

/** What order-service finds when it verifies the orders of an account. */
public interface OrdersSide {
  /**
   * Its journal against its live state and its table of orders.
   *
   * @param seq the line it was compared at
   * @param orders how many orders there are up to that line
   * @param ordersHash over their newest rows
   */
  record Found(
      boolean ok,
      long seq,
      long orders,
      String ordersHash,
      long rowsUnlikeReplay,
      long rowsUnlikeJournal) {}

  /** Asks; blocks. Empty when there is no answer. */
  Optional<Found> verify(AccountId accountId);
}
