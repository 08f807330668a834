package io.tapeline.bars;

/**
 * A bar as it is known.
 *
 * @param isFinal its time is over; it may be revised all the same
 * @param revision higher after every change of what was final
 */
public record BarVersion(Bar bar, boolean isFinal, long revision) {
  public BarKey key() {
    return bar.key();
  }

  /** The one of two versions of a bar that counts. */
  public BarVersion newerOf(BarVersion other) {
    if (revision != other.revision) return revision > other.revision ? this : other;
    if (isFinal != other.isFinal) return isFinal ? this : other;
    return other.bar.trades() >= bar.trades() ? other : this;
  }
}
