package io.tapeline.market.sim.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Symbol;

/**
 * A contract the practice exchange trades.
 *
 * @param startPx where its value starts, unless the exchange remembers a last price
 * @param limitPercent how far from its settlement price it may trade in a session; 0: anywhere
 */
public record Listing(
    Symbol symbol,
    Price startPx,
    MarketCharacter character,
    TradingHours hours,
    double limitPercent) {
  public Listing {
    if (!(limitPercent >= 0 && limitPercent <= 100))
      throw new IllegalArgumentException(symbol + ": a limit of " + limitPercent + " %");
  }

  /** A contract that trades round the clock and at any price. */
  public Listing(Symbol symbol, Price startPx, MarketCharacter character) {
    this(symbol, startPx, character, TradingHours.ALWAYS, 0);
  }
}
