package io.tapeline.market.app;

import static io.tapeline.market.app.Bench.eventually;
import static io.tapeline.market.app.Bench.inTime;
import static io.tapeline.market.app.Bench.order;
import static io.tapeline.market.app.Bench.replace;
import static io.tapeline.market.dbn.DbnWriter.price;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.Topics;
import io.tapeline.market.dbn.DbnWriter;
import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.market.sim.domain.SimRules;
import io.tapeline.market.store.PracticeRetention;
import io.tapeline.market.venue.PracticeVenues;
import io.tapeline.market.venue.ReplayConfig;
import io.tapeline.market.venue.ReplayVenue;
import io.tapeline.market.venue.domain.Player;
import io.tapeline.market.venue.domain.ReplayState;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Side;
import io.tapeline.testkit.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PracticeVenueIT {
  private static final Instant START = Instant.parse("2023-12-25T23:00:00Z");
  private static final int ES = 17077;
  private static final AtomicInteger FILES = new AtomicInteger();

  private static final List<String> MARKET =
      List.of(Topics.QUOTES, Topics.DEPTH, Topics.MARKET_TRADES);

  private final Map<String, Integer> before = new HashMap<>();
  @TempDir Path directory;
  private FaultProfile faults = FaultProfile.NONE;
  private Bench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
    for (var topic : MARKET) before.put(topic, read(topic).size());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theSimRemembersOverARestart() throws Exception {
    var life = bench.live("practice", this::sim, "A").reconciled();
    var es = life.instruments.fronts(List.of("ES")).getFirst().symbol().value();
    bench.journal("A", order("now", es, Side.BUY, 2, null, inTime()));
    bench.journal("A", order("low", es, Side.BUY, 3, "1000.00", inTime()));
    bench.awaitReport("Accepted low");
    bench.awaitReport("Filled now");
    bench.journal("A", replace("low", 2, es, Side.BUY, 2, "1000.50", inTime()));
    bench.awaitReport("Replaced low");
    life.kill();

    var again = bench.live("practice", this::sim, "A").reconciled();
    var completed =
        bench
            .awaitReport(
                e ->
                    Bench.brief(e).equals("ReconcileCompleted")
                        && e.json().path("session").asLong() > 2_000)
            .json()
            .path("report");
    assertThat(completed.at("/openClOrdIds/0").asText()).isEqualTo("low");
    assertThat(completed.path("openClOrdIds").size()).isEqualTo(1);
    assertThat(completed.at("/positions/0/netQty").asLong()).isEqualTo(2);
    assertThat(completed.path("executions").asInt()).isPositive();
    assertThat(bench.reports("A")).doesNotContain("InDoubt low", "InDoubt now");
    var known = bench.awaitReport("OrderKnown low").json().path("report");
    assertThat(known.path("price").asText()).isEqualTo("1000.50");
    assertThat(known.path("orderQty").asLong()).isEqualTo(2);
    bench.journal("A", new TapeEvent.CancelRequested("low", 3, "c", "ann"));
    bench.awaitReport("Canceled low");
    again.close();

    // What was told and acknowledged before is not told again.
    bench.live("practice", this::sim, "A").reconciled();
    var third =
        bench.awaitReport(
            e ->
                Bench.brief(e).equals("ReconcileCompleted")
                    && e.json().path("session").asLong() > 3_000);
    assertThat(third.json().at("/report/executions").asInt()).isZero();
    assertThat(third.json().at("/report/openOrders").asInt()).isZero();
    assertThat(third.json().at("/report/positions/0/netQty").asLong()).isEqualTo(2);
  }

  @Test
  void stopsAndBustsOutliveTheProcess() throws Exception {
    faults = new FaultyTrades(1, 0).profile();
    var life = bench.live("practice", this::sim, "A").reconciled();
    var es = life.instruments.fronts(List.of("ES")).getFirst().symbol().value();
    bench.journal("A", order("gone", es, Side.BUY, 2, null, inTime()));
    bench.journal("A", trailing("trail", es));
    var busted = bench.awaitReport("Busted gone").json().path("report");
    assertThat(busted.path("execId").asText()).isEqualTo("S1-1");
    bench.awaitReport("Accepted trail");
    eventually(
        "everything is taken back",
        () -> filled("gone") == 2 && count("Filled gone") == count("Busted gone"));
    var busts = count("Busted gone");
    life.kill();

    bench.live("practice", this::sim, "A").reconciled();
    var known = bench.awaitReport("OrderKnown trail").json().path("report");
    assertThat(known.path("trail").asLong()).isEqualTo(400);
    assertThat(known.path("stopPx").asText()).isNotEmpty();
    assertThat(known.path("timeInForce").asText()).isEqualTo("GTD");
    var completed =
        bench
            .awaitReport(
                e ->
                    Bench.brief(e).equals("ReconcileCompleted")
                        && e.json().path("session").asLong() > 2_000)
            .json()
            .path("report");
    assertThat(completed.path("positions").size()).isZero();
    eventually("what was taken back is told again", () -> count("Busted gone") >= 2 * busts);
    assertThat(count("Busted gone")).isEqualTo(2 * busts);
  }

  @Test
  void aCorrectedFillIsTheOneTheOrderHas() throws Exception {
    faults = new FaultyTrades(0, 1).profile();
    var life = bench.live("practice", this::sim, "A").reconciled();
    var es = life.instruments.fronts(List.of("ES")).getFirst().symbol().value();
    bench.journal("A", order("moved", es, Side.BUY, 2, null, inTime()));
    var corrected = bench.awaitReport("Corrected moved").json().path("report");
    assertThat(corrected.path("execId").asText()).isEqualTo("S1-1");
    var id = new io.tapeline.model.ClOrdId("moved");
    eventually(
        "all is filled and corrected",
        () -> filled("moved") == 2 && count("Filled moved") == count("Corrected moved"));
    var remembered = bench.memory(life.lease).find(bench.account("A"), id).orElseThrow();
    assertThat(remembered.fills())
        .extracting(fill -> fill.execId().value())
        .contains(corrected.path("newExecId").asText())
        .doesNotContain("S1-1");
    assertThat(remembered.fills().stream().mapToLong(fill -> fill.lastQty().lots()).sum())
        .isEqualTo(2);
  }

  private long count(String brief) {
    return bench.reports("A").stream().filter(brief::equals).count();
  }

  private long filled(String clOrdId) {
    try (var reports = Tape.of(Topics.VENUE_REPORTS)) {
      return reports.read().stream()
          .filter(e -> e.key().equals(bench.account("A").value()))
          .filter(e -> Bench.brief(e).equals("Filled " + clOrdId))
          .mapToLong(e -> e.json().at("/report/lastQty").asLong())
          .sum();
    }
  }

  /** Every execution is taken back, or gets another price, soon. */
  private record FaultyTrades(double bust, double correct) {
    FaultProfile profile() {
      var none = FaultProfile.NONE;
      return new FaultProfile(
          none.seed(),
          none.ackDelay(),
          none.jitter(),
          0,
          0,
          0,
          0,
          0,
          0,
          none.rejectCodes(),
          bust,
          correct,
          Duration.ofMillis(50),
          0,
          false,
          false,
          none.book(),
          none.clockSkew());
    }
  }

  private static TapeEvent.OrderSubmitted trailing(String clOrdId, String symbol) {
    return new TapeEvent.OrderSubmitted(
        clOrdId,
        1,
        symbol,
        Side.SELL,
        io.tapeline.model.OrdType.TRAILING_STOP,
        io.tapeline.model.TimeInForce.GTD,
        1,
        null,
        null,
        400L,
        Instant.now().plusSeconds(3_600),
        false,
        null,
        null,
        new java.math.BigDecimal("0.25"),
        new java.math.BigDecimal("12.50"),
        "USD",
        "practice",
        inTime(),
        clOrdId,
        "ann",
        null);
  }

  @Test
  void aReplayGoesOnAfterAKillWithTheSameFillsAndTheSameTrades() throws Exception {
    var file = recording(400);
    var life = bench.live("taped", replay(file, "max", true), "R").reconciled();
    player(life)
        .resume(null, START.plusSeconds(101))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    awaitPhase(life, ReplayState.Phase.HELD);
    bench.journal("R", order("take", "ESH4", Side.BUY, 2, null, inTime()));
    bench.journal("R", order("rest", "ESH4", Side.BUY, 2, "4799.75", inTime()));
    bench.awaitReport("Filled take");
    bench.awaitReport("Accepted rest");
    bench.journal("R", replace("rest", 2, "ESH4", Side.BUY, 1, "4799.75", inTime()));
    bench.awaitReport("Replaced rest"); // with fewer lots it keeps its place
    player(life)
        .resume(null, START.plusSeconds(103))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    awaitPhase(life, ReplayState.Phase.HELD);
    var position = player(life).look().toCompletableFuture().get(20, TimeUnit.SECONDS).position();
    var memory = bench.memory(life.lease);
    eventually("its place is remembered", () -> memory.lastRun().position() == position);
    life.kill();
    var before = bench.reports("R");

    var again = bench.live("taped", replay(file, "max", true), "R").reconciled();
    assertThat(player(again).look().toCompletableFuture().get(20, TimeUnit.SECONDS).position())
        .isEqualTo(position);
    player(again).resume(null, null).toCompletableFuture().get(20, TimeUnit.SECONDS);
    awaitPhase(again, ReplayState.Phase.ENDED);
    eventually("all trades are on the tape", () -> trades().size() >= 400);
    var trades = trades();
    assertThat(trades).doesNotHaveDuplicates().isSorted().hasSize(400);
    // Behind four lots at second 101, so it is its turn at second 106: in the second life.
    assertThat(before).doesNotContain("Filled rest");
    var fill = bench.awaitReport("Filled rest").json();
    assertThat(Instant.parse(fill.path("venueTime").asText())).isEqualTo(START.plusSeconds(106));
    assertThat(bench.reports("R")).containsOnlyOnce("Filled rest");
    assertThat(bench.reports("R")).doesNotContain("InDoubt take", "InDoubt rest");

    // Another recording is another life: what worked is over, what was held stays, numbers go on.
    bench.journal("R", order("high", "ESH4", Side.SELL, 1, "4900.00", inTime()));
    bench.awaitReport("Accepted high");
    again.close();
    bench.live("taped", replay(recording(50), "max", false), "R").reconciled();
    var expired = bench.awaitReport("Expired high").json().path("report");
    assertThat(expired.path("reason").asText()).isEqualTo("RECORDING_CHANGED");
    eventually("those of the other recording too", () -> trades().size() >= 450);
    assertThat(trades()).doesNotHaveDuplicates().isSorted().hasSize(450);
  }

  @Test
  void theSpeedIsNotOnTheTape() throws Exception {
    var file = recording(60);
    var fast = bench.live("taped", replay(file, "max", false), "R").reconciled();
    awaitPhase(fast, ReplayState.Phase.ENDED);
    bench.close();
    var first = market();
    open();
    var slow = bench.live("taped", replay(file, "40", false), "R").reconciled();
    awaitPhase(slow, ReplayState.Phase.ENDED);
    bench.close();
    assertThat(first).hasSizeGreaterThan(150);
    assertThat(market()).isEqualTo(first);
  }

  @Test
  void theRecordedEsSessionIsPlayedAndTradedIn() throws Exception {
    var life = bench.live("taped", replay(recordedEs(), "max", true), "R").reconciled();
    var opened = Instant.parse("2023-12-25T23:00:30Z");
    player(life).resume(null, opened).toCompletableFuture().get(20, TimeUnit.SECONDS);
    awaitPhase(life, ReplayState.Phase.HELD);
    assertThat(life.venue.clock().venueTime()).isEqualTo(opened);
    bench.journal("R", order("buy", "ESH4", Side.BUY, 2, null, inTime()));
    var fill = bench.awaitReport("Filled buy").json();
    assertThat(Instant.parse(fill.path("venueTime").asText())).isEqualTo(opened);
    player(life).resume(null, null).toCompletableFuture().get(20, TimeUnit.SECONDS);
    awaitPhase(life, ReplayState.Phase.ENDED);
    var facts = player(life).look().toCompletableFuture().get(20, TimeUnit.SECONDS).facts();
    assertThat(facts.records()).isEqualTo(68_792);
    eventually("a trade is on the tape", () -> !trades().isEmpty());
    assertThat(trades()).isSorted().doesNotHaveDuplicates();
  }

  /** Lies beside the project, where it does. */
  private static Path recordedEs() {
    var given = System.getProperty("tapeline.recorded");
    Path folder = given == null ? null : Path.of(given);
    for (var at = Path.of("").toAbsolutePath(); folder == null && at != null; at = at.getParent()) {
      var beside = at.resolve("shared").resolve("data");
      if (Files.isDirectory(beside)) folder = beside;
    }
    var name = "esh4-glbx-mdp3-20231225.mbo.dbn.zst";
    assumeTrue(
        folder != null && Files.isReadable(folder.resolve(name)),
        "SKIPPED: recorded data " + name + " are not in ../shared/data beside the project");
    return folder.resolve(name);
  }

  @Test
  void aFileThatCannotBePlayedIsSaidInOneSentence() throws Exception {
    var venue = bench.live("taped", replay(directory.resolve("none.dbn"), "1", false), "R").venue;
    eventually("a reason is told", () -> venue.state().reason() != null);
    var shown = ((Player) venue).look().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(shown.state()).isEqualTo(ReplayState.Phase.FAILED);
    assertThat(shown.error()).endsWith("none.dbn does not exist");
  }

  @Test
  void whatIsLongDoneIsForgottenButNotWhatItLeftOnTheAccount() throws Exception {
    var life = bench.live("practice", this::sim, "A").reconciled();
    var es = life.instruments.fronts(List.of("ES")).getFirst().symbol().value();
    bench.journal("A", order("old", es, Side.BUY, 2, null, inTime()));
    bench.journal("A", order("low", es, Side.BUY, 3, "1000.00", inTime()));
    bench.journal("A", order("newest", es, Side.BUY, 1, null, inTime()));
    eventually("both are filled", () -> filled("old") == 2 && filled("newest") == 1);
    life.close();
    var retention = new PracticeRetention(bench.transactions);
    var memory = bench.memory(life.lease);
    var account = bench.account("A");
    retention.forgetOld("practice", 30);
    assertThat(memory.find(account, new ClOrdId("old"))).isPresent();

    bench.sql("update venue_sim.practice_order set at = now() - interval '31 days'");
    retention.forgetOld("practice", 30);
    assertThat(memory.find(account, new ClOrdId("old"))).isEmpty();
    assertThat(memory.find(account, new ClOrdId("newest"))).isPresent();
    assertThat(memory.workingOrders()).hasSize(1);
    assertThat(memory.executionsAfter(account, 0))
        .allMatch(execution -> !execution.clOrdId().value().equals("old"));
    assertThat(memory.positions(account).values()).containsExactly(3L);
    retention.forgetOld("practice", 30);
    assertThat(memory.positions(account).values()).containsExactly(3L);
  }

  @Test
  void aBrokenFileOfSeveralIsSetAsideAndTheOthersArePlayed() throws Exception {
    var whole = recording(5);
    var bytes = Files.readAllBytes(whole);
    var cut = Files.write(directory.resolve("cut.dbn.zst"), Arrays.copyOf(bytes, bytes.length / 2));
    var none = directory.resolve("none.dbn");
    for (int starts = 0; starts < 2; starts++) {
      var life = bench.live("taped", replay(List.of(none, whole, cut), "max", false), "R");
      life.reconciled();
      awaitPhase(life, ReplayState.Phase.ENDED);
      var shown = player(life).look().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertThat(shown.setAside()).hasSize(2);
      assertThat(shown.setAside().getFirst()).contains("none.dbn does not exist");
      assertThat(shown.setAside().getLast()).contains("cut.dbn.zst");
      assertThat(shown.error()).isNull();
      assertThat(shown.files()).hasSize(3);
      life.close();
    }
    eventually("every trade is on the topic", () -> trades().size() >= 5);
    assertThat(trades()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  private io.tapeline.market.venue.domain.Venue sim(
      io.tapeline.market.store.Leases.Held lease, Instruments instruments) {
    return PracticeVenues.sim(
        "practice",
        instruments.fronts(List.of("ES")).stream().map(contract -> contract.listing()).toList(),
        SimRules.PLAIN,
        7,
        bench.clock,
        bench.memory(lease),
        lease::isGood,
        faults,
        _ -> {});
  }

  private Bench.Making replay(Path file, String speed, boolean startHeld) {
    return replay(List.of(file), speed, startHeld);
  }

  private Bench.Making replay(List<Path> files, String speed, boolean startHeld) {
    record Config(
        Optional<List<Path>> files,
        String speed,
        Optional<Instant> from,
        Optional<Instant> to,
        boolean keepGaps,
        boolean startHeld)
        implements ReplayConfig {}
    var config =
        new Config(Optional.of(files), speed, Optional.empty(), Optional.empty(), false, startHeld);
    return (lease, instruments) ->
        new ReplayVenue(
            "taped",
            config,
            symbol -> instruments.contract(symbol).map(contract -> contract.instrument()),
            _ -> {},
            bench.memory(lease),
            lease::isGood);
  }

  /** A book of three levels a side, and every second a trade that takes one lot of the bid. */
  private Path recording(int seconds) throws IOException {
    var writer = new DbnWriter(1, DbnWriter.MBO).symbol("ESH4", ES);
    long ts = nanos(START);
    long id = 1;
    for (int level = 0; level < 3; level++) {
      writer.mbo(ES, ts, 'A', 'B', id++, price("4799.75") - level * price("0.25"), 5, 128);
      writer.mbo(ES, ts, 'A', 'A', id++, price("4800.00") + level * price("0.25"), 5, 128);
    }
    long bid = 1;
    int left = 5;
    for (int second = 1; second <= seconds; second++) {
      ts = nanos(START.plusSeconds(second));
      writer.mbo(ES, ts, 'T', 'A', 0, price("4799.75"), 1, 0);
      writer.mbo(ES, ts, 'F', 'B', bid, price("4799.75"), 1, 0);
      writer.mbo(ES, ts, 'C', 'B', bid, price("4799.75"), 1, 128);
      if (--left == 0) {
        bid = id++;
        left = 5;
        ts = nanos(START.plusSeconds(second).plusMillis(500));
        writer.mbo(ES, ts, 'A', 'B', bid, price("4799.75"), 5, 128);
      }
    }
    return writer.to(directory.resolve("es-" + FILES.incrementAndGet() + ".dbn.zst"));
  }

  private List<Long> trades() {
    var ids = since(Topics.MARKET_TRADES).stream().map(e -> e.path("tradeId").asLong()).toList();
    return ids.stream().map(id -> id - ids.getFirst() + 1).toList();
  }

  /** Quotes, depth and trades of this test without what the service clock says. */
  private List<String> market() {
    return MARKET.stream()
        .flatMap(topic -> since(topic).stream().map(row -> topic + row.without(List.of("at"))))
        .toList();
  }

  private List<ObjectNode> since(String topic) {
    var all = read(topic);
    return all.subList(before.getOrDefault(topic, 0), all.size());
  }

  /** What a topic says of ESH4, but for what is only said again. */
  private static List<ObjectNode> read(String topic) {
    try (var tape = Tape.of(topic)) {
      return tape.read().stream()
          .filter(e -> e.key().equals("ESH4"))
          .map(e -> (ObjectNode) e.json())
          .filter(row -> !row.path("refresh").asBoolean())
          .toList();
    }
  }

  private static Player player(Bench.Life life) {
    return (Player) life.venue;
  }

  private static void awaitPhase(Bench.Life life, ReplayState.Phase phase) throws Exception {
    var limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      var shown = player(life).look().toCompletableFuture().get(20, TimeUnit.SECONDS);
      if (shown.state() == phase) return;
      if (System.nanoTime() > limit) throw new AssertionError("still " + shown);
      Thread.sleep(50);
    }
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
