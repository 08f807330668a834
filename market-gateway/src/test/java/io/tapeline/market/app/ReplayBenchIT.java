package io.tapeline.market.app;

import static io.tapeline.market.dbn.DbnWriter.price;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.catalogue.CatalogueReader;
import io.tapeline.market.dbn.DbnFile;
import io.tapeline.market.dbn.DbnWriter;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.replay.domain.Replay;
import io.tapeline.market.replay.domain.ReplaySettings;
import io.tapeline.market.venue.ReplayConfig;
import io.tapeline.market.venue.ReplayVenue;
import io.tapeline.market.venue.domain.Player;
import io.tapeline.market.venue.domain.ReplayState;
import io.tapeline.model.Symbol;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast a recording goes through the books and through the whole gateway to Kafka. By hand only:
 * {@code -Dtapeline.bench.records=5000000}; {@code ./tapeline bench replay} does that.
 */
@EnabledIfSystemProperty(named = "tapeline.bench.records", matches = "[0-9]+")
class ReplayBenchIT {
  private static final Instant START = Instant.parse("2023-12-25T23:00:00Z");
  private static final int ES = 17077;
  private static final int CHUNK = 100_000;
  private static final int LEVELS = 20;

  @TempDir Path directory;

  @Test
  void aLargeRecordingGoesThroughBooksAndGateway() throws Exception {
    long records = Long.getLong("tapeline.bench.records");
    var file = directory.resolve("large.dbn");
    write(file, records);
    System.out.printf("%,d records, %,d bytes%n", records, Files.size(file));
    for (int round = 0; round < 3; round++) throughTheBooks(file, records);
    throughTheGateway(file, records);
  }

  private static void throughTheBooks(Path file, long records) {
    var catalogue = CatalogueReader.packaged();
    var ignoring =
        new MarketListener() {
          @Override
          public void quote(Quote quote) {}

          @Override
          public void depth(Depth depth) {}

          @Override
          public void print(Print print) {}
        };
    try (var replay =
        new Replay(
            List.of(DbnFile.open(file)),
            symbol ->
                catalogue
                    .forRecorded(symbol, LocalDate.of(2023, 12, 25))
                    .map(contract -> contract.instrument()),
            ReplaySettings.whole("B"),
            ignoring,
            _ -> {})) {
      long start = System.nanoTime();
      replay.start();
      while (!replay.isOver()) replay.advance();
      double seconds = (System.nanoTime() - start) / 1e9;
      assertThat(replay.facts().records()).isEqualTo(records);
      assertThat(replay.facts().unusable()).isEmpty();
      System.out.printf(
          "decoded and through the book, one core: %,.0f records/s%n", records / seconds);
    }
  }

  private void throughTheGateway(Path file, long records) throws Exception {
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
            Optional.of(List.of(file)), "max", Optional.empty(), Optional.empty(), false, true);
    var name = "bench-" + Long.toString(System.nanoTime(), 36);
    try (var bench = new Bench()) {
      var life =
          bench
              .live(
                  name,
                  (lease, instruments) ->
                      new ReplayVenue(
                          name,
                          config,
                          symbol -> instruments.contract(symbol).map(c -> c.instrument()),
                          _ -> {},
                          bench.memory(lease),
                          lease::isGood),
                  "B")
              .withBars()
              .reconciled();
      var player = (Player) life.venue;
      long start = System.nanoTime();
      var _ = player.resume(null, null).toCompletableFuture().get(20, TimeUnit.SECONDS);
      while (player.look().toCompletableFuture().get(60, TimeUnit.SECONDS).state()
          != ReplayState.Phase.ENDED) Thread.sleep(20);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "whole gateway, books to Kafka, bars beside: %,.0f records/s (%.1f s)%n",
          records / seconds, seconds);
      var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (System.nanoTime() < until) {
        var days =
            life.history()
                .read(new Symbol("ESH4"), io.tapeline.bars.Interval.DAY, null, null, 10)
                .orElseThrow()
                .bars();
        if (!days.isEmpty() && days.getLast().isFinal()) break;
        Thread.sleep(50);
      }
      System.out.printf("bars final after %.1f s%n", (System.nanoTime() - start) / 1e9);
    }
  }

  /** About 2,000 records a second of adds, cancels and trades around a standing book. */
  private static void write(Path file, long records) throws IOException {
    var random = new Random(20);
    int header = new DbnWriter(1, DbnWriter.MBO).symbol("ESH4", ES).bytes().length;
    var bids = new ArrayDeque<long[]>();
    var asks = new ArrayDeque<long[]>();
    long id = 0;
    long at = START.getEpochSecond() * 1_000_000_000L;
    long written = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      while (written < records) {
        var chunk = new DbnWriter(1, DbnWriter.MBO).symbol("ESH4", ES);
        for (int i = 0; i < CHUNK && written < records; i++, written++) {
          at += 500_000;
          boolean buy = random.nextBoolean();
          var side = buy ? bids : asks;
          char letter = buy ? 'B' : 'A';
          if (side.size() < 400 || random.nextInt(100) < 45) {
            long level = random.nextInt(LEVELS) * price("0.25");
            long px = buy ? price("4799.75") - level : price("4800.00") + level;
            int lots = 1 + random.nextInt(9);
            chunk.mbo(ES, at, 'A', letter, ++id, px, lots, 128);
            side.addLast(new long[] {id, px, lots});
          } else if (random.nextInt(100) < 15) {
            chunk.mbo(ES, at, 'T', 'N', 0, price("4799.75"), 1 + random.nextInt(3), 128);
          } else {
            var gone = side.removeFirst();
            chunk.mbo(ES, at, 'C', letter, gone[0], gone[1], (int) gone[2], 128);
          }
        }
        var bytes = chunk.bytes();
        int from = written > CHUNK ? header : 0;
        out.write(bytes, from, bytes.length - from);
      }
    }
  }
}
