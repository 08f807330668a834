package io.tapeline.testkit.offenders.kafka;

/** Called by somebody who must not. */
public final class OrdersRelay {
  private OrdersRelay() {}

  public static void send() {}
}
