package io.tapeline.positions.domain;

import java.math.BigDecimal;
import java.time.Instant;

/** A point of the equity curve; {@code at} is the service clock. */
public record EquityPoint(Instant at, Instant venueTime, BigDecimal balance, BigDecimal equity) {}
