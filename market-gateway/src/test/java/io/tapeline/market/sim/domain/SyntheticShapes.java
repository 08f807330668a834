package io.tapeline.market.sim.domain;

import io.tapeline.market.catalogue.CatalogueReader;
import io.tapeline.market.exchange.domain.MarketListener;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The shape of a synthetic market that was let run for a while. */
public final class SyntheticShapes {
  private static final Instant START = Instant.parse("2026-01-05T15:00:00Z");

  private SyntheticShapes() {}

  public static MarketShapes of(String root, int seconds) {
    var shapes = new MarketShapes(START.plusSeconds(10));
    run(root, seconds, shapes);
    return shapes;
  }

  /** How such a market moves. */
  public static MarketDynamics dynamics(String root, int seconds) {
    var dynamics = new MarketDynamics(START.plusSeconds(10));
    run(root, seconds, dynamics);
    return dynamics;
  }

  private static void run(String root, int seconds, MarketListener shown) {
    var listings = CatalogueReader.packaged().listings(List.of(root), LocalDate.of(2026, 1, 5));
    var exchange =
        new SimExchange(listings, 20, START, SimMemory.NONE, SimRules.PLAIN, _ -> {}, shown);
    for (int step = 1; step <= seconds * 10; step++)
      exchange.advanceTo(START.plusMillis(100L * step));
  }
}
