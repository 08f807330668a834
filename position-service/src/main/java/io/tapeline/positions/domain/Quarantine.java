package io.tapeline.positions.domain;

import java.time.Instant;

/**
 * Why an account is folded no further. Its positions stand as they were before the line that could
 * not be booked.
 *
 * @param seq the line that could not be booked, or the first one that is missing
 * @param reason GAP, POISON, or a {@link Step.Contradiction}
 */
public record Quarantine(long seq, String reason, String detail, Instant at) {
  public static final String GAP = "GAP";
  public static final String POISON = "POISON";

  /** Whether the tape is at fault, and not what it says. */
  public boolean isOfTheTape() {
    return reason.equals(GAP) || reason.equals(POISON);
  }
}
