package io.tapeline.market.exchange.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.List;

/** The best {@value #LEVELS} levels of both sides, best first; fewer where there are fewer. */
public record Depth(Symbol symbol, List<Level> bids, List<Level> asks, Instant venueTime) {
  public static final int LEVELS = 10;

  public Depth {
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
  }

  /**
   * A price and what rests at it.
   *
   * @param orders how many orders that is; 0 where it is not known
   */
  public record Level(Price px, Qty qty, int orders) {}
}
