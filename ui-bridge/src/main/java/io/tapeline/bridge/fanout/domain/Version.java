package io.tapeline.bridge.fanout.domain;

/**
 * Which of two values of a key is the newer one.
 *
 * @param seq a counter, or the account's seq
 * @param mark number of the mark of a position or account; -1 where there are no marks
 */
public record Version(long seq, long mark) implements Comparable<Version> {
  public static Version of(long seq) {
    return new Version(seq, -1);
  }

  @Override
  public int compareTo(Version other) {
    int bySeq = Long.compare(seq, other.seq);
    return bySeq != 0 ? bySeq : Long.compare(mark, other.mark);
  }

  /** As it stands in an item. */
  @Override
  public String toString() {
    return mark < 0 ? Long.toString(seq) : "[" + seq + "," + mark + "]";
  }
}
