package io.tapeline.model;

/**
 * The exchange's contract code (FIX Symbol, tag 55): root, month letter, last digit of the year.
 * ESH4 is the E-mini S&amp;P 500 of March 2024.
 */
public record Symbol(String value) implements Comparable<Symbol> {
  private static final String MONTHS = "FGHJKMNQUVXZ";
  private static final int MOST = 6;

  public Symbol {
    if (!isOne(value)) throw new IllegalArgumentException("not a contract code: " + value);
  }

  /** By hand: every line of a journal has some. */
  private static boolean isOne(String value) {
    int root = value.length() - 2;
    if (root < 1 || value.length() > MOST) return false;
    for (int i = 0; i < root; i++)
      if (!isDigit(value.charAt(i)) && (value.charAt(i) < 'A' || value.charAt(i) > 'Z'))
        return false;
    return MONTHS.indexOf(value.charAt(root)) >= 0 && isDigit(value.charAt(root + 1));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
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
