package io.tapeline.contract;

/** How far the market data of an instrument or venue can be trusted. */
public enum FeedState {
  LIVE,
  /** Nothing new, and nothing expected. */
  QUIET,
  /** Nothing new although the session is open. */
  STALLED,
  /** Two sources of the same market disagree. */
  DIVERGENT,
  DOWN
}
