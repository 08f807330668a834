package io.tapeline.market.dbn;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.replay.domain.Replay;
import io.tapeline.market.replay.domain.ReplaySettings;
import io.tapeline.market.venue.ReplayConfig;
import io.tapeline.market.venue.ReplayVenue;
import io.tapeline.market.venue.conformance.ForgetfulMemory;
import io.tapeline.market.venue.domain.VenueListener;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.Symbol;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Five minutes of the recorded session as a venue plays them at the speed they happened, held
 * against a second reading of the same bytes.
 */
@Tag("soak")
class RecordedAtSpeedOneTest {
  private static final Instant FROM = Instant.parse("2023-12-25T23:00:00Z");
  private static final Instant TO = FROM.plus(Duration.ofMinutes(5));
  private static final Instrument ES =
      new Instrument(new Symbol("ESH4"), new BigDecimal("0.25"), Money.of("12.50", "USD"));

  /** What was shown, and when by our own clock. */
  private static final class Seen implements MarketListener, VenueListener {
    final List<Quote> quotes = new ArrayList<>();
    final List<Depth> depths = new ArrayList<>();
    final List<Print> prints = new ArrayList<>();
    final List<Long> behind = new ArrayList<>();
    final CountDownLatch over = new CountDownLatch(1);

    @Override
    public void quote(Quote quote) {
      quotes.add(quote);
    }

    @Override
    public void depth(Depth depth) {
      depths.add(depth);
    }

    @Override
    public void print(Print print) {
      prints.add(print);
      time(print.venueTime());
    }

    private void time(Instant venueTime) {
      behind.add(System.nanoTime() - Duration.between(FROM, venueTime).toNanos());
    }

    @Override
    public void report(ExchangeEvent event) {}

    @Override
    public void beat() {}

    @Override
    public void state(VenueState state) {
      if ("ENDED".equals(state.reason())) over.countDown();
    }
  }

  @Test
  void booksAndTapeAtTheSpeedTheyHappenedAreThoseOfASecondReading() throws Exception {
    var file = Recorded.file(Recorded.ES_DAY);
    var shown = played(file);
    var fast = atOnce(file);
    assertThat(shown.quotes).isEqualTo(fast.quotes);
    assertThat(shown.depths).isEqualTo(fast.depths);
    assertThat(shown.prints.stream().map(RecordedAtSpeedOneTest::text))
        .isEqualTo(fast.prints.stream().map(RecordedAtSpeedOneTest::text).toList());
    sameAsNaive(file, shown);
    paced(shown);
  }

  private static Seen played(Path file) throws InterruptedException {
    record Config(
        Optional<List<Path>> files,
        String speed,
        Optional<Instant> from,
        Optional<Instant> to,
        boolean keepGaps,
        boolean startHeld)
        implements ReplayConfig {}
    var config =
        new Config(
            Optional.of(List.of(file)), "1", Optional.of(FROM), Optional.of(TO), true, false);
    var seen = new Seen();
    var venue =
        new ReplayVenue(
            "replay", config, _ -> Optional.of(ES), _ -> {}, new ForgetfulMemory(), () -> true);
    venue.open(seen);
    assertThat(seen.over.await(10, TimeUnit.MINUTES)).isTrue();
    venue.close();
    return seen;
  }

  private static Seen atOnce(Path file) {
    var seen = new Seen();
    var settings = ReplaySettings.whole("R").between(FROM, TO);
    try (var replay =
        new Replay(List.of(DbnFile.open(file)), _ -> Optional.of(ES), settings, seen, _ -> {})) {
      replay.start();
      while (!replay.isOver()) replay.advance();
    }
    return seen;
  }

  /** Every depth is a state the second reading passes at that time, and every trade is there. */
  private static void sameAsNaive(Path file, Seen shown) throws IOException {
    var naive = new NaiveReading(file);
    for (var depth : shown.depths) {
      long at = nanos(depth.venueTime());
      while (naive.nextReceived() < at) naive.read(1);
      while (!isOf(naive, depth)) {
        assertThat(naive.nextReceived()).as("the book of %s", depth.venueTime()).isEqualTo(at);
        naive.read(1);
      }
    }
    while (naive.nextReceived() < nanos(TO)) naive.read(1);
    assertThat(isOf(naive, shown.depths.getLast())).isTrue();
    assertThat(shown.prints.stream().map(RecordedAtSpeedOneTest::text))
        .isEqualTo(
            naive.trades.stream()
                .filter(trade -> trade.received() >= nanos(FROM))
                .map(trade -> trade.px() + " " + trade.qty() + " " + trade.received())
                .toList());
    assertThat(shown.prints).hasSizeGreaterThan(100);
    assertThat(shown.depths).hasSizeGreaterThan(1_000);
  }

  private static boolean isOf(NaiveReading naive, Depth depth) {
    return rows(depth.bids()).equals(naive.levels('B'))
        && rows(depth.asks()).equals(naive.levels('A'));
  }

  private static List<String> rows(List<Depth.Level> levels) {
    return levels.stream()
        .map(level -> ES.format(level.px()) + " " + level.qty().lots() + " " + level.orders())
        .toList();
  }

  private static String text(Print print) {
    return ES.format(print.px()) + " " + print.qty().lots() + " " + nanos(print.venueTime());
  }

  /** Nothing comes ahead of its time; how late it is belongs to the machine, but stays small. */
  private static void paced(Seen shown) {
    long onTime = shown.behind.stream().mapToLong(Long::longValue).min().orElseThrow();
    var late = shown.behind.stream().map(each -> (each - onTime) / 1_000_000).sorted().toList();
    System.out.printf(
        "FACTS: at speed 1: %d depths, %d quotes, %d trades; late by ms: p50 %d, p99 %d, most %d%n",
        shown.depths.size(),
        shown.quotes.size(),
        shown.prints.size(),
        late.get(late.size() / 2),
        late.get(late.size() * 99 / 100),
        late.getLast());
    assertThat(late.get(late.size() / 2)).isLessThan(1_000);
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
