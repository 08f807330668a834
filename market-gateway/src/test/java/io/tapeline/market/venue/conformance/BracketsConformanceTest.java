package io.tapeline.market.venue.conformance;

import io.tapeline.market.faults.domain.FaultPresets;
import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.market.sim.domain.Listing;
import io.tapeline.market.sim.domain.MarketCharacter;
import io.tapeline.market.sim.domain.SimRules;
import io.tapeline.market.venue.PracticeVenues;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A venue that keeps brackets and groups itself. */
@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"none", "lost-acks", "partial-fills", "rejects", "busts"})
class BracketsConformanceTest extends VenueConformance {
  private static final Symbol ES = new Symbol("ESZ6");
  private final String preset;

  BracketsConformanceTest(String preset) {
    this.preset = preset;
  }

  @Override
  Talk open() throws Exception {
    var character = new MarketCharacter(1, 50, 5, 30, 60, 5, 3, 0.05);
    var venue =
        PracticeVenues.sim(
            "sim",
            List.of(new Listing(ES, new Price(26_800), character)),
            new SimRules(true, true),
            11,
            InstantSource.system(),
            new ForgetfulMemory(),
            () -> true,
            faults(),
            _ -> {});
    return new Talk(venue, ES, faults());
  }

  @Override
  FaultProfile faults() {
    return FaultPresets.named(preset).withSeed(5);
  }

  @Override
  Price low() {
    return new Price(20_000);
  }
}
