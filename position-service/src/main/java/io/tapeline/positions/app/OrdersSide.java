package io.tapeline.positions.app;

import io.tapeline.model.AccountId;
import java.util.Optional;

/** What order-service is asked about the orders of an account. */
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

  /**
   * Has it tell its journal to the tape again; blocks until the tape has it.
   *
   * @param from the first line
   * @return whether it did
   */
  boolean tellAgain(AccountId accountId, long from);
}
