package io.tapeline.model;

/**
 * The client's own order id (FIX ClOrdID, tag 11): letters, digits, dot, dash, underscore, 1 to 36.
 */
public record ClOrdId(String value) implements Comparable<ClOrdId> {
  private static final int MOST = 36;

  public ClOrdId {
    if (!isOne(value)) throw new IllegalArgumentException("not a ClOrdID: " + value);
  }

  /** By hand: every line of a journal has some. */
  private static boolean isOne(String value) {
    if (value.isEmpty() || value.length() > MOST) return false;
    for (int i = 0; i < value.length(); i++) if (!isAllowed(value.charAt(i))) return false;
    return true;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }

  @Override
  public int compareTo(ClOrdId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
