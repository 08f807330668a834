package io.tapeline.testkit.offenders.http;

import io.tapeline.testkit.offenders.kafka.OrdersRelay;
import jakarta.ws.rs.GET;

/** Offends twice: an adapter calls another one, and a REST method is not public. */
public final class OrdersResource {
  private OrdersResource() {}

  @GET
  static String hidden() {
    return "";
  }

  public static void place() {
    OrdersRelay.send();
  }
}
