package io.tapeline.market.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long bars are kept, in days since they were last written: a recording may be old. */
@ConfigMapping(prefix = "tapeline.bars.keep")
public interface BarsConfig {
  /** Bars shorter than a minute. */
  @WithDefault("30")
  int fineDays();

  /** The others, by whole months. */
  @WithDefault("1830")
  int days();
}
