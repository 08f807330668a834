package io.tapeline.market.faults.domain;

import java.time.Duration;
import java.util.List;

/**
 * How a venue misbehaves. Shares are between 0 (never) and 1 (always), each of what it names.
 *
 * @param seed where all chances come from
 * @param ackDelay how much later everything about orders is said
 * @param jitter how much later still, at most; the order of an account's reports stays
 * @param lostAck of answers that are never said, though the venue did what was asked
 * @param lostRequest of requests that never arrive
 * @param duplicate of reports that are said twice
 * @param outOfOrder of reports that later ones overtake
 * @param partialFills of trades that fall into several executions
 * @param reject of requests that are refused though nothing is wrong with them
 * @param rejectCodes with which codes, in turn
 * @param bust of executions that are taken back
 * @param correct of executions that get another price
 * @param reviewAfter when that happens, in venue time
 * @param lateFill of cancels before which part of the order trades, and of fills said afterwards
 * @param muteFeed the market is not shown any more, though the venue is "connected"
 * @param halted nothing trades, and new orders are refused
 * @param book what is wrong with the book that is shown
 * @param clockSkew how far the clock of the venue and of what it shows is ahead of what is true
 */
public record FaultProfile(
    long seed,
    Duration ackDelay,
    Duration jitter,
    double lostAck,
    double lostRequest,
    double duplicate,
    double outOfOrder,
    double partialFills,
    double reject,
    List<String> rejectCodes,
    double bust,
    double correct,
    Duration reviewAfter,
    double lateFill,
    boolean muteFeed,
    boolean halted,
    BookFault book,
    Duration clockSkew) {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Everything as it should be. */
  public static final FaultProfile NONE =
      new FaultProfile(
          1,
          Duration.ZERO,
          Duration.ZERO,
          0,
          0,
          0,
          0,
          0,
          0,
          List.of("2", "3", "7"),
          0,
          0,
          Duration.ofMillis(500),
          0,
          false,
          false,
          BookFault.NONE,
          Duration.ZERO);

  public FaultProfile {
    rejectCodes = List.copyOf(rejectCodes);
    for (double share :
        new double[] {
          lostAck, lostRequest, duplicate, outOfOrder, partialFills, reject, bust, correct, lateFill
        }) {
      if (!(share >= 0 && share <= 1))
        throw new IllegalArgumentException("a share is between 0 and 1, not " + share);
    }
    for (var time : List.of(ackDelay, jitter, reviewAfter)) {
      if (time.isNegative() || time.compareTo(LONGEST) > 0)
        throw new IllegalArgumentException("a delay is between 0 and 10 minutes, not " + time);
    }
    if (clockSkew.abs().compareTo(LONGEST) > 0)
      throw new IllegalArgumentException("a clock is at most 10 minutes wrong, not " + clockSkew);
    if (reject > 0 && rejectCodes.isEmpty())
      throw new IllegalArgumentException("a refusal needs a code");
  }

  /** Whether anything is wrong at all. */
  public boolean isProper() {
    return withSeed(NONE.seed()).equals(NONE);
  }

  public FaultProfile withSeed(long newSeed) {
    return new FaultProfile(
        newSeed,
        ackDelay,
        jitter,
        lostAck,
        lostRequest,
        duplicate,
        outOfOrder,
        partialFills,
        reject,
        rejectCodes,
        bust,
        correct,
        reviewAfter,
        lateFill,
        muteFeed,
        halted,
        book,
        clockSkew);
  }
}
