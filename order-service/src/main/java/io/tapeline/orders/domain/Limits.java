package io.tapeline.orders.domain;

/**
 * What an account may do at most. None has a default here: a missing limit stops the boot.
 *
 * @param restoreAfterOcoRace whether one order undoes what siblings executed too much
 */
public record Limits(
    long maxOrderQty,
    long maxPosition,
    int maxWorkingOrders,
    int ordersPerSecond,
    long collarTicks,
    boolean restoreAfterOcoRace) {
  public Limits(
      long maxOrderQty,
      long maxPosition,
      int maxWorkingOrders,
      int ordersPerSecond,
      long collarTicks) {
    this(maxOrderQty, maxPosition, maxWorkingOrders, ordersPerSecond, collarTicks, true);
  }
}
