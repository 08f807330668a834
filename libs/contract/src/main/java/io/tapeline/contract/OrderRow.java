package io.tapeline.contract;

import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order as everyone sees it, complete in every push.
 *
 * @param trail whole ticks
 * @param avgPx for people to read; no decision may depend on it
 * @param version moves on a fill, a venue-confirmed change or a terminal state, never on a mere
 *     request
 * @param seq the account's sequence number of the event that led here; rows are ordered by it
 * @param role STANDALONE, ENTRY, STOP_LOSS or TAKE_PROFIT
 * @param origin DESK, or EXTERNAL for an order that was adopted from the venue
 * @param emulated whether parts of the order live here because the venue does not know them
 * @param denial why we refused it
 * @param expiryReason why it EXPIRED, such as UNSENT
 * @param venueCode the venue's own code, passed on unchanged
 */
public record OrderRow(
    String accountId,
    String clOrdId,
    @Nullable String venueOrderId,
    String symbol,
    Side side,
    OrdType ordType,
    TimeInForce timeInForce,
    long orderQty,
    @Nullable BigDecimal price,
    @Nullable BigDecimal stopPx,
    @Nullable Long trail,
    long cumQty,
    long leavesQty,
    @Nullable BigDecimal avgPx,
    OrdStatus ordStatus,
    List<PendingRow> pending,
    String role,
    @Nullable String parentClOrdId,
    @Nullable String ocoGroup,
    boolean reduceOnly,
    @Nullable String strategy,
    @Nullable String text,
    long version,
    long seq,
    Instant createdAt,
    Instant updatedAt,
    Capabilities capabilities,
    @Nullable Instant expireAt,
    String origin,
    boolean emulated,
    @Nullable Snapped snapped,
    @Nullable Denial denial,
    @Nullable String expiryReason,
    @Nullable String venueCode,
    @Nullable String venueText) {
  /** A price that was moved to the next tick on the safe side. */
  public record Snapped(BigDecimal from, BigDecimal to) {}

  /**
   * Why we refused a request: a name of the closed list, a sentence, and the numbers it speaks of.
   */
  public record Denial(String reason, String detail, Map<String, String> params) {}
}
