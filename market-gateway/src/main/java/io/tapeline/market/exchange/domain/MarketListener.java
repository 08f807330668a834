package io.tapeline.market.exchange.domain;

/**
 * Watches the market, on the exchange's own thread and in the order it happened. A quote or a depth
 * is the whole state of its symbol, so the newest alone is enough; prints are each of their own.
 */
public interface MarketListener {
  void quote(Quote quote);

  void depth(Depth depth);

  void print(Print print);

  /** The feed is alive, also when the market has nothing to say. At least twice a second. */
  default void beat() {}
}
