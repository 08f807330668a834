package io.tapeline.market.replay.domain;

import java.time.Duration;

/**
 * From the time of a recording to the time of playing it: what was received so much later is played
 * so much later, divided by the speed. Pauses longer than five seconds take no time at all, unless
 * gaps are kept. A value: give it the times of a replay one after the other and wait until {@code
 * played}.
 *
 * @param received receive time of the newest step, nanoseconds since 1970
 * @param played when to play it, nanoseconds since playing began
 * @param speed 1 as recorded, 2 twice as fast; infinite: as fast as possible
 */
public record PacedTime(long received, long played, double speed, boolean keepGaps) {
  /** The longest pause that is waited for. */
  public static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  public PacedTime {
    if (!(speed > 0)) throw new IllegalArgumentException("speed " + speed + " is not above zero");
  }

  /** The beginning: what is received then is played at once. */
  public static PacedTime startingAt(long received, double speed, boolean keepGaps) {
    return new PacedTime(received, 0, speed, keepGaps);
  }

  /** The next step of the replay, received at or after the one before. */
  public PacedTime next(long nextReceived) {
    long pause = Math.max(0, nextReceived - received);
    if (!keepGaps && pause > LONGEST_PAUSE.toNanos()) pause = 0;
    return new PacedTime(
        Math.max(received, nextReceived), played + (long) (pause / speed), speed, keepGaps);
  }

  /** Goes on at another speed from here. */
  public PacedTime at(double newSpeed) {
    return new PacedTime(received, played, newSpeed, keepGaps);
  }

  /**
   * The recording's time at a moment of playing between this step and the next.
   *
   * @param nextReceived which it does not pass
   */
  public long receivedAt(long playedNow, long nextReceived) {
    if (Double.isInfinite(speed)) return received;
    long since = (long) (Math.max(0, playedNow - played) * speed);
    return Math.min(received + since, Math.max(received, nextReceived));
  }
}
