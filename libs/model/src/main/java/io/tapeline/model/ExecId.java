package io.tapeline.model;

/**
 * One execution (FIX ExecID, tag 17), the key that makes a fill count once: 1 to 64 printable
 * characters without a space.
 */
public record ExecId(String value) implements Comparable<ExecId> {
  private static final int MOST = 64;

  public ExecId {
    if (!isOne(value)) throw new IllegalArgumentException("not an ExecID: " + value);
  }

  /** By hand: every line of a journal has some. */
  private static boolean isOne(String value) {
    if (value.isEmpty() || value.length() > MOST) return false;
    for (int i = 0; i < value.length(); i++) if (!isAllowed(value.charAt(i))) return false;
    return true;
  }

  private static boolean isAllowed(char c) {
    return c >= '!' && c <= '~';
  }

  @Override
  public int compareTo(ExecId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
