package io.tapeline.market.venue;

import io.tapeline.market.sim.domain.Listing;
import io.tapeline.market.sim.domain.SimRules;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.market.venue.domain.Venue;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The practice venues to choose from; {@link ReplayVenue} is made by itself. */
public final class PracticeVenues {
  private PracticeVenues() {}

  /** A synthetic market in these contracts. */
  public static Venue sim(
      String name,
      List<Listing> listings,
      SimRules rules,
      long seed,
      InstantSource clock,
      PracticeMemory memory,
      BooleanSupplier isOurs) {
    return new PracticeVenue(name, new SyntheticMarket(listings, rules, seed, clock), memory, isOurs);
  }
}
