package io.tapeline.market.sim.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Symbol;

/**
 * A contract the practice exchange trades.
 *
 * @param startPx where its value starts, unless the exchange remembers a last price
 */
public record Listing(Symbol symbol, Price startPx, MarketCharacter character) {}
