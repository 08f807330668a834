package io.tapeline.market.exchange.domain;

/** Whether a contract trades now. */
public enum SessionState {
  OPEN,
  /** Out of its hours: orders wait, none is taken. */
  CLOSED,
  /** In its hours, and yet nobody trades. */
  HALTED
}
