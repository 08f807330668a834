package io.tapeline.orders.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event with its place in the account's journal.
 *
 * @param seq gapless per account, from 1
 * @param at when it was decided (service clock)
 * @param venueTime the venue's clock then; null where no venue is concerned
 */
public record Recorded(long seq, Instant at, @Nullable Instant venueTime, OrderEvent event) {}
