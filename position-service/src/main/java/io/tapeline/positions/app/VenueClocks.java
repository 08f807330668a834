package io.tapeline.positions.app;

import io.tapeline.contract.MarketStatusRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What time it is on each venue: as it said last, run on at its rate. It goes on when quotes do
 * not, so that a mute feed stops no flattening by the clock.
 */
@ApplicationScoped
public class VenueClocks {
  private final InstantSource clock;
  private final Map<String, Said> said = new ConcurrentHashMap<>();

  private record Said(Instant venueTime, Instant at, BigDecimal rate) {}

  @Inject
  VenueClocks(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes what a venue says of its clock; rows of single contracts say nothing new. */
  public void heard(MarketStatusRow row) {
    if (row.symbol() == null)
      said.put(row.venue(), new Said(row.venueTime(), row.at(), row.rate()));
  }

  /** Empty before the venue was ever heard. */
  Optional<Instant> time(String venue) {
    var last = said.get(venue);
    if (last == null) return Optional.empty();
    var passed = Duration.between(last.at(), clock.instant());
    if (passed.isNegative()) return Optional.of(last.venueTime());
    long nanos =
        BigDecimal.valueOf(passed.toMillis()).multiply(last.rate()).movePointRight(6).longValue();
    return Optional.of(last.venueTime().plusNanos(nanos));
  }
}
