package io.tapeline.model;

import java.util.regex.Pattern;

/**
 * The client's own order id (FIX ClOrdID, tag 11): letters, digits, dot, dash, underscore, 1 to 36.
 */
public record ClOrdId(String value) implements Comparable<ClOrdId> {
  private static final Pattern RULE = Pattern.compile("[A-Za-z0-9._-]{1,36}");

  public ClOrdId {
    if (!RULE.matcher(value).matches())
      throw new IllegalArgumentException("not a ClOrdID: " + value);
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
