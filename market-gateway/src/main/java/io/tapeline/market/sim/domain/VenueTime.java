package io.tapeline.market.sim.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Venue time inside this exchange: whole microseconds since 1970, the finest the wire carries. */
final class VenueTime {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private VenueTime() {}

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND), 1000L * Math.floorMod(micros, MICROS_PER_SECOND));
  }
}
