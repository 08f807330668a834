package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import org.jspecify.annotations.Nullable;

/**
 * Passes the market of one playing on. Its exchange counts trades from 1; the tape's numbers never
 * go back.
 */
final class NumberedPrints implements MarketListener {
  private final MarketListener to;
  private final long base;
  private Print.@Nullable Playing playing;
  private volatile long high;

  NumberedPrints(MarketListener to, long base, long high) {
    this.to = to;
    this.base = base;
    this.high = high;
  }

  /** From here on what is printed is part of that playing. */
  void begin(Print.Playing newPlaying) {
    playing = newPlaying;
  }

  /** The highest number given; from any thread. */
  long high() {
    return high;
  }

  @Override
  public void quote(Quote quote) {
    to.quote(quote);
  }

  @Override
  public void depth(Depth depth) {
    to.depth(depth);
  }

  @Override
  public void print(Print print) {
    long number = base + print.tradeId();
    high = Math.max(high, number);
    to.print(
        new Print(
            print.symbol(),
            number,
            print.px(),
            print.qty(),
            print.aggressor(),
            print.venueTime(),
            playing));
  }
}
