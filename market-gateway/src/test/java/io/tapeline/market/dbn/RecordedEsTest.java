package io.tapeline.market.dbn;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.replay.domain.Recording;
import io.tapeline.market.replay.domain.Replay;
import io.tapeline.market.replay.domain.ReplayFacts;
import io.tapeline.market.replay.domain.ReplaySettings;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The recorded ES files, held against a second reading of the same bytes. */
class RecordedEsTest {
  private static final AccountId DESK = new AccountId("REPLAY");
  private static final ReplaySettings EVERYTHING =
      new ReplaySettings(null, null, Duration.ZERO, "R");

  private final List<Quote> quotes = new ArrayList<>();
  private final List<Depth> depths = new ArrayList<>();
  private final List<Print> prints = new ArrayList<>();
  private final List<ExchangeEvent> events = new ArrayList<>();

  private final MarketListener market =
      new MarketListener() {
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
        }
      };

  private static Optional<Instrument> es(Symbol symbol) {
    return Optional.of(new Instrument(symbol, new BigDecimal("0.25"), Money.of("12.50", "USD")));
  }

  private Replay replay(ReplaySettings settings, String... names) {
    var files = new ArrayList<Recording>();
    for (var name : names) files.add(DbnFile.open(Recorded.file(name)));
    return new Replay(files, RecordedEsTest::es, settings, market, events::add);
  }

  private static void toTheEnd(Replay replay) {
    while (!replay.isOver()) replay.advance();
  }

  private static List<String> rows(List<Depth.Level> levels, String symbol) {
    var es = es(new Symbol(symbol)).orElseThrow();
    return levels.stream()
        .map(level -> es.format(level.px()) + " " + level.qty().lots() + " " + level.orders())
        .toList();
  }

  private static List<String> tape(List<Print> prints) {
    var es = es(new Symbol("ESH4")).orElseThrow();
    return prints.stream()
        .map(
            print ->
                es.format(print.px())
                    + " "
                    + print.qty().lots()
                    + " "
                    + (print.aggressor() == null ? 'N' : print.aggressor() == Side.BUY ? 'B' : 'A')
                    + " "
                    + print.venueTime())
        .toList();
  }

  private static List<String> tape(NaiveReading naive) {
    return naive.trades.stream()
        .map(
            trade ->
                trade.px()
                    + " "
                    + trade.qty()
                    + " "
                    + trade.side()
                    + " "
                    + Instant.ofEpochSecond(0, trade.received()))
        .toList();
  }

  private static void sameFacts(ReplayFacts facts, NaiveReading naive) {
    var es = facts.markets().getFirst();
    assertThat(facts.records()).isEqualTo(naive.records);
    assertThat(facts.byKind()).isEqualTo(naive.kinds);
    assertThat(facts.problems()).isEmpty();
    assertThat(es.trades()).isEqualTo(naive.trades.size());
    assertThat(es.volume()).isEqualTo(naive.volume());
    assertThat(es.open()).isEqualTo(naive.trades.getFirst().px());
    assertThat(es.close()).isEqualTo(naive.trades.getLast().px());
    assertThat(es.high())
        .isEqualTo(
            naive.trades.stream()
                .map(NaiveReading.Trade::px)
                .reduce(BigDecimal::max)
                .orElseThrow());
    assertThat(es.low())
        .isEqualTo(
            naive.trades.stream()
                .map(NaiveReading.Trade::px)
                .reduce(BigDecimal::min)
                .orElseThrow());
    assertThat(es.first()).isEqualTo(Instant.ofEpochSecond(0, naive.first));
    assertThat(es.last()).isEqualTo(Instant.ofEpochSecond(0, naive.last));
  }

  @Test
  void theDayOfOrdersIsReadAlikeTwice() throws IOException {
    var naive = new NaiveReading(Recorded.file(Recorded.ES_DAY));
    try (var replay = replay(EVERYTHING, Recorded.ES_DAY)) {
      replay.start();
      var random = new Random(20231225);
      int compared = 0;
      while (!replay.isOver()) {
        replay.advance();
        if (random.nextInt(400) != 0 && !replay.isOver()) continue;
        naive.read(replay.position() - naive.records);
        var depth = depths.getLast();
        assertThat(rows(depth.bids(), "ESH4")).isEqualTo(naive.levels('B'));
        assertThat(rows(depth.asks(), "ESH4")).isEqualTo(naive.levels('A'));
        compared++;
      }
      assertThat(naive.records).isEqualTo(68_792);
      assertThat(compared).isGreaterThan(100);
      var facts = replay.facts();
      sameFacts(facts, naive);
      assertThat(facts.unusable()).isEqualTo(Map.of("UNKNOWN_ORDER", naive.unknown));
      assertThat(tape(prints)).isEqualTo(tape(naive));
      assertThat(prints.getLast().tradeId()).isEqualTo(prints.size());
      var top = facts.markets().getFirst().top();
      assertThat(top.bidPx() + " " + top.bidQty()).isEqualTo(twoOf(naive.levels('B').getFirst()));
      assertThat(top.askPx() + " " + top.askQty()).isEqualTo(twoOf(naive.levels('A').getFirst()));
      System.out.println("FACTS of " + Recorded.ES_DAY + "\n" + facts.text());
      System.out.println(
          "FACTS: books compared "
              + compared
              + ", quotes "
              + quotes.size()
              + ", depths "
              + depths.size());
    }
  }

  @Test
  void bidsStandAtOrAboveAsksBeforeTheOpenAlone() {
    var open = Instant.parse("2023-12-25T23:00:00.200Z");
    try (var replay = replay(EVERYTHING, Recorded.ES_DAY)) {
      replay.start();
      toTheEnd(replay);
    }
    var crossed =
        quotes.stream()
            .filter(quote -> quote.bidPx() != null && quote.askPx() != null)
            .filter(quote -> quote.bidPx().compareTo(quote.askPx()) >= 0)
            .toList();
    System.out.println(
        "FACTS: crossed quotes "
            + crossed.size()
            + " from "
            + crossed.getFirst().venueTime()
            + " to "
            + crossed.getLast().venueTime());
    assertThat(crossed).isNotEmpty().allMatch(quote -> quote.venueTime().isBefore(open));
  }

  private static String twoOf(String level) {
    return level.substring(0, level.lastIndexOf(' '));
  }

  @Test
  void theTopOfTheBookIsReadAlikeTwice() throws IOException {
    var naive = new NaiveReading(Recorded.file(Recorded.ES_QUOTES));
    try (var replay = replay(EVERYTHING, Recorded.ES_QUOTES)) {
      replay.start();
      while (!replay.isOver()) {
        replay.advance();
        naive.read(replay.position() - naive.records);
        var quote = quotes.getLast();
        var es = es(quote.symbol()).orElseThrow();
        assertThat(es.decimal(quote.bidPx())).isEqualTo(naive.bidPx);
        assertThat(es.decimal(quote.askPx())).isEqualTo(naive.askPx);
        assertThat(quote.bidQty().lots()).isEqualTo(naive.bidQty);
        assertThat(quote.askQty().lots()).isEqualTo(naive.askQty);
      }
      sameFacts(replay.facts(), naive);
      assertThat(replay.facts().unusable()).isEmpty();
      assertThat(tape(prints)).isEqualTo(tape(naive));
      System.out.println("FACTS of " + Recorded.ES_QUOTES + ": " + replay.facts());
    }
  }

  @Test
  void theTradesAreReadAlikeTwice() throws IOException {
    var naive = new NaiveReading(Recorded.file(Recorded.ES_TRADES));
    naive.read(Long.MAX_VALUE);
    try (var replay = replay(EVERYTHING, Recorded.ES_TRADES)) {
      replay.start();
      toTheEnd(replay);
      sameFacts(replay.facts(), naive);
      assertThat(replay.facts().unusable()).isEmpty();
      assertThat(tape(prints)).isEqualTo(tape(naive));
      System.out.println("FACTS of " + Recorded.ES_TRADES + ": " + replay.facts());
    }
  }

  @Test
  void theSnapshotOfTheDayBeforeChangesNothing() {
    try (var both = replay(EVERYTHING, Recorded.ES_SNAPSHOT, Recorded.ES_DAY);
        var alone = replay(EVERYTHING, Recorded.ES_DAY)) {
      both.start();
      toTheEnd(both);
      alone.start();
      toTheEnd(alone);
      assertThat(both.facts().markets().getFirst().top())
          .isEqualTo(alone.facts().markets().getFirst().top());
      assertThat(both.facts().records()).isEqualTo(alone.facts().records() + 8_725);
      assertThat(both.facts().unusable()).isEqualTo(alone.facts().unusable());
    }
  }

  @Test
  void aMarketOrderAfterTheOpenTakesTheRecordedAsks() throws IOException {
    var at = Instant.parse("2023-12-25T23:10:00Z");
    var naive = new NaiveReading(Recorded.file(Recorded.ES_DAY));
    try (var replay = replay(ReplaySettings.whole("R").between(at, null), Recorded.ES_DAY)) {
      replay.start();
      naive.read(replay.position());
      var best = naive.levels('A').getFirst().split(" ");
      long shown = Long.parseLong(best[1]);
      replay
          .exchange()
          .place(
              NewOrder.market(
                  DESK, new ClOrdId("a"), new Symbol("ESH4"), Side.BUY, new Qty(shown + 1)));
      assertThat(events).hasSize(3);
      var es = es(new Symbol("ESH4")).orElseThrow();
      var fill = (ExchangeEvent.Filled) events.get(1);
      assertThat(es.format(fill.lastPx())).isEqualTo(best[0]);
      assertThat(fill.lastQty().lots()).isEqualTo(shown);
      assertThat(((ExchangeEvent.Filled) events.get(2)).lastPx().ticks())
          .isGreaterThan(fill.lastPx().ticks());
      assertThat(events.get(1).venueTime()).isEqualTo(at);
    }
  }

  /**
   * A bid joins the best at 23:10 and waits; by hand over the second reading: it has its first lot
   * when the recorded trades at its price have gone past everything that was there before it.
   */
  @Test
  void aRestingOrderIsFilledWhenTheRecordedQueueBeforeItIsGone() throws IOException {
    var at = Instant.parse("2023-12-25T23:10:00Z");
    var naive = new NaiveReading(Recorded.file(Recorded.ES_DAY));
    try (var replay = replay(ReplaySettings.whole("R").between(at, null), Recorded.ES_DAY)) {
      replay.start();
      naive.read(replay.position());
      var best = naive.levels('B').getFirst().split(" ");
      var px = new BigDecimal(best[0]);
      var es = es(new Symbol("ESH4")).orElseThrow();
      Price limit = es.price(px);
      var id = new ClOrdId("a");
      replay
          .exchange()
          .place(
              NewOrder.limit(
                  DESK, id, new Symbol("ESH4"), Side.BUY, TimeInForce.DAY, new Qty(1), limit));
      var before = naive.queue('B', px).stream().map(row -> row.split(" ")[0]).toList();
      assertThat(replay.exchange().volumeAhead(DESK, id)).hasValue(Long.parseLong(best[1]));
      int tradesBefore = naive.trades.size();
      while (!replay.isOver() && events.size() < 2) {
        replay.advance();
        naive.read(replay.position() - naive.records);
        if (events.size() < 2) {
          long ahead =
              naive.queue('B', px).stream()
                  .map(row -> row.split(" "))
                  .filter(row -> before.contains(row[0]))
                  .mapToLong(row -> Long.parseLong(row[1]))
                  .sum();
          assertThat(replay.exchange().volumeAhead(DESK, id).orElseThrow())
              .isLessThanOrEqualTo(ahead);
        }
      }
      assertThat(events).hasSize(2);
      assertThat(((ExchangeEvent.Filled) events.get(1)).lastPx()).isEqualTo(limit);
      var since = naive.trades.subList(tradesBefore, naive.trades.size());
      System.out.println(
          "FACTS: a bid at "
              + px
              + " behind "
              + best[1]
              + " lots was filled at "
              + events.get(1).venueTime()
              + " after "
              + since.size()
              + " trades");
      assertThat(since.getLast().px()).isLessThanOrEqualTo(px);
    }
  }

  @Test
  void theDayReadsFast() {
    var file = Recorded.file(Recorded.ES_DAY);
    for (int round = 0; round < 8; round++) {
      long begun = System.nanoTime();
      long records = DbnFile.check(file);
      long read = System.nanoTime();
      try (var replay = replay(ReplaySettings.whole("R"), Recorded.ES_DAY)) {
        replay.start();
        toTheEnd(replay);
      }
      long played = System.nanoTime();
      if (round > 5) {
        System.out.printf(
            "FACTS: %,d records/s read, %,d records/s played with publication%n",
            records * 1_000_000_000L / (read - begun), records * 1_000_000_000L / (played - read));
      }
      quotes.clear();
      depths.clear();
      prints.clear();
    }
  }
}
