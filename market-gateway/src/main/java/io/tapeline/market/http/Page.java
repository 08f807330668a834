package io.tapeline.market.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next what to ask for next; null at the end
 */
record Page<T>(List<T> items, @Nullable String next) {
  Page {
    items = List.copyOf(items);
  }
}
