package io.tapeline.orders.domain;

/** Why an order is kept here instead of being sent. */
public enum Hold {
  /** Its stop price is watched for here, because the venue does not do that. It works. */
  TRIGGER,
  /** What it is to protect is not filled yet. */
  PARENT
}
