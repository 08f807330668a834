package io.tapeline.positions.http;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated text as RFC 4180 has it, every field in quotes, so that any spreadsheet opens it.
 * A text that begins like a formula is kept from being one.
 */
final class Csv {
  private static final String END_OF_LINE = "\r\n";

  private final StringBuilder text = new StringBuilder();

  Csv(String... header) {
    row(Arrays.asList(header));
  }

  void row(List<? extends @Nullable Object> fields) {
    text.append(fields.stream().map(Csv::field).collect(Collectors.joining(",")))
        .append(END_OF_LINE);
  }

  private static String field(@Nullable Object value) {
    var plain = value == null ? "" : value.toString();
    if (value instanceof String && !plain.isEmpty() && "=+-@".indexOf(plain.charAt(0)) >= 0)
      plain = "'" + plain;
    return '"' + plain.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
