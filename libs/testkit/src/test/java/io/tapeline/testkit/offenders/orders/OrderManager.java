package io.tapeline.testkit.offenders.orders;

import io.tapeline.testkit.offenders.positions.Positions;

/** Offends twice: by its name, and by importing another service. */
public final class OrderManager {
  private OrderManager() {}

  public static long net() {
    return Positions.net();
  }
}
