package io.tapeline.orders.domain;

/** What an account may do at most. None has a default here: a missing limit stops the boot. */
public record Limits(
    long maxOrderQty,
    long maxPosition,
    int maxWorkingOrders,
    int ordersPerSecond,
    long collarTicks) {}
