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
 * @param doubt what is known while it is in doubt
 */
public record PendingRow(
    RequestKind kind,
    Instant since,
    boolean inDoubt,
    @Nullable Long orderQty,
    @Nullable BigDecimal price,
    @Nullable BigDecimal stopPx,
    @Nullable Long trail,
    @Nullable Doubt doubt) {
  public PendingRow(RequestKind kind, Instant since, @Nullable Doubt doubt) {
    this(kind, since, doubt != null, null, null, null, null, doubt);
  }

  /**
   * What is known of a request in doubt.
   *
   * @param since when it came into doubt
   * @param negatives how often the venue said it does not know it, in a way that counts; two are
   *     proof
   */
  public record Doubt(Instant since, String why, int negatives) {}
}
