package io.tapeline.contract;

import java.time.Instant;

/**
 * A request in flight to the venue.
 *
 * @param kind NEW, REPLACE or CANCEL
 * @param inDoubt whether it is unknown if the venue ever received it
 */
public record PendingRow(RequestKind kind, Instant since, boolean inDoubt) {}
