package io.tapeline.bridge.absence.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long somebody may be away before their orders are canceled, if they want that. */
@ConfigMapping(prefix = "tapeline.absence")
public interface AbsenceConfig {
  /** A page that is there is heard every five seconds: it must be able to miss one. */
  @WithDefault("10s")
  Duration shortestGrace();

  @WithDefault("120s")
  Duration longestGrace();
}
