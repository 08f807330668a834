package io.tapeline.bars;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Bars that left memory. */
public interface Past {
  Optional<BarVersion> find(BarKey key);

  /** Bars that start from one moment (inclusive) to another (exclusive), oldest first. */
  List<BarVersion> between(String symbol, Interval interval, Instant from, Instant to);

  /**
   * Drops every bar of a contract that starts then or later.
   *
   * @return the highest revision among them; -1 when there was none
   */
  long dropFrom(String symbol, Instant from);
}
