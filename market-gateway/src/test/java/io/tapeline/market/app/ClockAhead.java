package io.tapeline.market.app;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** In place of the service clock: as fast as any, but ahead by as much as a test says. */
@Mock
@ApplicationScoped
public class ClockAhead extends TimeOfDay {
  private static volatile Duration ahead = Duration.ZERO;

  /** Never back: what was told of a later time has been told. */
  public static void setTo(Instant time) {
    ahead = Duration.between(Instant.now(), time);
  }

  public static Instant now() {
    return Instant.now().plus(ahead);
  }

  @Override
  public Instant instant() {
    return now();
  }
}
