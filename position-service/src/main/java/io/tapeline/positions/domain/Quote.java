package io.tapeline.positions.domain;

import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The top of a contract's book with its last trade; a side without orders is null. */
public record Quote(
    Symbol symbol,
    @Nullable BigDecimal bidPx,
    @Nullable BigDecimal askPx,
    @Nullable BigDecimal lastPx,
    Instant venueTime) {}
