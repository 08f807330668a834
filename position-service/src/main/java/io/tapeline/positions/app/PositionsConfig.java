package io.tapeline.positions.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.tapeline.positions.domain.MarkRule;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What can be set about positions. */
@ConfigMapping(prefix = "positions")
public interface PositionsConfig {
  /** What values a position: last, mid or exit. */
  @WithDefault("last")
  MarkRule mark();

  /** A mark moves a published row at most this often; a fill does at once. */
  @WithDefault("100ms")
  Duration publishInterval();

  /** Every account is said again at least this often: the risk heartbeat. */
  @WithDefault("1s")
  Duration heartbeat();

  /** How long one look at the tape waits for records; marks are looked at in between. */
  @WithDefault("50ms")
  Duration pollWait();

  /** The most records folded in one transaction. */
  @WithDefault("5000")
  int batch();

  /** A batch of so many records or more is written while the next one is read. */
  @WithDefault("256")
  int longBatch();

  /** What is not known to be on its topic is told again this often. */
  @WithDefault("30s")
  Duration retell();

  /** An account is kept as it is after so many lines, so that a past moment is soon folded. */
  @WithDefault("5000")
  long checkpointLines();

  /** How many records per partition of quotes are read again at start, to have a mark at once. */
  @WithDefault("1000")
  long quoteTail();

  /** Longest pause before a batch that could not be committed is tried again. */
  @WithDefault("2s")
  Duration retryPause();

  /**
   * Where the installation keeps risk programs of its own; they go before those that come along.
   */
  Optional<Path> riskPrograms();

  /** A price of an open position older than this is marked stale. */
  @WithDefault("15s")
  Duration staleAfter();

  /** A position that was flat for so long is no longer said, and forgotten by who listens. */
  @WithDefault("30d")
  Duration keepFlat();

  /** A new highest equity alone is written down at most this often. */
  @WithDefault("1s")
  Duration peakInterval();

  /** The equity curve has a point at least this far apart. */
  @WithDefault("60s")
  Duration curveInterval();

  /** The most by which an account may be adjusted, and with which it may start over. */
  @WithDefault("1000000")
  BigDecimal largestAmount();

  /** The name this replica has in the group that shares the accounts; no two may have the same. */
  String instance();

  /** The group that shares the accounts. */
  @WithDefault("position-service")
  String group();
}
