package io.tapeline.market.faults.domain;

import java.util.SplittableRandom;

/**
 * Chances by seed and subject: the same about the same subject, in whatever order they are asked
 * for. So the timing of a run does not show in what goes wrong.
 */
public final class FaultDice {
  private static final long PRIME = 0x100000001B3L;
  private final long seed;

  public FaultDice(long seed) {
    this.seed = seed;
  }

  /**
   * Whether it happens.
   *
   * @param share 0 never, 1 always
   * @param what the kind of fault
   * @param subject what it would happen to
   */
  public boolean happens(double share, String what, Object... subject) {
    return share > 0 && random(what, subject).nextDouble() < share;
  }

  /** A whole number from 0 up to, but not including, a bound. */
  public int below(int bound, String what, Object... subject) {
    return random(what, subject).nextInt(bound);
  }

  private SplittableRandom random(String what, Object... subject) {
    long hash = mix(seed, what);
    for (var part : subject) hash = mix(hash, part.toString());
    return new SplittableRandom(hash);
  }

  private static long mix(long hash, String text) {
    long mixed = (hash ^ text.length()) * PRIME;
    for (int i = 0; i < text.length(); i++) mixed = (mixed ^ text.charAt(i)) * PRIME;
    return mixed;
  }
}
