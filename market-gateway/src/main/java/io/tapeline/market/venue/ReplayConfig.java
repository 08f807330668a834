package io.tapeline.market.venue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is played, and how. */
@ConfigMapping(prefix = "tapeline.replay")
public interface ReplayConfig {
  /** The recordings, merged by time. */
  Optional<List<Path>> files();

  /** A factor on the recorded pace, or {@code max}. */
  @WithDefault("1")
  String speed();

  /** What came before only builds the books. */
  Optional<Instant> from();

  /** What came then or later is not played. */
  Optional<Instant> to();

  /** Whether pauses of the recording longer than 5 s take their time. */
  @WithDefault("false")
  boolean keepGaps();

  /** Whether to wait for a resume before the first step. */
  @WithDefault("false")
  boolean startHeld();
}
