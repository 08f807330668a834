package io.tapeline.bars;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What was traded in an interval. A bar of one trade is the smallest, and {@link #with} makes
 * longer ones of shorter: there is no other arithmetic of bars.
 *
 * @param volume lots of all trades; 0 where every trade was taken back, and the prices then are
 *     those it had
 * @param firstAt when its first trade was, so that a late one finds its place
 */
public record Bar(
    BarKey key,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    long volume,
    long trades,
    Instant firstAt,
    Instant lastAt) {

  static Bar of(BarKey key, Trade trade) {
    return new Bar(
        key,
        trade.px(),
        trade.px(),
        trade.px(),
        trade.px(),
        trade.qty(),
        1,
        trade.at(),
        trade.at());
  }

  /**
   * This bar and another one, as one. At equal times the other counts as later.
   *
   * @throws IllegalArgumentException when they are of two contracts
   */
  Bar with(Bar other) {
    if (!other.key.symbol().equals(key.symbol()))
      throw new IllegalArgumentException("a bar of " + key.symbol() + " and " + other.key.symbol());
    if (other.isEmpty()) return this;
    if (isEmpty()) return other.as(key);
    boolean opensBefore = other.firstAt.isBefore(firstAt);
    boolean closesBefore = other.lastAt.isBefore(lastAt);
    return new Bar(
        key,
        opensBefore ? other.open : open,
        high.max(other.high),
        low.min(other.low),
        closesBefore ? close : other.close,
        Math.addExact(volume, other.volume),
        trades + other.trades,
        opensBefore ? other.firstAt : firstAt,
        closesBefore ? lastAt : other.lastAt);
  }

  Bar as(BarKey newKey) {
    return new Bar(newKey, open, high, low, close, volume, trades, firstAt, lastAt);
  }

  /** This bar when all its trades were taken back. */
  Bar emptied() {
    return new Bar(key, open, high, low, close, 0, 0, firstAt, lastAt);
  }

  public boolean isEmpty() {
    return trades == 0;
  }

  public String symbol() {
    return key.symbol();
  }

  public Interval interval() {
    return key.interval();
  }

  public Instant start() {
    return key.start();
  }
}
