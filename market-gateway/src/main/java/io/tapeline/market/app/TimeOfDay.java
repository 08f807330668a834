package io.tapeline.market.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;

/** The service clock, which is also the practice exchange's. */
@ApplicationScoped
class TimeOfDay implements InstantSource {
  @Override
  public Instant instant() {
    return Instant.now();
  }
}
