package io.tapeline.contract;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * State of a venue, or of one instrument there, on {@code market.status.v1}.
 *
 * @param symbol null for the venue as a whole
 * @param session OPEN, CLOSED or HALTED
 * @param venueTime the venue's clock at {@code at}; in a replay the recorded time
 * @param rate how fast the venue's clock runs: 1 in real time, 0 while paused, 5 in a replay at
 *     five times the pace
 * @param reason why the feed is in that state; null while LIVE
 * @param since when it came into that state (service clock)
 * @param reconciled whether orders and executions have been compared since the venue session opened
 *     (venue rows)
 */
public record MarketStatusRow(
    String venue,
    @Nullable String symbol,
    String session,
    FeedState feed,
    @Nullable String reason,
    Instant since,
    Instant at,
    Instant venueTime,
    BigDecimal rate,
    @Nullable Boolean reconciled) {}
