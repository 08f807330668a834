package io.tapeline.model;

import java.util.regex.Pattern;

/** A trading account (FIX Account, tag 1): letters, digits, dash, underscore, 1 to 36. */
public record AccountId(String value) implements Comparable<AccountId> {
  private static final Pattern RULE = Pattern.compile("[A-Za-z0-9_-]{1,36}");

  public AccountId {
    if (!RULE.matcher(value).matches())
      throw new IllegalArgumentException("not an account id: " + value);
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
