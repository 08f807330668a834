package io.tapeline.market.venue.domain;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The buttons of a replay. Each answers with where it stands then. */
public interface Player {
  CompletionStage<ReplayState> look();

  CompletionStage<ReplayState> pause();

  /**
   * Goes on.
   *
   * @param speed null: as before
   * @param until where to hold; null: at the end
   */
  CompletionStage<ReplayState> resume(@Nullable Double speed, @Nullable Instant until);

  /**
   * Winds to a moment, on or back. Working orders end there, positions stay.
   *
   * @param to by whole seconds
   * @param speed null: as before
   */
  CompletionStage<ReplayState> seek(Instant to, @Nullable Double speed);
}
