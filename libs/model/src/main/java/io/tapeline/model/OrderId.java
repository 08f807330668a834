package io.tapeline.model;

/** The venue's order id (FIX OrderID, tag 37): 1 to 64 printable characters without a space. */
public record OrderId(String value) implements Comparable<OrderId> {
  private static final int MOST = 64;

  public OrderId {
    if (!isOne(value)) throw new IllegalArgumentException("not an OrderID: " + value);
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
  public int compareTo(OrderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
