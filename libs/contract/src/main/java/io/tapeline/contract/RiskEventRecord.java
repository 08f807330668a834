package io.tapeline.contract;

import java.time.Instant;

/**
 * One line of an account's risk journal, on {@code risk.events.v1}.
 *
 * @param no gapless per account, from 1
 * @param v version of the event's format
 * @param at when it was decided (service clock)
 * @param venueTime the venue's clock then
 * @param asOfSeq how much of the account's order journal was folded when it was decided
 */
public record RiskEventRecord(
    String accountId,
    long no,
    int v,
    Instant at,
    Instant venueTime,
    long asOfSeq,
    RiskEvent event) {}
