package io.tapeline.testkit.offenders.http;

import io.tapeline.testkit.offenders.kafka.OrdersRelay;

/** Offends: an adapter calls another one. */
public final class OrdersResource {
  private OrdersResource() {}

  public static void place() {
    OrdersRelay.send();
  }
}
