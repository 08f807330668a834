package io.tapeline.market.replay.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How recordings are played.
 *
 * @param from what comes before only builds the books, nothing of it is published
 * @param to what comes then or later is not played
 * @param conflation quotes and depth of a symbol come no closer together than this, in venue time
 * @param orderIdPrefix begins every venueOrderId, and by it every execId: unique among all replays
 *     that report to the same desk, the same again when one is resumed
 */
public record ReplaySettings(
    @Nullable Instant from, @Nullable Instant to, Duration conflation, String orderIdPrefix) {
  public static final Duration CONFLATION = Duration.ofMillis(50);

  /** Everything, from the first record to the last. */
  public static ReplaySettings whole(String orderIdPrefix) {
    return new ReplaySettings(null, null, CONFLATION, orderIdPrefix);
  }

  public ReplaySettings between(@Nullable Instant newFrom, @Nullable Instant newTo) {
    return new ReplaySettings(newFrom, newTo, conflation, orderIdPrefix);
  }
}
