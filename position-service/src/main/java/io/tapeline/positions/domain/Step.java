package io.tapeline.positions.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one line of the tape does to an account. */
public sealed interface Step {
  /**
   * The next line, folded in.
   *
   * @param fill where it was one
   * @param closed the round trips the fill completed
   */
  record Advanced(AccountFold after, @Nullable Fill fill, List<Pairing> closed) implements Step {}

  /**
   * The next line, folded in: it took an execution back.
   *
   * @param instead what stands in its place; null: nothing
   * @param gone round trips that were and are no more
   * @param made round trips that are now, or are otherwise than they were
   */
  record Reversed(
      AccountFold after, Fill old, @Nullable Fill instead, List<Pairing> gone, List<Pairing> made)
      implements Step {}

  /** Folded in before; nothing changes. */
  record Repeated() implements Step {}

  /** Lines are missing before this one. */
  record Gap(long expected, long found) implements Step {}

  /** The next line, but it contradicts what is known; it must not be booked. */
  record Contradicted(Contradiction why, String detail) implements Step {}

  /** Why a line cannot be booked. */
  enum Contradiction {
    /** A fill of a contract whose numbers no order has named. */
    UNKNOWN_CONTRACT,
    /** A contract's tick size or value is not what it was. */
    CONTRACT_CHANGED,
    /** The price is no whole number of ticks, or the quantity is zero. */
    NOT_TRADEABLE,
    /** The execution is booked already, under another sequence number. */
    BOOKED_TWICE,
    /** An execution is taken back that is not booked, or was taken back before. */
    NOT_STANDING,
    /** An execution is taken back, but not as it was booked. */
    NOT_AS_BOOKED,
    /** A sum outgrew 63 bits. */
    TOO_LARGE
  }
}
