package io.tapeline.contract;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request in flight to the venue.
 *
 * @param kind NEW, REPLACE or CANCEL
 * @param inDoubt whether it is unknown if the venue ever received it
 * @param orderQty of a REPLACE the total lots asked for last; {@code price}, {@code stopPx} and
 *     {@code trail} likewise
 */
public record PendingRow(
    RequestKind kind,
    Instant since,
    boolean inDoubt,
    @Nullable Long orderQty,
    @Nullable BigDecimal price,
    @Nullable BigDecimal stopPx,
    @Nullable Long trail) {
  public PendingRow(RequestKind kind, Instant since, boolean inDoubt) {
    this(kind, since, inDoubt, null, null, null, null);
  }
}
