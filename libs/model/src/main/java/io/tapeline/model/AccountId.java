package io.tapeline.model;

/** A trading account (FIX Account, tag 1): letters, digits, dash, underscore, 1 to 36. */
public record AccountId(String value) implements Comparable<AccountId> {
  private static final int MOST = 36;

  public AccountId {
    if (!isOne(value)) throw new IllegalArgumentException("not an account id: " + value);
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
        || c == '-';
  }

  @Override
  public int compareTo(AccountId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
