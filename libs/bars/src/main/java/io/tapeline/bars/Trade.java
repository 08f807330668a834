package io.tapeline.bars;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trade of one contract, as bars need it.
 *
 * @param id grows; the same again is the same trade, corrected where its numbers differ
 * @param at the venue's time of it
 * @param qty 0 when it was taken back
 * @param pass which playing of a recording; 0 where there is none
 * @param passFrom where that playing began: what earlier ones traded from that second on is void
 */
public record Trade(
    long id, Instant at, BigDecimal px, long qty, long pass, @Nullable Instant passFrom) {

  /** A trade of a live market. */
  public static Trade of(long id, Instant at, BigDecimal px, long qty) {
    return new Trade(id, at, px, qty, 0, null);
  }
}
