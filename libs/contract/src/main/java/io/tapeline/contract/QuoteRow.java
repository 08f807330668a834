package io.tapeline.contract;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Best bid and offer with the last trade, on {@code market.quotes.v1}. A side without orders is
 * null.
 *
 * @param at when the gateway published it
 * @param venueTime when it was so on the venue
 * @param refresh true when nothing changed and the quote is only said again for late joiners
 */
public record QuoteRow(
    String symbol,
    @Nullable BigDecimal bidPx,
    @Nullable Long bidQty,
    @Nullable BigDecimal askPx,
    @Nullable Long askQty,
    @Nullable BigDecimal lastPx,
    @Nullable Long lastQty,
    Instant at,
    Instant venueTime,
    @Nullable Boolean refresh) {}
