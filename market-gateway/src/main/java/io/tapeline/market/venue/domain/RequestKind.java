package io.tapeline.market.venue.domain;

/** What is asked of a venue. */
public enum RequestKind {
  NEW,
  REPLACE,
  CANCEL
}
