package io.tapeline.market.sim.domain;

/**
 * What agents think a contract is worth, in ticks: a random walk drawn back to an anchor that
 * itself wanders slowly around where it started, with bursts of momentum now and then.
 */
final class FairValue {
  private static final double BACK_TO_ANCHOR_SECONDS = 1800;
  private static final double ANCHOR_BACK_TO_START_SECONDS = 86_400;
  private static final double ANCHOR_WANDERS = 0.3;
  private static final double SECONDS_BETWEEN_BURSTS = 60;
  private static final double BURST_SECONDS = 4;
  private static final double BURST_SPEED = 0.8;
  private static final double TICKS_PER_USUAL_LEVEL_TAKEN = 0.25;
  private static final double LARGEST_PUSH_TICKS = 3;

  private final double ticksPerRootSecond;
  private final double start;
  private final Chance chance;

  private double anchor;
  private double ticks;
  private long at;
  private double burst;
  private long burstUntil;

  FairValue(double ticksPerRootSecond, double start, long at, Chance chance) {
    this.ticksPerRootSecond = ticksPerRootSecond;
    this.start = start;
    this.chance = chance;
    this.at = at;
    anchor = start;
    ticks = start;
  }

  double ticks() {
    return ticks;
  }

  /** Momentum: +1 up, -1 down, 0 none. */
  double burst() {
    return burst;
  }

  boolean isBursting() {
    return burst != 0;
  }

  /**
   * Lets time pass.
   *
   * @param pace how busy the market is against what is usual: a busy one moves farther
   */
  void moveOn(long now, double pace) {
    double seconds = (now - at) / 1e6;
    at = now;
    burstOrNot(now, seconds);
    double step = ticksPerRootSecond * Math.sqrt(seconds * pace);
    anchor +=
        ANCHOR_WANDERS * step * chance.bell()
            + (start - anchor) * seconds / ANCHOR_BACK_TO_START_SECONDS;
    ticks +=
        step * chance.bell()
            + (anchor - ticks) * seconds / BACK_TO_ANCHOR_SECONDS
            + burst * BURST_SPEED * ticksPerRootSecond * seconds;
  }

  /** Moved by a trade: by its part of what usually waits at the best price, signed. */
  void push(double levels) {
    double move = TICKS_PER_USUAL_LEVEL_TAKEN * levels;
    ticks += Math.max(-LARGEST_PUSH_TICKS, Math.min(LARGEST_PUSH_TICKS, move));
  }

  void atLeast(double least) {
    ticks = Math.max(ticks, least);
  }

  void atMost(double most) {
    ticks = Math.min(ticks, most);
  }

  /** What cannot be traded is not thought of either. */
  void keepWithin(PriceBand band) {
    ticks = Math.clamp(ticks, (double) band.low(), (double) band.high());
    anchor = Math.clamp(anchor, (double) band.low(), (double) band.high());
  }

  void sleep(long micros) {
    at += micros;
    burstUntil += micros;
  }

  private void burstOrNot(long now, double seconds) {
    if (now >= burstUntil) burst = 0;
    if (burst == 0 && chance.happens(seconds / SECONDS_BETWEEN_BURSTS)) {
      burst = chance.happens(0.5) ? 1 : -1;
      burstUntil = now + (long) (chance.exponential(BURST_SECONDS) * 1e6);
    }
  }
}
