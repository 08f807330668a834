package io.tapeline.positions.app;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The service clock. */
final class Clocks {
  Clocks() {}

  @Produces
  @Singleton
  InstantSource service() {
    return InstantSource.system();
  }
}
