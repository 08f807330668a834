package io.tapeline.orders.domain;

/** What an order is for. */
public enum Role {
  STANDALONE,
  /** Its fills are protected by legs. */
  ENTRY,
  STOP_LOSS,
  TAKE_PROFIT
}
