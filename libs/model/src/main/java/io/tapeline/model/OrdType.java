package io.tapeline.model;

/** How an order is priced (FIX OrdType, tag 40). */
public enum OrdType {
  MARKET,
  LIMIT,
  STOP,
  STOP_LIMIT,
  TRAILING_STOP
}
