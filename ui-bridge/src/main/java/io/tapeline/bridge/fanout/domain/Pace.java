package io.tapeline.bridge.fanout.domain;

/**
 * How often a client hears of a channel. The first change after silence goes out at once; then
 * there is at most one frame per window. In this order things stand in a frame.
 */
public enum Pace {
  /** Orders, fills, notices: nothing is left out, and nothing waits for market data. */
  LOSSLESS(10_000),
  /** Quotes, depth, prints. */
  MARKET(50_000),
  /** Account state, positions, status: for eyes, not for reflexes. */
  STEADY(100_000);

  /** While the page is hidden nobody looks. */
  static final long HIDDEN_MICROS = 1_000_000;

  private final long windowMicros;

  Pace(long windowMicros) {
    this.windowMicros = windowMicros;
  }

  public long windowMicros() {
    return windowMicros;
  }
}
