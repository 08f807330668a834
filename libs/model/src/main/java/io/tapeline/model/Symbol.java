package io.tapeline.model;

import java.util.regex.Pattern;

/**
 * The exchange's contract code (FIX Symbol, tag 55): root, month letter, last digit of the year.
 * ESH4 is the E-mini S&amp;P 500 of March 2024.
 */
public record Symbol(String value) implements Comparable<Symbol> {
  private static final Pattern RULE = Pattern.compile("[A-Z0-9]{1,4}[FGHJKMNQUVXZ][0-9]");

  public Symbol {
    if (!RULE.matcher(value).matches())
      throw new IllegalArgumentException("not a contract code: " + value);
  }

  /** The product: {@code ES} of {@code ESH4}. */
  public String root() {
    return value.substring(0, value.length() - 2);
  }

  @Override
  public int compareTo(Symbol other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
