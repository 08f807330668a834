package io.tapeline.timing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** How timing is told. Spans are written 250us, 50ms, 2s or 5m. */
@ConfigMapping(prefix = "tapeline.timing")
public interface TimingConfig {
  /** How often the log has a summary of what was timed; 0s: never. */
  @WithDefault("10m")
  String summaryEvery();

  /** What takes longer than its threshold is warned of; by name, instead of what the code says. */
  Map<String, String> thresholds();
}
