package io.tapeline.positions.domain;

import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a quote becomes the price a position is valued at. */
public enum MarkRule {
  /**
   * The last trade where it lies inside bid and ask, else the nearer of the two: a trade of an hour
   * ago must not value a position the market has left.
   */
  LAST,
  /** Half way between bid and ask, where both are there, else as LAST. */
  MID,
  /** What closing would fetch: the bid for longs, the ask for shorts, where it is there. */
  EXIT;

  /**
   * The mark of a position of this sign.
   *
   * @return empty while the quote has no price to mark with
   * @throws io.tapeline.model.OffTickException when the quote is not in the contract's ticks
   */
  public Optional<Mark> mark(Quote quote, Instrument instrument, long netQty) {
    var bid = quote.bidPx() == null ? null : instrument.price(quote.bidPx());
    var ask = quote.askPx() == null ? null : instrument.price(quote.askPx());
    var last = quote.lastPx() == null ? null : instrument.price(quote.lastPx());
    return switch (this) {
      case LAST -> last(bid, ask, last).map(px -> whole(px, quote));
      case MID ->
          bid != null && ask != null
              ? Optional.of(new Mark(Math.addExact(bid.ticks(), ask.ticks()), quote.at()))
              : last(bid, ask, last).map(px -> whole(px, quote));
      case EXIT -> {
        var exit = netQty < 0 ? ask : bid;
        yield (exit != null ? Optional.of(exit) : last(bid, ask, last)).map(px -> whole(px, quote));
      }
    };
  }

  private static Optional<Price> last(
      @Nullable Price bid, @Nullable Price ask, @Nullable Price last) {
    if (last == null) return Optional.empty();
    if (bid != null && ask != null && bid.compareTo(ask) > 0) return Optional.of(last);
    if (bid != null && last.compareTo(bid) < 0) return Optional.of(bid);
    if (ask != null && last.compareTo(ask) > 0) return Optional.of(ask);
    return Optional.of(last);
  }

  private static Mark whole(Price px, Quote quote) {
    return new Mark(Math.multiplyExact(2, px.ticks()), quote.at());
  }
}
