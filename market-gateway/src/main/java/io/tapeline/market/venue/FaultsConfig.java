package io.tapeline.market.venue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How a practice venue misbehaves from the start; at runtime {@code POST /api/venues/…/faults}. */
@ConfigMapping(prefix = "tapeline.faults")
public interface FaultsConfig {
  /** One of the profiles with a name. */
  @WithDefault("none")
  String preset();

  /** Where its chances come from. */
  @WithDefault("1")
  long seed();
}
