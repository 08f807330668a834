package io.tapeline.door;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How far a caller may go; each scope includes those before it. */
public enum Scope {
  READ,
  TRADE,
  ADMIN;

  /** The name on wires and command lines, such as {@code trade}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The scope of that label.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Scope of(String label) {
    return Arrays.stream(values())
        .filter(scope -> scope.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("not a scope (read, trade or admin): " + label));
  }

  public boolean includes(Scope other) {
    return compareTo(other) >= 0;
  }

  /** This scope's label and those of all it includes. */
  public Set<String> labels() {
    return Arrays.stream(values())
        .filter(this::includes)
        .map(Scope::label)
        .collect(Collectors.toUnmodifiableSet());
  }
}
