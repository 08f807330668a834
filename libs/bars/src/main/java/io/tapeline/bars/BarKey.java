package io.tapeline.bars;

import java.time.Instant;

/**
 * Which bar.
 *
 * @param symbol the contract, never a root: a bar does not mix two of them over a roll
 * @param start its first moment
 */
public record BarKey(String symbol, Interval interval, Instant start) {}
