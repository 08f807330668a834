package io.tapeline.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the last minute to a venue, or from one who calls the bridge.
 *
 * @param service that counts them
 * @param caller the venue, or the user and which of the user's sessions or tokens it is
 * @param user whose calls these are; null: the desk's own
 * @param budget calls that are to suffice for a minute
 * @param remaining of them
 * @param used what used them, the most first
 */
public record CallsRow(
    String service,
    String caller,
    @Nullable String user,
    long count,
    long budget,
    long remaining,
    List<Used> used) {
  /** One kind of call. */
  public record Used(String what, long count) {}
}
