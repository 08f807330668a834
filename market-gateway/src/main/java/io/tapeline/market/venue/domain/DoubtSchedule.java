package io.tapeline.market.venue.domain;

import java.time.Duration;
import java.time.Instant;

/** When the venue is asked about a request in doubt: after 1, 2, 4 … and then every 30 seconds. */
public final class DoubtSchedule {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private DoubtSchedule() {}

  /**
   * When to ask next.
   *
   * @param asked how often it was asked so far
   */
  public static Instant nextAsk(Instant now, int asked) {
    return now.plus(delay(asked));
  }

  static Duration delay(int asked) {
    if (asked >= 5) return LONGEST;
    return Duration.ofSeconds(1L << asked);
  }
}
