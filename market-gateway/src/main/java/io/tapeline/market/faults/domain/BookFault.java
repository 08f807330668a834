package io.tapeline.market.faults.domain;

/** What is wrong with the book that is shown; the one that is traded in is right. */
public enum BookFault {
  NONE,
  /** Bids stand above asks. */
  CROSSED,
  /** The best levels of both sides are missing. */
  GAPPED
}
