package io.tapeline.contract;

/** What is asked of the venue. */
public enum RequestKind {
  NEW,
  REPLACE,
  CANCEL
}
