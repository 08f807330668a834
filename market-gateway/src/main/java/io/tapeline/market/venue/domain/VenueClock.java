package io.tapeline.market.venue.domain;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A venue's clock at this moment.
 *
 * @param rate 1 in real time, 0 while it stands
 */
public record VenueClock(Instant venueTime, BigDecimal rate) {}
