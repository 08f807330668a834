package io.tapeline.positions.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.model.OffTickException;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.Mark;
import io.tapeline.positions.domain.MarkRule;
import io.tapeline.positions.domain.Position;
import io.tapeline.positions.domain.Quote;
import io.tapeline.positions.domain.TradingDay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The newest quote of every contract, and the last one of the trading day before. */
@ApplicationScoped
public class Marks {
  /** More contracts than any catalogue has. */
  private static final int MOST = 10_000;

  private final MarkRule rule;
  private final Map<Symbol, Seen> quotes = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();
  private final Counter offTick;

  private record Seen(Quote latest, LocalDate day, @Nullable Quote lastOfEarlierDay) {}

  @Inject
  Marks(PositionsConfig config, MeterRegistry meters) {
    rule = config.mark();
    offTick = meters.counter("tapeline.positions.quotes.off.tick");
    meters.gaugeMapSize("tapeline.positions.quotes.contracts", java.util.List.of(), quotes);
  }

  /** Takes the newest quote of a contract. */
  public void accept(Quote quote) {
    if (quotes.size() >= MOST && !quotes.containsKey(quote.symbol())) return;
    var day = TradingDay.of(quote.venueTime());
    quotes.compute(
        quote.symbol(),
        (_, seen) -> {
          if (seen == null) return new Seen(quote, day, null);
          return day.isAfter(seen.day())
              ? new Seen(quote, day, seen.latest())
              : new Seen(quote, day, seen.lastOfEarlierDay());
        });
    changes.incrementAndGet();
  }

  /** Grows with every quote. */
  public long changes() {
    return changes.get();
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

  /** The trading day of the newest quote of the position's contract. */
  public Optional<LocalDate> tradingDay(Position position) {
    return Optional.ofNullable(quotes.get(position.instrument().symbol())).map(Seen::day);
  }

  private Optional<Mark> mark(Position position, Quote quote) {
    try {
      return rule.mark(quote, position.instrument(), position.netQty());
    } catch (OffTickException | ArithmeticException _) {
      offTick.increment();
      return Optional.empty();
    }
  }
}
