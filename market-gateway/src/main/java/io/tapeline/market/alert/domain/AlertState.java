package io.tapeline.market.alert.domain;

/** What became of an alert. */
public enum AlertState {
  ACTIVE,
  TRIGGERED,
  CANCELED,
  /** Its contract is over. */
  EXPIRED
}
