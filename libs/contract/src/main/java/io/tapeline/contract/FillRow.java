package io.tapeline.contract;

import io.tapeline.model.Side;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One execution as booked. {@code seq} is the account's sequence number of its event. */
public record FillRow(
    String accountId,
    long seq,
    String execId,
    String clOrdId,
    String symbol,
    Side side,
    long lastQty,
    BigDecimal lastPx,
    @Nullable BigDecimal fee,
    Instant at,
    Instant venueTime) {}
