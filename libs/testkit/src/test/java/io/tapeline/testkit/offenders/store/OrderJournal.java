package io.tapeline.testkit.offenders.store;

import io.tapeline.testkit.offenders.app.OrdersService;

/** Offends: the store calls the shell. */
public final class OrderJournal {
  private OrderJournal() {}

  public static void append() {
    OrdersService.handle();
  }
}
