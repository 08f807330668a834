package io.tapeline.market.app;

import static io.tapeline.market.app.Bench.eventually;
import static io.tapeline.market.app.Bench.inTime;
import static io.tapeline.market.app.Bench.order;
import static io.tapeline.market.dbn.DbnWriter.price;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.bars.Interval;
import io.tapeline.bars.SessionCalendar;
import io.tapeline.contract.BarRow;
import io.tapeline.contract.Json;
import io.tapeline.contract.Topics;
import io.tapeline.market.dbn.DbnWriter;
import io.tapeline.market.store.BarStore;
import io.tapeline.market.venue.ReplayConfig;
import io.tapeline.market.venue.ReplayVenue;
import io.tapeline.market.venue.domain.Player;
import io.tapeline.market.venue.domain.ReplayState;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.testkit.Tape;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarsIT {
  private static final Instant START = Instant.parse("2023-12-25T23:00:00Z");
  private static final int ES = 17077;
  private static final SessionCalendar GLOBEX =
      SessionCalendar.parse("17:00-16:00 America/Chicago");

  /** The tape outlives a test: each has a venue of its own. */
  private final String venue = "bars-" + Long.toString(System.nanoTime(), 36);

  private final List<Trade> written = new ArrayList<>();
  @TempDir Path directory;
  private Bench bench;

  private record Trade(Instant at, BigDecimal px, int qty) {}

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theBarsOfARecordingAreThoseOfItsTradesAndItsEndMakesThemFinal() throws Exception {
    var life = bench.live(venue, replay(recording(600), "max", false), "B").withBars().reconciled();
    awaitPhase(life, ReplayState.Phase.ENDED);
    var day = awaitFinal(life, "1d").getLast();
    assertThat(day.start()).isEqualTo(START);
    assertThat(day.volume()).isEqualTo(written.stream().mapToLong(Trade::qty).sum());
    assertThat(day.trades()).isEqualTo(written.size());
    assertThat(day.source()).isEqualTo(venue);
    // However far the tape was behind the play, no bar was called final before it was.
    assertThat(bars(life, "1s")).allMatch(row -> row.revision() == 0);
    for (var interval : List.of("1s", "5s", "1m", "7m", "45s", "1h")) {
      var bars = bars(life, interval);
      assertThat(bars).as(interval).allMatch(BarRow::isFinal);
      assertThat(bars.stream().mapToLong(BarRow::volume).sum()).isEqualTo(day.volume());
    }
    var minute = bars(life, "1m").get(3);
    var of = written.stream().filter(t -> within(t.at(), minute.start(), 60)).toList();
    assertThat(minute.open()).isEqualTo(of.getFirst().px());
    assertThat(minute.close()).isEqualTo(of.getLast().px());
    assertThat(minute.trades()).isEqualTo(of.size());
    equalToTheTape();
  }

  @Test
  void aKillLeavesNoGapAndNoFinalBarIsToldTwiceWithOtherContents() throws Exception {
    var file = recording(900);
    var life = bench.live(venue, replay(file, "300", false), "B").withBars().reconciled();
    for (int kills = 0; kills < 2; kills++) {
      Thread.sleep(800);
      life.kill();
      life = bench.live(venue, replay(file, "300", false), "B").withBars().reconciled();
    }
    awaitPhase(life, ReplayState.Phase.ENDED);
    var day = awaitFinal(life, "1d").getLast();
    assertThat(day.trades()).isEqualTo(written.size());
    assertThat(day.volume()).isEqualTo(written.stream().mapToLong(Trade::qty).sum());
    equalToTheTape();
    var told = told();
    for (var each : told)
      for (var other : told)
        if (each.interval().equals(other.interval())
            && each.start().equals(other.start())
            && each.revision() == other.revision()) assertThat(each).isEqualTo(other);
  }

  @Test
  void aSeekBackGivesTheSameBarsAHigherRevisionAndSurvivesAKill() throws Exception {
    var file = recording(600);
    var life = bench.live(venue, replay(file, "max", true), "B").withBars().reconciled();
    player(life)
        .resume(null, START.plusSeconds(400))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    awaitPhase(life, ReplayState.Phase.HELD);
    bench.journal("B", order("low", "ESH4", Side.BUY, 1, "4000.00", inTime()));
    bench.journal("B", order("take", "ESH4", Side.BUY, 2, null, inTime()));
    bench.awaitReport("Accepted low");
    bench.awaitReport("Filled take");
    player(life).resume(null, null).toCompletableFuture().get(20, TimeUnit.SECONDS);
    awaitPhase(life, ReplayState.Phase.ENDED);
    awaitFinal(life, "1d");
    var before = bars(life, "1m");
    long high = Collections.max(tradeIds());

    var sought =
        player(life)
            .seek(START.plusSeconds(250), 10.0)
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    assertThat(sought.state()).isEqualTo(ReplayState.Phase.PLAYING);
    var expired = bench.awaitReport("Expired low").json().path("report");
    assertThat(expired.path("reason").asText()).isEqualTo("REPLAY_SEEK");
    // What has yet to come again has no bars.
    assertThat(bars(life, "1m").getLast().start()).isBefore(START.plusSeconds(500));
    Thread.sleep(400);
    life.kill();

    life = bench.live(venue, replay(file, "max", false), "B").withBars().reconciled();
    var completed =
        bench.awaitReport(
            e ->
                Bench.brief(e).equals("ReconcileCompleted")
                    && e.json().path("session").asLong() > 2_000);
    assertThat(completed.json().at("/report/positions/0/netQty").asLong()).isEqualTo(2);
    awaitPhase(life, ReplayState.Phase.ENDED);
    awaitFinal(life, "1d");
    var after = bars(life, "1m");
    assertThat(after.stream().map(BarsIT::contents).toList())
        .isEqualTo(before.stream().map(BarsIT::contents).toList());
    for (int i = 0; i < after.size(); i++) {
      boolean again = !after.get(i).start().isBefore(START.plusSeconds(240));
      if (again) assertThat(after.get(i).revision()).isGreaterThan(before.get(i).revision());
      else assertThat(after.get(i)).isEqualTo(before.get(i));
    }
    assertThat(Collections.max(tradeIds())).isGreaterThan(high);
    equalToTheTape();
  }

  @Test
  void aSeekForwardLeavesOutWhatLiesBetweenAndGoesOn() throws Exception {
    var life = bench.live(venue, replay(recording(600), "max", true), "B").withBars().reconciled();
    player(life)
        .resume(null, START.plusSeconds(100))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    awaitPhase(life, ReplayState.Phase.HELD);
    bench.journal("B", order("low", "ESH4", Side.BUY, 1, "4000.00", inTime()));
    bench.journal("B", order("take", "ESH4", Side.BUY, 2, null, inTime()));
    bench.awaitReport("Accepted low");
    bench.awaitReport("Filled take");

    var there = START.plusSeconds(400);
    var sought = player(life).seek(there, null).toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(sought.state()).isEqualTo(ReplayState.Phase.PAUSED);
    assertThat(sought.venueTime()).isEqualTo(there);
    var expired = bench.awaitReport("Expired low").json().path("report");
    assertThat(expired.path("reason").asText()).isEqualTo("REPLAY_SEEK");
    assertThat(bench.memory(life.lease).positions(bench.account("B")).values()).containsExactly(2L);
    player(life).resume(null, null).toCompletableFuture().get(20, TimeUnit.SECONDS);
    awaitPhase(life, ReplayState.Phase.ENDED);
    var played =
        written.stream()
            .filter(
                trade -> !trade.at().isAfter(START.plusSeconds(100)) || !trade.at().isBefore(there))
            .toList();
    // a seek ends a day too, as it is then
    eventually(
        "the day is whole", () -> awaitFinal(life, "1d").getLast().trades() == played.size());
    var day = awaitFinal(life, "1d").getLast();
    assertThat(day.volume()).isEqualTo(played.stream().mapToLong(Trade::qty).sum());
    assertThat(bars(life, "1s"))
        .noneMatch(
            row -> row.start().isAfter(START.plusSeconds(100)) && row.start().isBefore(there));
    assertThat(tradeIds()).doesNotHaveDuplicates();
    var check = BarCheck.check(bench.bars, bench.prints, venue, "ESH4", GLOBEX);
    assertThat(check.different()).as("%s", check).isZero();
  }

  @Test
  void historyJoinsTheLiveBarsWithoutAGapOrARepeat() throws Exception {
    var life = bench.live(venue, replay(recording(300), "40", false), "B").withBars().reconciled();
    for (int looks = 0; looks < 20; looks++) {
      Thread.sleep(150);
      var bars = bars(life, "5s");
      if (bars.isEmpty()) continue;
      assertThat(bars.stream().map(BarRow::start)).doesNotHaveDuplicates().isSorted();
      assertThat(bars.subList(0, bars.size() - 1)).allMatch(BarRow::isFinal);
    }
    awaitPhase(life, ReplayState.Phase.ENDED);
    awaitFinal(life, "1d");
    var kept = bars(life, "5s");
    eventually("all is told", () -> new HashSet<>(told()).containsAll(kept));
    // a trade that was late on its way makes its bar anew
    var told = new LinkedHashMap<Instant, BarRow>();
    for (var row : told()) if (row.interval().equals("5s")) told.put(row.start(), row);
    assertThat(told.values()).containsExactlyElementsOf(kept);
    var paged = new ArrayList<BarRow>();
    var from = START;
    while (from != null) {
      var stretch =
          life.history()
              .read(new Symbol("ESH4"), Interval.parse("7s"), from, null, 10)
              .orElseThrow();
      paged.addAll(stretch.bars());
      from = stretch.next();
    }
    assertThat(paged).isEqualTo(bars(life, "7s"));
  }

  @Test
  void fineBarsGoAfterDaysAndWholeMonthsAfterYearsByWhenTheyWereWritten() throws Exception {
    var life = bench.live(venue, replay(recording(60), "max", false), "B").withBars().reconciled();
    awaitPhase(life, ReplayState.Phase.ENDED);
    awaitFinal(life, "1d");
    int minutes = bars(life, "1m").size();
    life.close();
    bench.bars.forgetOld(30, 1_825);
    assertThat(kept("1s")).isPositive();
    written("31 days");
    bench.bars.forgetOld(30, 1_825);
    assertThat(kept("1s")).isZero();
    assertThat(kept("30s")).isZero();
    assertThat(kept("1m")).isEqualTo(minutes);
    written("6 years");
    bench.bars.forgetOld(30, 1_825);
    assertThat(kept("1m")).isZero();
    assertThat(kept("1d")).isZero();
    // What is traded in a month that was forgotten has a place again.
    life = bench.live(venue, replay(recording(30), "max", false), "B").withBars().reconciled();
    awaitPhase(life, ReplayState.Phase.ENDED);
    awaitFinal(life, "1d");
  }

  private int kept(String interval) {
    return bench
        .bars
        .last(venue, "ESH4", Interval.parse(interval), BarStore.FAR, BarHistory.MOST)
        .size();
  }

  private void written(String ago) {
    bench.sql("update bar set at = now() - interval '" + ago + "'");
  }

  private void equalToTheTape() {
    var check = BarCheck.check(bench.bars, bench.prints, venue, "ESH4", GLOBEX);
    assertThat(check.different()).as("%s", check).isZero();
    assertThat(check.compared()).isGreaterThan(400);
  }

  private static List<Object> contents(BarRow row) {
    return List.of(
        row.start(), row.open(), row.high(), row.low(), row.close(), row.volume(), row.trades());
  }

  private static boolean within(Instant at, Instant start, long seconds) {
    return !at.isBefore(start) && at.isBefore(start.plusSeconds(seconds));
  }

  private static List<BarRow> bars(Bench.Life life, String interval) {
    return life.history()
        .read(new Symbol("ESH4"), Interval.parse(interval), null, null, BarHistory.MOST)
        .orElseThrow()
        .bars();
  }

  private List<BarRow> awaitFinal(Bench.Life life, String interval) throws Exception {
    for (int tries = 0; tries < 1_200; tries++) {
      var bars = bars(life, interval);
      if (!bars.isEmpty() && bars.getLast().isFinal()) return bars;
      Thread.sleep(50);
    }
    throw new AssertionError("not final: " + bars(life, interval));
  }

  private List<BarRow> told() {
    try (var tape = Tape.of(Topics.BARS)) {
      return tape.read().stream()
          .map(e -> Json.MAPPER.convertValue(e.json(), BarRow.class))
          .filter(row -> row.source().equals(venue))
          .toList();
    }
  }

  private List<Long> tradeIds() {
    try (var tape = Tape.of(Topics.MARKET_TRADES)) {
      return tape.read().stream()
          .filter(e -> e.json().path("venue").asText().equals(venue))
          .map(e -> e.json().path("tradeId").asLong())
          .toList();
    }
  }

  /** A standing book, and trades at random moments and prices, so many as seconds. */
  private Path recording(int trades) throws IOException {
    var random = new Random(trades);
    var writer = new DbnWriter(1, DbnWriter.MBO).symbol("ESH4", ES);
    writer.mbo(ES, nanos(START), 'A', 'B', 1, price("4799.75"), 500, 128);
    writer.mbo(ES, nanos(START), 'A', 'A', 2, price("4800.25"), 500, 128);
    var at = START;
    for (int i = 0; i < trades; i++) {
      at = at.plusNanos(1_000L * random.nextInt(2_000_000));
      int qty = 1 + random.nextInt(5);
      var px =
          new BigDecimal("4799.75")
              .add(new BigDecimal("0.25").multiply(new BigDecimal(random.nextInt(3))));
      writer.mbo(ES, nanos(at), 'T', 'N', 0, price(px.toPlainString()), qty, 128);
      written.add(new Trade(at, px, qty));
    }
    return writer.to(directory.resolve("es.dbn.zst"));
  }

  private Bench.Making replay(Path file, String speed, boolean startHeld) {
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
            Optional.of(List.of(file)),
            speed,
            Optional.empty(),
            Optional.empty(),
            false,
            startHeld);
    return (lease, instruments) ->
        new ReplayVenue(
            venue,
            config,
            symbol -> instruments.contract(symbol).map(contract -> contract.instrument()),
            _ -> {},
            bench.memory(lease),
            lease::isGood);
  }

  private static Player player(Bench.Life life) {
    return (Player) life.venue;
  }

  private static void awaitPhase(Bench.Life life, ReplayState.Phase phase) throws Exception {
    for (int tries = 0; tries < 1_200; tries++) {
      var shown = player(life).look().toCompletableFuture().get(20, TimeUnit.SECONDS);
      if (shown.state() == phase) return;
      Thread.sleep(50);
    }
    throw new AssertionError("not " + phase);
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
