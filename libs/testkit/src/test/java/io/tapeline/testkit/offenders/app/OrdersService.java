package io.tapeline.testkit.offenders.app;

import io.tapeline.testkit.offenders.kafka.OrdersRelay;

/** Offends: what decides knows who calls. */
public final class OrdersService {
  private OrdersService() {}

  public static void handle() {
    OrdersRelay.send();
  }
}
