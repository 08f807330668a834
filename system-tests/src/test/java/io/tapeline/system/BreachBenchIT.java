package io.tapeline.system;

import static io.tapeline.system.Desk.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Topics;
import io.tapeline.testkit.Tape;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How soon what works is cancelled and what is held is closed after the fill or tick that breaks a
 * rule, and where the time goes. By hand only: {@code -Dtapeline.bench.breaches=60
 * -Dit.test=BreachBenchIT}; the first {@code tapeline.bench.warmup} of them (20) are not counted.
 * Kafka has whole milliseconds of what was sent, which is after the commit; so a hop that begins or
 * ends there is a millisecond coarse.
 */
@EnabledIfSystemProperty(named = "tapeline.bench.breaches", matches = "[0-9]+")
class BreachBenchIT {
  @TempDir private Path directory;

  private static final String RESTING = "an order that rests";
  private static final String BRACKETED = "a bracket that works";
  private static final String CLOSED = "fill or tick to the close, committed";
  private static final int LONGEST = 5;

  /** After it no account is begun any more. */
  private static final int LIMIT_SECONDS = Integer.getInteger("tapeline.bench.seconds", 3_600);

  private final List<Breach> breaches = new ArrayList<>();

  /**
   * One of them.
   *
   * @param cause when the fill or tick happened
   * @param micros by hop, in the order of their way
   */
  private record Breach(String kind, Instant cause, Map<String, Long> micros) {
    void hop(String what, Instant from, Instant to) {
      micros.put(what, Duration.between(from, to).toNanos() / 1_000);
    }

    @Override
    public String toString() {
      return cause
          + ": "
          + micros.entrySet().stream()
              .map(hop -> "%s %.1f".formatted(hop.getKey().strip(), hop.getValue() / 1e3))
              .collect(Collectors.joining(", "));
    }
  }

  @Test
  void fromTheFillOrTickThatBreaksARuleToCancelsAndClose() throws IOException {
    int count = Integer.getInteger("tapeline.bench.breaches");
    int warmup = Integer.getInteger("tapeline.bench.warmup", 20);
    try (var desk = Desk.startAsShipped(directory.resolve("tape"), settings(count + warmup))) {
      var symbol = desk.frontContract("ES");
      var decisions = new ArrayList<JsonNode>();
      var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      for (int i = 0; i < count + warmup && System.nanoTime() < end; i++) {
        var account = "TOUCHY" + i;
        var order = Map.of("symbol", symbol, "side", "BUY", "ordType", "MARKET", "orderQty", 1);
        if (isBracketed(i)) {
          desk.place(account, withBracket(order));
        } else {
          rest(desk, account, symbol);
          desk.place(account, order);
        }
        eventually(() -> decisions.add(breachOnceFlat(desk, account)));
      }
      var lines = byAccount(desk.tape(Topics.ORDER_EVENTS));
      var reports = byAccount(desk.tape(Topics.VENUE_REPORTS));
      var risks = byAccount(desk.tape(Topics.RISK_EVENTS));
      for (int i = warmup; i < decisions.size(); i++) {
        var account = "TOUCHY" + i;
        took(
            isBracketed(i) ? BRACKETED : RESTING,
            decisions.get(i),
            lines.get(account),
            reports.get(account),
            risks.get(account));
      }
      for (var timed : desk.get("/api/timings").path("items")) System.out.println(timed);
    }
    for (var kind : List.of(RESTING, BRACKETED)) print(kind);
  }

  private static boolean isBracketed(int i) {
    return i % 2 == 1;
  }

  private static Map<String, List<Tape.Entry>> byAccount(List<Tape.Entry> entries) {
    return entries.stream().collect(Collectors.groupingBy(Tape.Entry::key));
  }

  private static Map<String, Object> withBracket(Map<String, ?> order) {
    var bracketed = new HashMap<String, Object>(order);
    bracketed.put(
        "bracket",
        Map.of("takeProfit", List.of(Map.of("ticks", 80)), "stopLoss", Map.of("ticks", 80)));
    return bracketed;
  }

  /** Where the time of one breach went, by what each topic says of it and when it was sent. */
  private void took(
      String kind,
      JsonNode decision,
      List<Tape.Entry> lines,
      List<Tape.Entry> reports,
      List<Tape.Entry> risks) {
    var asOfSeq = decision.path("asOfSeq").asLong();
    var cause = at(decision.path("event").path("inputs").path("marks").path(0).path("pxAt"));
    var first = new HashMap<String, Tape.Entry>();
    var last = new HashMap<String, Tape.Entry>();
    for (var line : lines) {
      var json = line.json();
      var what = json.path("event").path("type").asText();
      if (json.path("seq").asLong() <= asOfSeq && what.equals("OrderFilled")) {
        if (at(json.path("at")).isAfter(cause)) cause = at(json.path("at"));
      } else if (what.equals("FlattenStarted") || first.containsKey("FlattenStarted")) {
        first.putIfAbsent(what, line);
        last.put(what, line);
      }
    }
    var decided = at(decision.path("at"));
    var told =
        risks.stream()
            .filter(risk -> at(risk.json().path("at")).equals(decided))
            .findFirst()
            .orElseThrow()
            .sentAt();
    var lock = decidedAt(first.get("FlattenStarted"));
    var cancels = first.get("CancelRequested").sentAt();
    var close = first.get("OrderSubmitted");
    var words =
        reports.stream()
            .map(Tape.Entry::json)
            .filter(report -> report.path("report").path("type").asText().equals("Canceled"))
            .map(report -> at(report.path("at")))
            .toList();
    var breach = new Breach(kind, cause, new LinkedHashMap<>());
    breach.hop("fill or tick to decision", cause, decided);
    breach.hop("  decision to its commit", decided, told);
    breach.hop("  its commit to the lock", told, lock);
    breach.hop("fill or tick to the lock", cause, lock);
    breach.hop("  the lock to its commit, cancels with it", lock, cancels);
    breach.hop("fill or tick to the cancels, committed", cause, cancels);
    breach.hop("  that commit to the venue's word on the first", cancels, words.getFirst());
    breach.hop("  that commit to the venue's word on the last", cancels, words.getLast());
    breach.hop(
        "  word on the last to its booking", words.getLast(), decidedAt(last.get("OrderCanceled")));
    breach.hop("fill or tick to the close", cause, decidedAt(close));
    breach.hop("  the close to its commit", decidedAt(close), close.sentAt());
    breach.hop(CLOSED, cause, close.sentAt());
    breach.hop("fill or tick to flat", cause, decidedAt(first.get("FlattenEnded")));
    breaches.add(breach);
  }

  private static Instant decidedAt(Tape.Entry line) {
    return at(line.json().path("at"));
  }

  /**
   * One lot bought breaks the first rule by the spread alone, while what protects it is on its way;
   * a tick against one lot breaks the second, when a bracket works.
   */
  private String[] settings(int count) throws IOException {
    var programs = Files.createDirectories(directory.resolve("programs"));
    program(programs, "spread", 5);
    program(programs, "tick", 20);
    var settings = new ArrayList<>(List.of("--set", "positions.risk-programs=" + programs));
    for (int i = 0; i < count; i++) {
      var account = "tapeline.accounts.\"TOUCHY" + i + "\".";
      settings.addAll(List.of("--set", account + "venue=sim"));
      settings.addAll(
          List.of("--set", account + "risk-program=" + (i % 2 == 1 ? "tick" : "spread")));
    }
    return settings.toArray(String[]::new);
  }

  private static void program(Path programs, String name, int amount) throws IOException {
    Files.writeString(
        programs.resolve(name + ".yaml"),
        """
        title: A %s is too much
        version: 1
        rules:
          - id: daily-loss
            kind: daily-loss
            amount: "%d"
            basis: equity
            trailing: true
            tiers: {liquidate: 100}
        """
            .formatted(name, amount));
  }

  /** An order far below the market, so that there is something to cancel. */
  private static void rest(Desk desk, String account, String symbol) {
    var bid =
        desk.get("/api/quotes?symbols=" + symbol).path("items").path(0).path("bidPx").asText();
    var order =
        desk.place(
            account,
            Map.of(
                "symbol",
                symbol,
                "side",
                "BUY",
                "ordType",
                "LIMIT",
                "orderQty",
                1,
                "price",
                new BigDecimal(bid).subtract(BigDecimal.TEN).toPlainString()));
    eventually(
        () ->
            assertThat(
                    desk.get("/api/accounts/" + account + "/orders/" + order)
                        .path("ordStatus")
                        .asText())
                .isEqualTo("NEW"));
  }

  private static JsonNode breachOnceFlat(Desk desk, String account) {
    assertThat(
            desk.get("/api/accounts/" + account + "/positions")
                .path("items")
                .path(0)
                .path("netQty")
                .asLong(-1))
        .isZero();
    for (var line : desk.get("/api/accounts/" + account + "/risk-events").path("items"))
      if (line.path("event").path("type").asText().equals("TierReached")) return line;
    throw new AssertionError("nothing was decided");
  }

  private static Instant at(JsonNode text) {
    return Instant.parse(text.asText());
  }

  private void print(String kind) {
    var ofKind = breaches.stream().filter(breach -> breach.kind().equals(kind)).toList();
    for (var hop : ofKind.getFirst().micros().keySet()) {
      var micros = ofKind.stream().map(breach -> breach.micros().get(hop)).sorted().toList();
      System.out.printf(
          "%s: %s: n %d, p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms%n",
          kind,
          hop,
          micros.size(),
          micros.get(micros.size() / 2) / 1e3,
          micros.get(micros.size() * 9 / 10) / 1e3,
          micros.get(micros.size() * 99 / 100) / 1e3,
          micros.getLast() / 1e3);
    }
    ofKind.stream()
        .sorted(Comparator.comparing((Breach breach) -> breach.micros().get(CLOSED)).reversed())
        .limit(LONGEST)
        .forEach(breach -> System.out.println(kind + ", one of the longest: " + breach));
  }
}
