package io.tapeline.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What calls may be made of. */
@ConfigMapping(prefix = "tapeline.calls")
public interface CallsConfig {
  /**
   * How many calls a minute are to suffice: of a venue, and from each who calls the bridge. What is
   * left of them is told; nobody is refused.
   */
  @WithDefault("1200")
  long perMinute();
}
