package io.tapeline.model;

/** What an account may do: everything, only what reduces risk, or nothing. Cancels always pass. */
public enum TradingState {
  ACTIVE,
  REDUCING,
  HALTED
}
