package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.model.Price;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a venue shows, made wrong as a profile says. */
final class Shown {
  private static final int MISSING_LEVELS = 4;

  private Shown() {}

  static Quote wrong(Quote quote, FaultProfile profile) {
    var at = quote.venueTime().plus(profile.clockSkew());
    return switch (profile.book()) {
      case NONE -> quote(quote, quote.bidPx(), quote.askPx(), at);
      case CROSSED -> quote(quote, quote.askPx(), quote.bidPx(), at);
      case GAPPED ->
          quote(
              quote,
              quote.bidPx() == null ? null : quote.bidPx().plusTicks(-MISSING_LEVELS),
              quote.askPx() == null ? null : quote.askPx().plusTicks(MISSING_LEVELS),
              at);
    };
  }

  private static Quote quote(Quote quote, @Nullable Price bid, @Nullable Price ask, Instant at) {
    return new Quote(
        quote.symbol(),
        bid,
        quote.bidQty(),
        ask,
        quote.askQty(),
        quote.lastPx(),
        quote.lastQty(),
        at);
  }

  static Depth wrong(Depth depth, FaultProfile profile) {
    var at = depth.venueTime().plus(profile.clockSkew());
    return switch (profile.book()) {
      case NONE -> new Depth(depth.symbol(), depth.bids(), depth.asks(), at);
      case CROSSED -> new Depth(depth.symbol(), depth.asks(), depth.bids(), at);
      case GAPPED -> new Depth(depth.symbol(), rest(depth.bids()), rest(depth.asks()), at);
    };
  }

  private static List<Depth.Level> rest(List<Depth.Level> levels) {
    return levels.subList(Math.min(MISSING_LEVELS, levels.size()), levels.size());
  }

  static Print late(Print print, Duration by) {
    return by.isZero()
        ? print
        : new Print(
            print.symbol(),
            print.tradeId(),
            print.px(),
            print.qty(),
            print.aggressor(),
            print.venueTime().plus(by),
            print.playing());
  }
}
