package io.tapeline.positions.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A venue's own view of a position is not what its executions come to.
 *
 * @param seq the line of the journal that has the venue's view
 * @param explainedBy executions which the venue, as it seems, does not count; empty: nothing here
 *     explains it
 * @param endedSeq the line at which both agreed again; null: they do not
 */
public record Drift(
    String symbol,
    long seq,
    String venue,
    long session,
    Instant at,
    long venueNetQty,
    long netQty,
    List<String> explainedBy,
    @Nullable Long endedSeq) {
  /** An execution that counts. */
  public record Counted(String execId, long signedQty) {}

  /**
   * The fewest newest executions without which it would be the venue's quantity, else the newest
   * one that alone makes the difference.
   */
  public static List<String> explained(long netQty, long venueNetQty, List<Counted> newestFirst) {
    var without = new ArrayList<String>();
    long left = netQty;
    for (var fill : newestFirst) {
      left -= fill.signedQty();
      without.add(fill.execId());
      if (left == venueNetQty) return without;
    }
    return newestFirst.stream()
        .filter(fill -> fill.signedQty() == netQty - venueNetQty)
        .limit(1)
        .map(Counted::execId)
        .toList();
  }
}
