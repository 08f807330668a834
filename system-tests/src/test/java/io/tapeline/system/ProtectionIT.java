package io.tapeline.system;

import static io.tapeline.system.Desk.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A position and what protects it, on the recorded ES book: that venue knows neither stops nor
 * brackets, so both are kept by order-service.
 */
class ProtectionIT {
  private static final String ORDERS = "/api/accounts/REPLAY/orders";
  private static final Instant OPEN = Instant.parse("2023-12-25T23:00:00Z");
  private static final BigDecimal TICK = new BigDecimal("0.25");

  @TempDir private static Path data;
  private static Desk desk;
  private static Feed feed;

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
            "3");
    feed = desk.feed().subscribe("quote:ESH4", "orders:REPLAY", "fills:REPLAY", "positions:REPLAY");
    // The market rises for a minute and a half: however long the start took, all begins there.
    eventually(ProtectionIT::holdAfterTheOpen);
    feed.await("quote:ESH4", "", quote -> isOfTheOpen(quote.path("venueTime")));
  }

  private static void holdAfterTheOpen() {
    replay(Map.of("action", "seek", "to", OPEN.toString(), "speed", "3"));
    replay(Map.of("action", "resume", "until", OPEN.plusSeconds(8).toString()));
    eventually(() -> assertThat(desk.get("/api/replay").path("state").asText()).isEqualTo("HELD"));
    assertThat(isOfTheOpen(desk.get("/api/replay").path("venueTime"))).isTrue();
  }

  private static boolean isOfTheOpen(JsonNode venueTime) {
    var at = Instant.parse(venueTime.asText());
    return at.isAfter(OPEN) && at.isBefore(OPEN.plusSeconds(15));
  }

  private static void replay(Map<String, String> control) {
    var answer = desk.post("/api/replay", control);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @AfterAll
  static void theDeskStops() {
    if (feed != null) feed.close();
    if (desk != null) desk.close();
  }

  @Test
  void aStopDraggedToTheMarketClosesThePositionThoughTheServiceThatWatchesItDies() {
    var entry =
        desk.place(
            "REPLAY",
            Map.of(
                "symbol",
                "ESH4",
                "side",
                "SELL",
                "ordType",
                "MARKET",
                "orderQty",
                2,
                "bracket",
                Map.of(
                    "takeProfit", List.of(Map.of("ticks", 80)), "stopLoss", Map.of("ticks", 80))));
    order(entry, row -> row.path("ordStatus").asText().equals("FILLED"));
    var stop = order(entry + ".sl", ProtectionIT::worksForTwo);
    assertThat(stop.path("role").asText()).isEqualTo("STOP_LOSS");
    assertThat(stop.path("emulated").asBoolean()).isTrue();
    var target = order(entry + ".tp1", ProtectionIT::worksForTwo);
    assertThat(target.path("role").asText()).isEqualTo("TAKE_PROFIT");

    var dragged =
        desk.patch(
            ORDERS + "/" + entry + ".sl",
            Map.of("expectedVersion", stop.path("version").asLong(), "stopPx", aboveTheMarket()));
    assertThat(dragged.statusCode()).as(dragged.body()).isEqualTo(202);
    desk.kill("order-service");
    eventually(() -> replay(Map.of("action", "resume")));

    order(entry + ".sl", row -> row.path("ordStatus").asText().equals("FILLED"));
    order(entry + ".tp1", row -> row.path("ordStatus").asText().equals("CANCELED"));
    feed.await("positions:REPLAY", "ESH4", row -> row.path("netQty").asLong() == 0);
    var journal = Journal.of(desk, "REPLAY");
    assertThat(journal.gaps()).isEmpty();
    assertThat(journal.netQty("ESH4")).isZero();
  }

  private static boolean worksForTwo(JsonNode row) {
    return row.path("leavesQty").asLong() == 2 && row.path("ordStatus").asText().equals("NEW");
  }

  /** A few ticks: this market rises. */
  private static String aboveTheMarket() {
    var ask = new BigDecimal(feed.newest("quote:ESH4", "").path("askPx").asText());
    return ask.add(TICK.multiply(BigDecimal.valueOf(6))).toPlainString();
  }

  private static JsonNode order(String clOrdId, Predicate<JsonNode> wanted) {
    return feed.await("orders:REPLAY", clOrdId, wanted);
  }
}
