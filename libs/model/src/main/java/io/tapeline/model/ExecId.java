package io.tapeline.model;

import java.util.regex.Pattern;

/**
 * One execution (FIX ExecID, tag 17), the key that makes a fill count once: 1 to 64 printable
 * characters without a space.
 */
public record ExecId(String value) implements Comparable<ExecId> {
  private static final Pattern RULE = Pattern.compile("[!-~]{1,64}");

  public ExecId {
    if (!RULE.matcher(value).matches())
      throw new IllegalArgumentException("not an ExecID: " + value);
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
