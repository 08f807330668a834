package io.tapeline.bridge.fanout.domain;

import java.util.Locale;

/** The kinds of channels, as they are spelled before the colon. */
public enum ChannelKind {
  QUOTE(Pace.MARKET, Of.SYMBOL),
  DEPTH(Pace.MARKET, Of.SYMBOL),
  TAPE(Pace.MARKET, Of.SYMBOL),
  BAR(Pace.STEADY, Of.BARS),
  STATUS(Pace.STEADY, Of.EVERYTHING),
  HOPS(Pace.STEADY, Of.EVERYTHING),
  ACCOUNT(Pace.STEADY, Of.ACCOUNT),
  POSITIONS(Pace.STEADY, Of.ACCOUNT),
  ORDERS(Pace.LOSSLESS, Of.ACCOUNT),
  FILLS(Pace.LOSSLESS, Of.ACCOUNT),
  TRADES(Pace.LOSSLESS, Of.ACCOUNT),
  NOTICES(Pace.LOSSLESS, Of.ACCOUNT),
  ALERTS(Pace.LOSSLESS, Of.USER);

  /** What stands after the colon. */
  public enum Of {
    SYMBOL,
    /** A symbol and an interval. */
    BARS,
    ACCOUNT,
    /** Who asks; clients do not name it. */
    USER,
    EVERYTHING
  }

  private final Pace pace;
  private final Of of;

  ChannelKind(Pace pace, Of of) {
    this.pace = pace;
    this.of = of;
  }

  public Pace pace() {
    return pace;
  }

  public Of of() {
    return of;
  }

  /** Whether the order-service must be asked for what was before the ring. */
  public boolean journaled() {
    return this == ORDERS || this == FILLS;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
