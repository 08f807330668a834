package io.tapeline.market.venue.domain;

import io.tapeline.market.faults.domain.FaultProfile;
import java.time.Duration;

/** A venue that can be made to misbehave, for practice. */
public interface Faulty {
  FaultProfile faults();

  /** From now on it misbehaves like this. */
  void misbehave(FaultProfile profile);

  /**
   * Its session is lost and comes back.
   *
   * @param losingEvents whether what happens meanwhile is never said; else it is said before the
   *     session is open again, as by a venue that sends again what was missed
   */
  void disconnect(Duration time, boolean losingEvents);
}
