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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How soon what works is cancelled and what is held is closed after the tick that breaks a rule. By
 * hand only: {@code -Dtapeline.bench.breaches=40 -Dit.test=BreachBenchIT}.
 */
@EnabledIfSystemProperty(named = "tapeline.bench.breaches", matches = "[0-9]+")
class BreachBenchIT {
  @TempDir private Path directory;

  @Test
  void fromTheTickThatBreaksARuleToCancelsAndClose() throws IOException {
    int count = Integer.getInteger("tapeline.bench.breaches");
    var decided = new ArrayList<Long>();
    var canceled = new ArrayList<Long>();
    var closed = new ArrayList<Long>();
    try (var desk = Desk.start(directory.resolve("tape"), settings(count))) {
      var symbol = desk.frontContract("ES");
      for (int i = 0; i < count; i++) {
        var account = "TOUCHY" + i;
        rest(desk, account, symbol);
        desk.place(
            account, Map.of("symbol", symbol, "side", "BUY", "ordType", "MARKET", "orderQty", 1));
        var ended = new JsonNode[1];
        eventually(() -> ended[0] = breachOnceFlat(desk, account));
        var tick = at(ended[0].path("event").path("inputs").path("marks").path(0).path("pxAt"));
        decided.add(millis(tick, at(ended[0].path("at"))));
        var flattened = false;
        for (var line : Journal.of(desk, account).events()) {
          if (line.event() instanceof TapeEvent.FlattenStarted) flattened = true;
          if (!flattened) continue;
          if (line.event() instanceof TapeEvent.CancelRequested)
            canceled.add(millis(tick, line.at()));
          if (line.event() instanceof TapeEvent.OrderSubmitted) closed.add(millis(tick, line.at()));
        }
      }
    }
    print("tick to decision", decided);
    print("tick to cancel journaled", canceled);
    print("tick to close journaled", closed);
  }

  /** Any tick against one lot is more than the rule allows. */
  private String[] settings(int count) throws IOException {
    var programs = Files.createDirectories(directory.resolve("programs"));
    Files.writeString(
        programs.resolve("touchy.yaml"),
        """
        title: A tick is too much
        version: 1
        rules:
          - id: daily-loss
            kind: daily-loss
            amount: "5"
            basis: equity
            trailing: true
            tiers: {liquidate: 100}
        """);
    var settings = new ArrayList<>(List.of("--set", "positions.risk-programs=" + programs));
    for (int i = 0; i < count; i++) {
      var account = "tapeline.accounts.\"TOUCHY" + i + "\".";
      settings.addAll(List.of("--set", account + "venue=sim"));
      settings.addAll(List.of("--set", account + "risk-program=touchy"));
    }
    return settings.toArray(String[]::new);
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

  private static long millis(Instant from, Instant to) {
    return Duration.between(from, to).toMillis();
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
