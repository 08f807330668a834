package io.tapeline.positions.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.model.OffTickException;
import io.tapeline.model.Symbol;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.domain.Mark;
import io.tapeline.positions.domain.MarkRule;
import io.tapeline.positions.domain.Position;
import io.tapeline.positions.domain.Quote;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The newest quote of every contract, and the last one of the trading day before. */
@ApplicationScoped
public class Marks {
  /** More contracts than any catalogue has. */
  private static final int MOST = 10_000;

  private final MarkRule rule;
  private final Map<Symbol, Seen> quotes = new ConcurrentHashMap<>();
  private final Counter offTick;

  private record Seen(
      Quote latest, LocalDate day, @Nullable Quote lastOfEarlierDay, long version) {}

  @Inject
  Marks(PositionsConfig config, MeterRegistry meters) {
    rule = config.mark();
    offTick = meters.counter("tapeline.positions.quotes.off.tick");
    meters.gaugeMapSize("tapeline.positions.quotes.contracts", java.util.List.of(), quotes);
  }

  /** Takes the newest quote of a contract. */
  public void accept(Quote quote) {
    if (quotes.size() >= MOST && !quotes.containsKey(quote.symbol())) return;
    var day = TradingCalendar.of(quote.venueTime());
    quotes.compute(
        quote.symbol(),
        (_, seen) -> {
          if (seen == null) return new Seen(quote, day, null, 1);
          return new Seen(
              quote,
              day,
              day.isAfter(seen.day()) ? seen.latest() : seen.lastOfEarlierDay(),
              seen.version() + 1);
        });
  }

  /** What the position is valued at now. */
  public Optional<Mark> mark(Position position) {
    var seen = quotes.get(position.instrument().symbol());
    return seen == null ? Optional.empty() : mark(position, seen.latest());
  }

  /** What the position was valued at last before a trading day began. */
  public Optional<Mark> markBefore(LocalDate day, Position position) {
    var seen = quotes.get(position.instrument().symbol());
    if (seen == null) return Optional.empty();
    var before = seen.day().isBefore(day) ? seen.latest() : seen.lastOfEarlierDay();
    return mark(position, before == null ? seen.latest() : before);
  }

  /** The venue's time of the newest quote of the position's contract. */
  public Optional<Instant> venueTime(Position position) {
    return Optional.ofNullable(quotes.get(position.instrument().symbol()))
        .map(seen -> seen.latest().venueTime());
  }

  /** Grows with every quote of the contract; 0 before the first. */
  long version(Symbol symbol) {
    var seen = quotes.get(symbol);
    return seen == null ? 0 : seen.version();
  }

  /** What a quote values the position at. */
  Optional<Mark> mark(Position position, Quote quote) {
    try {
      return rule.mark(quote, position.instrument(), position.netQty());
    } catch (OffTickException | ArithmeticException _) {
      offTick.increment();
      return Optional.empty();
    }
  }
}
