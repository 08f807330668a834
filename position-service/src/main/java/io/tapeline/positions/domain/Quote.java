package io.tapeline.positions.domain;

import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The top of a contract's book with its last trade; a side without orders is null.
 *
 * @param at when the gateway published it (service clock)
 * @param venueTime when it was so on the venue
 */
public record Quote(
    Symbol symbol,
    @Nullable BigDecimal bidPx,
    @Nullable BigDecimal askPx,
    @Nullable BigDecimal lastPx,
    Instant at,
    Instant venueTime) {}
