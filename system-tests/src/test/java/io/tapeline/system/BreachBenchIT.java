package io.tapeline.system;

import static io.tapeline.system.Desk.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.TapeEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How soon what works is cancelled and what is held is closed after the fill or tick that breaks a
 * rule, and where the time goes. By hand only: {@code -Dtapeline.bench.breaches=60
 * -Dit.test=BreachBenchIT}; the first {@code tapeline.bench.warmup} of them (20) are not counted.
 * Every line says when it was decided; its commit takes what is printed as {@code append}.
 */
@EnabledIfSystemProperty(named = "tapeline.bench.breaches", matches = "[0-9]+")
class BreachBenchIT {
  @TempDir private Path directory;

  private final Map<String, List<Long>> hops = new LinkedHashMap<>();

  @Test
  void fromTheFillOrTickThatBreaksARuleToCancelsAndClose() throws IOException {
    int count = Integer.getInteger("tapeline.bench.breaches");
    int warmup = Integer.getInteger("tapeline.bench.warmup", 20);
    try (var desk = Desk.start(directory.resolve("tape"), settings(count + warmup))) {
      var symbol = desk.frontContract("ES");
      for (int i = 0; i < count + warmup; i++) {
        var account = "TOUCHY" + i;
        boolean bracketed = i % 2 == 1;
        var order = Map.of("symbol", symbol, "side", "BUY", "ordType", "MARKET", "orderQty", 1);
        if (bracketed) {
          desk.place(account, withBracket(order));
        } else {
          rest(desk, account, symbol);
          desk.place(account, order);
        }
        var ended = new JsonNode[1];
        eventually(() -> ended[0] = breachOnceFlat(desk, account));
        if (i >= warmup)
          took(
              bracketed ? "a bracket that works: " : "an order that rests: ",
              ended[0],
              Journal.of(desk, account));
      }
      for (var timed : desk.get("/api/timings").path("items"))
        if (List.of("append", "publish", "fold").contains(timed.path("name").asText()))
          System.out.println(timed);
    }
    hops.forEach(BreachBenchIT::print);
  }

  private static Map<String, Object> withBracket(Map<String, ?> order) {
    var bracketed = new HashMap<String, Object>(order);
    bracketed.put(
        "bracket",
        Map.of("takeProfit", List.of(Map.of("ticks", 80)), "stopLoss", Map.of("ticks", 80)));
    return bracketed;
  }

  private void took(String kind, JsonNode decision, Journal journal) {
    var inputs = decision.path("event").path("inputs");
    var decided = at(decision.path("at"));
    var asOfSeq = decision.path("asOfSeq").asLong();
    var cause = at(inputs.path("marks").path(0).path("pxAt"));
    var at = new HashMap<Class<?>, Instant>();
    for (var line : journal.events()) {
      var what = line.event().getClass();
      if (line.seq() <= asOfSeq && line.event() instanceof TapeEvent.OrderFilled) {
        if (line.at().isAfter(cause)) cause = line.at();
      } else if (line.event() instanceof TapeEvent.FlattenStarted
          || at.containsKey(TapeEvent.FlattenStarted.class)) {
        at.putIfAbsent(what, line.at());
      }
    }
    hop(kind + "fill or tick to decision", cause, decided);
    hop(kind + "fill or tick to the lock", cause, at.get(TapeEvent.FlattenStarted.class));
    hop(kind + "fill or tick to the cancels", cause, at.get(TapeEvent.CancelRequested.class));
    hop(kind + "fill or tick to the first canceled", cause, at.get(TapeEvent.OrderCanceled.class));
    hop(kind + "fill or tick to the close", cause, at.get(TapeEvent.OrderSubmitted.class));
    hop(kind + "fill or tick to flat", cause, at.get(TapeEvent.FlattenEnded.class));
  }

  private void hop(String what, Instant from, Instant to) {
    hops.computeIfAbsent(what, _ -> new ArrayList<>()).add(Duration.between(from, to).toMillis());
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
    var order = new String[1];
    eventually(
        () -> {
          var bid =
              desk.get("/api/quotes?symbols=" + symbol)
                  .path("items")
                  .path(0)
                  .path("bidPx")
                  .asText();
          order[0] =
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
        });
    eventually(
        () ->
            assertThat(
                    desk.get("/api/accounts/" + account + "/orders/" + order[0])
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

  private static void print(String what, List<Long> millis) {
    Collections.sort(millis);
    System.out.printf(
        "%s: n %d, p50 %d ms, p90 %d ms, p99 %d ms, max %d ms%n",
        what,
        millis.size(),
        millis.get(millis.size() / 2),
        millis.get(millis.size() * 9 / 10),
        millis.get(millis.size() * 99 / 100),
        millis.getLast());
  }
}
