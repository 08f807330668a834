package io.tapeline.market.sim.domain;

/**
 * Lets a state out at once when it changes, then at most once per interval of venue time; the last
 * state always comes out. Depends on venue time alone, so the speed of the run does not show.
 */
final class Conflation {
  static final long NEVER = Long.MAX_VALUE;

  private final long everyMicros;
  private long freeFrom = Long.MIN_VALUE;
  private boolean held;

  Conflation(long everyMicros) {
    this.everyMicros = everyMicros;
  }

  /** Whether a change may go out now; otherwise it is held until {@link #due}. */
  boolean mayLeave(long now) {
    if (now < freeFrom) {
      held = true;
      return false;
    }
    freeFrom = now + everyMicros;
    held = false;
    return true;
  }

  long due() {
    return held ? freeFrom : NEVER;
  }
}
