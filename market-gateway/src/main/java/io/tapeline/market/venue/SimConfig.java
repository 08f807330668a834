package io.tapeline.market.venue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** The synthetic market. */
@ConfigMapping(prefix = "tapeline.sim")
public interface SimConfig {
  /** With the number of its life added, where its agents' chances come from. */
  @WithDefault("20")
  long seed();

  /** Whether siblings of a group shrink and cancel each other on the venue itself. */
  @WithDefault("false")
  boolean nativeOco();

  /** Whether an order may bring its bracket to the venue itself. */
  @WithDefault("false")
  boolean nativeBrackets();

  /** When it trades. */
  @WithDefault("always")
  Hours hours();

  /** Whether a session's prices have limits, as {@code instruments.yaml} has them. */
  @WithDefault("false")
  boolean priceLimits();

  /** When a practice market trades. */
  enum Hours {
    /** Round the clock: practice. */
    ALWAYS,
    /** In the sessions of the exchange. */
    CALENDAR
  }

  /** The products that trade, by root; none named: the front contracts of the whole catalogue. */
  Optional<List<String>> roots();
}
