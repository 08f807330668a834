package io.tapeline.market.venue.domain;

import io.tapeline.market.replay.domain.ReplayFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a replay stands.
 *
 * @param position records played
 * @param until where it holds; null: at the end
 * @param setAside recordings that cannot be played, each with the reason; the others are
 * @param error why it FAILED, one sentence
 * @param facts what was seen of the recordings so far; null before they could be opened
 */
public record ReplayState(
    Phase state,
    long position,
    @Nullable Instant venueTime,
    String speed,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Instant until,
    List<String> files,
    List<String> setAside,
    @Nullable String error,
    @Nullable ReplayFacts facts) {
  public ReplayState {
    files = List.copyOf(files);
    setAside = List.copyOf(setAside);
  }

  /**
   * PAUSED waits for a person, HELD for the moment named in {@code until} to be passed on purpose.
   */
  public enum Phase {
    OPENING,
    PLAYING,
    PAUSED,
    HELD,
    ENDED,
    FAILED
  }
}
