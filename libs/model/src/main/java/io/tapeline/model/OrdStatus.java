package io.tapeline.model;

/**
 * Where an order stands now (FIX OrdStatus, tag 39); derived from its events, never stored beside
 * them.
 */
public enum OrdStatus {
  PENDING_NEW,
  NEW,
  PARTIALLY_FILLED,
  FILLED,
  CANCELED,
  /** Refused by the venue. */
  REJECTED,
  EXPIRED,
  /** Refused by us; the venue never saw it. */
  DENIED;

  /** Whether the order can still trade, as far as we know. */
  public boolean isWorking() {
    return this == PENDING_NEW || this == NEW || this == PARTIALLY_FILLED;
  }
}
