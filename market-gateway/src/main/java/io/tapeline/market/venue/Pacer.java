package io.tapeline.market.venue;

import io.tapeline.market.replay.domain.PacedTime;
import org.jspecify.annotations.Nullable;

/**
 * When to play the next step of a recording, with pause and changes of speed. Recorded times are
 * nanoseconds since 1970, {@code now} is nanoseconds of a monotonic clock; none is read here.
 */
final class Pacer {
  private final boolean keepGaps;
  private double speed;
  private @Nullable PacedTime last;

  /** The moment from which {@link PacedTime#played} counts. */
  private long origin;

  private long standsSince;
  private boolean standing;

  Pacer(double speed, boolean keepGaps) {
    this.speed = speed;
    this.keepGaps = keepGaps;
  }

  double speed() {
    return speed;
  }

  boolean isStanding() {
    return standing;
  }

  void stand(long now) {
    if (standing) return;
    standing = true;
    standsSince = now;
  }

  void goOn(long now) {
    if (!standing) return;
    standing = false;
    origin += now - standsSince;
  }

  /** Goes on at another speed from where the recording is now. */
  void speed(double newSpeed, long nextReceived, long now) {
    speed = newSpeed;
    if (last == null) return;
    var moment = moment(now);
    last = new PacedTime(last.receivedAt(moment, nextReceived), moment, newSpeed, keepGaps);
  }

  /** How long until the step received then is due; zero or less: now. */
  long untilDue(long received, long now) {
    if (standing) return Long.MAX_VALUE;
    return last == null ? 0 : last.next(received).played() - moment(now);
  }

  void played(long received, long now) {
    if (last == null) {
      origin = now;
      last = PacedTime.startingAt(received, speed, keepGaps);
    } else {
      last = last.next(received);
    }
  }

  /** The recording's time now, which does not pass the next step. */
  long receivedNow(long nextReceived, long now) {
    return last == null ? nextReceived : last.receivedAt(moment(now), nextReceived);
  }

  private long moment(long now) {
    return (standing ? standsSince : now) - origin;
  }
}
