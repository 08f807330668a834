package io.tapeline.market.sim.domain;

/**
 * Lets a state out at once when it changes, then at most once per interval of venue time; the last
 * state always comes out. What was held comes out at whole intervals, that of every contract
 * together, so that it travels together. Depends on venue time alone, so the speed of the run does
 * not show.
 */
final class Conflation {
  static final long NEVER = Long.MAX_VALUE;

  private final long everyMicros;
  private long freeFrom = Long.MIN_VALUE;
  private boolean held;

  Conflation(long everyMicros) {
    this.everyMicros = everyMicros;
  }

  boolean isFree(long now) {
    return now >= freeFrom;
  }

  /** Something changed that may not go out yet. */
  void hold() {
    held = true;
  }

  /** The state went out. */
  void sent(long now) {
    freeFrom = Math.ceilDiv(now, everyMicros) * everyMicros + everyMicros;
    held = false;
  }

  /** What was held has become again what went out before. */
  void nothingNew() {
    held = false;
  }

  /** When what is held may go out. */
  long due() {
    return held ? freeFrom : NEVER;
  }
}
