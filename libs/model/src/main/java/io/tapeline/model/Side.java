package io.tapeline.model;

/** Which way an order changes a position (FIX Side, tag 54). */
public enum Side {
  BUY(+1),
  SELL(-1);

  private final int sign;

  Side(int sign) {
    this.sign = sign;
  }

  /** The change of the net position, in lots, when this quantity is traded on this side. */
  public long signed(Qty qty) {
    return sign * qty.lots();
  }

  public Side opposite() {
    return this == BUY ? SELL : BUY;
  }

  /**
   * Whether a is the better price for the other party, and so trades before b, when both rest on
   * this side.
   */
  public boolean ranksBefore(Price a, Price b) {
    return this == BUY ? a.compareTo(b) > 0 : a.compareTo(b) < 0;
  }

  /** Whether an order of this side limited to {@code limit} may trade at {@code px}. */
  public boolean reaches(Price limit, Price px) {
    return this == BUY ? limit.compareTo(px) >= 0 : limit.compareTo(px) <= 0;
  }
}
