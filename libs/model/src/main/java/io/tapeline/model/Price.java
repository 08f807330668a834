package io.tapeline.model;

/**
 * A price in whole ticks. May be negative: WTI settled at -37.63 on 2020-04-20.
 *
 * @param ticks the price divided by the instrument's tick size
 */
public record Price(long ticks) implements Comparable<Price> {
  /**
   * This price moved by a number of ticks.
   *
   * @throws ArithmeticException when the result does not fit a long
   */
  public Price plusTicks(long more) {
    return new Price(Math.addExact(ticks, more));
  }

  /** How many ticks this price lies above the other; negative when below. */
  public long ticksAbove(Price other) {
    return Math.subtractExact(ticks, other.ticks);
  }

  @Override
  public int compareTo(Price other) {
    return Long.compare(ticks, other.ticks);
  }
}
