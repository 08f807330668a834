package io.tapeline.contract;

import java.time.Instant;

/**
 * What a venue said about an account, on {@code venue.reports.v1}. May be repeated; never
 * reinterpreted.
 *
 * @param session number of the venue session it was said in; grows with every session, also over
 *     restarts
 * @param at when the gateway published it (service clock)
 * @param venueTime the venue's time of what is reported
 */
public record VenueReportRecord(
    String accountId,
    String venue,
    long session,
    Instant at,
    Instant venueTime,
    VenueReport report) {}
