package io.tapeline.positions.domain;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What of a ledger is asked for; null: whatever it is. The end of a time is excluded. */
public record TradeFilter(
    @Nullable String symbol,
    @Nullable String strategy,
    @Nullable LocalDate tradingDay,
    @Nullable Instant from,
    @Nullable Instant to) {}
