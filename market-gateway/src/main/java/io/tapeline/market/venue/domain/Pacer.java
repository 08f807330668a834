package io.tapeline.market.venue.domain;

/**
 * Turns recorded receive times into moments to wait for. Time is given in; none is read here. All
 * times are nanoseconds: recorded ones since 1970, the others of one monotonic clock.
 *
 * <p>A pause of the recording longer than {@value #LONGEST_PAUSE_SECONDS} s is skipped unless gaps
 * are kept: the record after it is due together with the one before.
 */
public final class Pacer {
  private static final int LONGEST_PAUSE_SECONDS = 5;
  private static final long LONGEST_PAUSE = LONGEST_PAUSE_SECONDS * 1_000_000_000L;

  private final boolean keepGaps;
  private Speed speed;
  private boolean paused;
  private boolean started;
  private long anchorRecorded;
  private long anchorNow;
  private long lastRecorded;

  public Pacer(Speed speed, boolean keepGaps) {
    this.speed = speed;
    this.keepGaps = keepGaps;
  }

  public Speed speed() {
    return speed;
  }

  public boolean isPaused() {
    return paused;
  }

  public void pause(long now) {
    if (paused) return;
    anchor(recordedNow(now), now);
    paused = true;
  }

  public void resume(long now) {
    if (!paused) return;
    anchorNow = now;
    paused = false;
  }

  public void speed(Speed newSpeed, long now) {
    anchor(recordedNow(now), now);
    speed = newSpeed;
  }

  /**
   * How long to wait until the next record may be played; zero or less: now. {@link Long#MAX_VALUE}
   * while paused.
   */
  public long untilDue(long recorded, long now) {
    if (paused) return Long.MAX_VALUE;
    if (!started) start(recorded, now);
    if (speed.isMax()) return 0;
    if (!keepGaps && recorded - lastRecorded > LONGEST_PAUSE) {
      anchor(recorded, Math.max(now, dueAt(lastRecorded)));
      lastRecorded = recorded;
    }
    return dueAt(recorded) - now;
  }

  /** Says that the record was played. */
  public void played(long recorded, long now) {
    if (!started || speed.isMax()) anchor(recorded, now);
    started = true;
    lastRecorded = recorded;
  }

  /**
   * The recorded time that it is now: it goes on between records, but not beyond a skipped pause.
   */
  public long recordedNow(long now) {
    if (!started) return lastRecorded;
    if (paused || speed.isMax()) return Math.max(anchorRecorded, lastRecorded);
    var elapsed = Math.max(0, now - anchorNow);
    var reached = anchorRecorded + speed.recorded(elapsed);
    return Math.max(lastRecorded, Math.min(reached, lastRecorded + LONGEST_PAUSE));
  }

  private void start(long recorded, long now) {
    started = true;
    lastRecorded = recorded;
    anchor(recorded, now);
  }

  private void anchor(long recorded, long now) {
    anchorRecorded = recorded;
    anchorNow = now;
  }

  private long dueAt(long recorded) {
    return anchorNow + speed.elapsed(recorded - anchorRecorded);
  }
}
