package io.tapeline.market.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.contract.DepthRow;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.TradePrint;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.tapeline.service.Hop;
import io.tapeline.timing.Operation;
import io.tapeline.timing.Timing;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the market shows, published as it comes and kept for those who ask. Heard on the venue's
 * thread; asked from any.
 */
public final class MarketBoard implements MarketListener {
  private final Tape tape;
  private final Instruments instruments;
  private final InstantSource clock;
  private final Map<Symbol, Shown> shown = new ConcurrentHashMap<>();
  private final Map<String, Long> printed = new ConcurrentHashMap<>();
  private volatile @Nullable Long beatAt;
  private final Counter quotes;
  private final Counter depths;
  private final Counter prints;
  private final Operation fromVenue;
  private final Operation toKafka;

  /** The newest of a symbol; {@code heardAt} on a monotonic clock. */
  record Shown(@Nullable QuoteRow quote, @Nullable DepthRow depth, long heardAt) {}

  MarketBoard(
      Tape tape,
      Instruments instruments,
      InstantSource clock,
      MeterRegistry meters,
      Timing timing) {
    this.tape = tape;
    this.instruments = instruments;
    this.clock = clock;
    quotes = meters.counter("tapeline.market.records", "kind", "quote");
    depths = meters.counter("tapeline.market.records", "kind", "depth");
    prints = meters.counter("tapeline.market.records", "kind", "trade");
    fromVenue = Hop.TICK_VENUE.in(timing);
    toKafka = Hop.TICK_GATEWAY.in(timing);
  }

  @Override
  public void quote(Quote quote) {
    var instrument = instrument(quote.symbol());
    if (instrument.isEmpty()) return;
    var row = row(instrument.get(), quote);
    keep(quote.symbol(), row, null);
    quotes.increment();
    // the time of a recording is not of today
    if (!instruments.venue().equals(Venues.REPLAY)) Hop.took(fromVenue, row.venueTime(), row.at());
    try (var _ = toKafka.start()) {
      tape.quote(row);
    }
  }

  @Override
  public void depth(Depth depth) {
    var instrument = instrument(depth.symbol());
    if (instrument.isEmpty()) return;
    var row =
        new DepthRow(
            depth.symbol().value(),
            levels(instrument.get(), depth.bids()),
            levels(instrument.get(), depth.asks()),
            clock.instant(),
            depth.venueTime(),
            null);
    keep(depth.symbol(), null, row);
    depths.increment();
    tape.depth(row);
  }

  @Override
  public void print(Print print) {
    var instrument = instrument(print.symbol());
    if (instrument.isEmpty()) return;
    prints.increment();
    printed.put(print.symbol().value(), print.tradeId());
    var playing = print.playing();
    tape.print(
        new TradePrint(
            print.symbol().value(),
            print.tradeId(),
            instrument.get().decimal(print.px()),
            print.qty().lots(),
            print.aggressor(),
            clock.instant(),
            print.venueTime(),
            instruments.venue(),
            playing == null ? null : playing.pass(),
            playing == null ? null : playing.from()));
  }

  /** The number of a symbol's newest trade that is on the tape, or on its way there; 0: none. */
  long printed(String symbol) {
    return printed.getOrDefault(symbol, 0L);
  }

  /** What a symbol traded at last; null where nothing has. */
  @Nullable BigDecimal last(Symbol symbol) {
    var known = shown.get(symbol);
    return known == null || known.quote() == null ? null : known.quote().lastPx();
  }

  @Override
  public void beat() {
    beatAt = System.nanoTime();
  }

  /** When the feed last said that it is alive; null where it never did. */
  @Nullable Long beatAt() {
    return beatAt;
  }

  /** Says the newest of every symbol again; on the venue's thread, so that it stays the newest. */
  void refresh() {
    for (var each : shown.values()) {
      if (each.quote() != null) tape.quote(again(each.quote()));
      if (each.depth() != null) tape.depth(again(each.depth()));
    }
  }

  /** The newest quotes of these symbols, or of all. */
  public List<QuoteRow> quotes(List<Symbol> symbols) {
    return shown.entrySet().stream()
        .filter(entry -> symbols.isEmpty() || symbols.contains(entry.getKey()))
        .flatMap(entry -> Optional.ofNullable(entry.getValue().quote()).stream())
        .sorted((a, b) -> a.symbol().compareTo(b.symbol()))
        .toList();
  }

  /** What was heard of each symbol. */
  Map<Symbol, Shown> shown() {
    return Map.copyOf(shown);
  }

  private void keep(Symbol symbol, @Nullable QuoteRow quote, @Nullable DepthRow depth) {
    var before = shown.get(symbol);
    shown.put(
        symbol,
        new Shown(
            quote != null ? quote : before == null ? null : before.quote(),
            depth != null ? depth : before == null ? null : before.depth(),
            System.nanoTime()));
  }

  private Optional<Instrument> instrument(Symbol symbol) {
    return instruments.contract(symbol).map(contract -> contract.instrument());
  }

  private QuoteRow row(Instrument instrument, Quote quote) {
    return new QuoteRow(
        quote.symbol().value(),
        decimal(instrument, quote.bidPx()),
        lots(quote.bidPx(), quote.bidQty()),
        decimal(instrument, quote.askPx()),
        lots(quote.askPx(), quote.askQty()),
        decimal(instrument, quote.lastPx()),
        lots(quote.lastPx(), quote.lastQty()),
        clock.instant(),
        quote.venueTime(),
        null);
  }

  private QuoteRow again(QuoteRow row) {
    return new QuoteRow(
        row.symbol(),
        row.bidPx(),
        row.bidQty(),
        row.askPx(),
        row.askQty(),
        row.lastPx(),
        row.lastQty(),
        clock.instant(),
        row.venueTime(),
        true);
  }

  private DepthRow again(DepthRow row) {
    return new DepthRow(
        row.symbol(), row.bids(), row.asks(), clock.instant(), row.venueTime(), true);
  }

  private static List<DepthRow.Level> levels(Instrument instrument, List<Depth.Level> levels) {
    return levels.stream()
        .map(
            level ->
                new DepthRow.Level(
                    instrument.decimal(level.px()),
                    level.qty().lots(),
                    level.orders() == 0 ? null : level.orders()))
        .toList();
  }

  private static @Nullable BigDecimal decimal(Instrument instrument, @Nullable Price price) {
    return price == null ? null : instrument.decimal(price);
  }

  private static @Nullable Long lots(@Nullable Price price, Qty qty) {
    return price == null ? null : qty.lots();
  }
}
