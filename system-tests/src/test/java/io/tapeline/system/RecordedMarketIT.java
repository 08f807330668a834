package io.tapeline.system;

import static io.tapeline.system.Desk.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recorded ES book of a Christmas evening, traded on as a user would: over REST, WebSocket and
 * a real browser.
 */
class RecordedMarketIT {
  private static final Instant OPEN = Instant.parse("2023-12-25T23:00:00Z");
  private static final BigDecimal TICKS_PER_POINT = new BigDecimal("4");
  private static final BigDecimal TICK_VALUE = new BigDecimal("12.50");

  @TempDir private static Path data;
  private static Desk desk;

  @BeforeAll
  static void theRecordedMarketPlays() {
    assumeTrue(
        Files.exists(Desk.ES_ON_CHRISTMAS), "the recorded market data is not beside the project");
    desk =
        Desk.start(
            data.resolve("tape"),
            "--replay",
            Desk.ES_ON_CHRISTMAS.toString(),
            "--from",
            "2023-12-25T22:59:00Z",
            "--speed",
            "5");
  }

  @AfterAll
  static void theDeskStops() {
    if (desk != null) desk.close();
  }

  @Test
  void buyingTwoAtMarketFillsOnTheBookAndShowsAsPositionWithItsProfit() {
    try (var feed =
        desk.feed().subscribe("quote:ESH4", "orders:REPLAY", "fills:REPLAY", "positions:REPLAY")) {
      feed.await(
          "quote:ESH4",
          "",
          quote -> Instant.parse(quote.path("venueTime").asText()).isAfter(OPEN.plusSeconds(5)));
      var before = held();
      var id =
          desk.place(
              "REPLAY",
              Map.of("symbol", "ESH4", "side", "BUY", "ordType", "MARKET", "orderQty", 2));
      feed.await("orders:REPLAY", id, row -> row.path("ordStatus").asText().equals("FILLED"));
      eventually(
          () -> {
            var fills = feed.items("fills:REPLAY").stream().map(item -> item.path("data")).toList();
            assertThat(fills)
                .extracting(fill -> fill.path("execId").asText())
                .doesNotHaveDuplicates();
            assertThat(
                    fills.stream()
                        .filter(fill -> fill.path("clOrdId").asText().equals(id))
                        .mapToLong(fill -> fill.path("lastQty").asLong())
                        .sum())
                .isEqualTo(2);
          });
      var position =
          feed.await(
              "positions:REPLAY",
              "ESH4",
              row -> row.path("netQty").asLong() == before + 2 && row.has("unrealizedPnl"));
      assertThat(
              unrealised(
                  position.path("avgPx").asText(), position.path("markPx").asText(), before + 2))
          .isEqualByComparingTo(position.path("unrealizedPnl").asText());
    }
  }

  @Test
  void aScriptGetsItsTokenFromTheCommandLine() {
    var token = Desk.run("token", "--data", desk.data().toString(), "--scope", "read").strip();
    assertThat(token).startsWith("tpl_").isNotEqualTo(desk.token());
  }

  @Test
  void aTraderSeesAndTradesItInARealBrowser() throws Exception {
    var pictures = Files.createDirectories(Desk.ROOT.resolve("system-tests/target/screenshots"));
    var script = Desk.ROOT.resolve("ui-bridge/src/main/webui/e2e/desk.e2e.mjs");
    var log = Desk.ROOT.resolve("system-tests/target/desk.e2e.log").toFile();
    var browser =
        new ProcessBuilder(
                "node", script.toString(), desk.signInLink(), pictures.toString(), "ESH4")
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    assertThat(browser.waitFor(300, TimeUnit.SECONDS)).as("the browser test ends").isTrue();
    assertThat(browser.exitValue()).as(Files.readString(log.toPath())).isZero();
  }

  private static long held() {
    return desk.get("/api/accounts/REPLAY/positions").path("items").path(0).path("netQty").asLong();
  }

  private static BigDecimal unrealised(String avgPx, String markPx, long netQty) {
    var points = new BigDecimal(markPx).subtract(new BigDecimal(avgPx));
    return points
        .multiply(TICKS_PER_POINT)
        .multiply(TICK_VALUE)
        .multiply(BigDecimal.valueOf(netQty));
  }
}
