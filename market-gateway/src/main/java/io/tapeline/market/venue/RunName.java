package io.tapeline.market.venue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a life of a replay is remembered by.
 *
 * @param recordings their fingerprint
 * @param seek where it was wound to; null for one from the beginning
 */
record RunName(String recordings, @Nullable Instant seek) {
  private static final String AT = "@";

  static RunName parse(String text) {
    int at = text.indexOf(AT);
    return at < 0
        ? new RunName(text, null)
        : new RunName(text.substring(0, at), Instant.parse(text.substring(at + 1)));
  }

  @Override
  public String toString() {
    return seek == null ? recordings : recordings + AT + seek;
  }
}
