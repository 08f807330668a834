package io.tapeline.market.sim.domain;

import java.time.Instant;

/** The venue time at which everything happens, in microseconds since 1970; it never goes back. */
final class VenueNow {
  private long micros;

  VenueNow(Instant start) {
    micros = VenueTime.micros(start);
  }

  long micros() {
    return micros;
  }

  Instant instant() {
    return VenueTime.instant(micros);
  }

  void moveTo(long newMicros) {
    micros = Math.max(micros, newMicros);
  }
}
