package io.tapeline.market.venue.domain;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.MarketListener;

/**
 * Hears a venue, on the venue's one thread and in order: what became of orders, what its market
 * does, whether it is there. Must not wait for the venue.
 */
public interface VenueListener extends MarketListener {
  /** About an order. The venue remembers it already: it can be asked for again. */
  void report(ExchangeEvent event);

  void state(VenueState state);
}
