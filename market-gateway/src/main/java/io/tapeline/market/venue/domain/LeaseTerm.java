package io.tapeline.market.venue.domain;

/**
 * The right to speak to a venue. Whoever takes it over raises the epoch; every write that leads to
 * a send names its epoch and fails when it is not the newest.
 */
public record LeaseTerm(String venue, long epoch, String holder) {}
