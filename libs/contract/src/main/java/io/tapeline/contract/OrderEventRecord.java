package io.tapeline.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of an account's journal, on {@code orders.events.v1}: the event, and the full public
 * order row after it.
 *
 * @param seq gapless per account, from 1
 * @param v version of the event's format; older ones are brought forward when read
 * @param at when it was decided (service clock)
 * @param venueTime the venue's clock then, or the venue's own time of what it reported; null where
 *     no venue is concerned
 * @param order the row after the event; null where no order is concerned
 */
public record OrderEventRecord(
    String accountId,
    long seq,
    int v,
    Instant at,
    @Nullable Instant venueTime,
    TapeEvent event,
    @Nullable OrderRow order) {}
