package io.tapeline.model;

import java.util.regex.Pattern;

/** The venue's order id (FIX OrderID, tag 37): 1 to 64 printable characters without a space. */
public record OrderId(String value) implements Comparable<OrderId> {
  private static final Pattern RULE = Pattern.compile("[!-~]{1,64}");

  public OrderId {
    if (!RULE.matcher(value).matches())
      throw new IllegalArgumentException("not an OrderID: " + value);
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
