package io.tapeline.contract;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best levels of the book, best first, at most ten a side, on {@code market.depth.v1}.
 *
 * @param refresh true when nothing changed and the depth is only said again for late joiners
 */
public record DepthRow(
    String symbol,
    List<Level> bids,
    List<Level> asks,
    Instant at,
    Instant venueTime,
    @Nullable Boolean refresh) {
  /**
   * One price level, on the wire the array {@code [px, qty, orders]}; orders is left out where it
   * is not known.
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"px", "qty", "orders"})
  public record Level(BigDecimal px, long qty, @Nullable Integer orders) {}
}
