package io.tapeline.timing;

import java.util.Locale;
import java.util.regex.Pattern;

/** A span of time as people write it: {@code 250us}, {@code 50ms}, {@code 2s}, {@code 5m}. */
final class Threshold {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9}) ?(us|ms|s|m)");

  private Threshold() {}

  static long nanos(String written) {
    var parts = WRITTEN.matcher(written.strip());
    if (!parts.matches())
      throw new IllegalArgumentException(
          "not a span of time: \"" + written + "\"; such as 250us, 50ms, 2s or 5m");
    var number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "us" -> number * 1_000;
      case "ms" -> number * 1_000_000;
      case "s" -> number * 1_000_000_000;
      default -> number * 60_000_000_000L;
    };
  }

  /** For people, in the unit that fits. */
  static String text(long nanos) {
    if (nanos < 1_000_000) return number(nanos / 1e3) + " us";
    if (nanos < 1_000_000_000) return number(nanos / 1e6) + " ms";
    return number(nanos / 1e9) + " s";
  }

  private static String number(double value) {
    var text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
