package io.tapeline.market.venue;

import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.market.sim.domain.Listing;
import io.tapeline.market.sim.domain.SimRules;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.market.venue.domain.Venue;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The practice venues to choose from. */
public final class PracticeVenues {
  private PracticeVenues() {}

  /**
   * A synthetic market in these contracts.
   *
   * @param faults how it misbehaves from the start
   * @param counted told every fault that happened, by name
   */
  public static Venue sim(
      String name,
      List<Listing> listings,
      SimRules rules,
      long seed,
      InstantSource clock,
      PracticeMemory memory,
      BooleanSupplier isOurs,
      FaultProfile faults,
      Consumer<String> counted) {
    var market = new SyntheticMarket(listings, rules, seed, clock);
    var venue = new PracticeVenue(name, market, memory, isOurs);
    return new FaultyVenue(
        venue, faults, profile -> venue.inOrder(() -> market.behave(profile, counted)), counted);
  }

  /** A venue whose exchange is right whatever happens on the way to it. */
  public static Venue behindALine(Venue venue, FaultProfile faults, Consumer<String> counted) {
    return new FaultyVenue(venue, faults, _ -> {}, counted);
  }
}
