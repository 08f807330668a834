package io.tapeline.orders.domain;

/** What is asked of the venue. */
public enum RequestKind {
  NEW,
  REPLACE,
  CANCEL
}
