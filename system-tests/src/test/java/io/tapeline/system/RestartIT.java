package io.tapeline.system;

import static io.tapeline.system.Desk.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.TapeEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the desk knew when it stopped it knows when it starts again, however it stopped. */
class RestartIT {
  @TempDir private Path directory;

  @Test
  void
      aDeskIsSeenByItsMonitorsStoppedItLosesNothingKilledItLeavesNoProcessBehindAndABrokenRuleClosesAll()
          throws IOException {
    var data = directory.resolve("tape");
    String rest;
    String resting;
    try (var collector = new Collector();
        var desk = Desk.start(data, "--set", "tapeline.traces=" + collector.url())) {
      var symbol = desk.frontContract("ES");
      var in =
          desk.place(
              "PRACTICE",
              Map.of("symbol", symbol, "side", "BUY", "ordType", "MARKET", "orderQty", 3));
      eventually(() -> bid(desk, symbol));
      var bid = bid(desk, symbol);
      rest =
          desk.place(
              "PRACTICE",
              Map.of(
                  "symbol",
                  symbol,
                  "side",
                  "BUY",
                  "ordType",
                  "LIMIT",
                  "orderQty",
                  2,
                  "price",
                  bid.subtract(BigDecimal.TEN).toPlainString()));
      awaitStatus(desk, in, "FILLED");
      awaitStatus(desk, rest, "NEW");
      awaitNetQty(desk, 3);
      eventually(() -> assertThat(Monitoring.askedForInVain(desk)).isEmpty());
      awaitItsWay(collector, in);
      assertThatItsEvidenceIsWhole(desk, in);
      assertThat(desk.withTheTokenForMetrics("ui-bridge", "/api/accounts").statusCode())
          .isEqualTo(401);
      assertThat(desk.withTheTokenForMetrics("order-service", "/api/timings").statusCode())
          .isEqualTo(401);
      resting = desk.get("/api/accounts/PRACTICE/orders/" + rest).path("venueOrderId").asText();
    }

    try (var desk = Desk.start(data)) {
      awaitStatus(desk, rest, "NEW");
      assertThat(desk.get("/api/accounts/PRACTICE/orders/" + rest).path("venueOrderId").asText())
          .isEqualTo(resting);
      awaitNetQty(desk, 3);
      var family = desk.launcherProcess().descendants().toList();
      assertThat(family).hasSizeGreaterThan(4);
      desk.launcherProcess().destroyForcibly();
      await()
          .atMost(Desk.SOON)
          .untilAsserted(
              () ->
                  assertThat(family).as("processes left behind").noneMatch(ProcessHandle::isAlive));
    }

    // three are held and the account may from now on hold two: what works and what is held goes
    try (var desk = Desk.start(data, atMostTwoLots())) {
      awaitStatus(desk, rest, "CANCELED");
      awaitNetQty(desk, 0);
      var breach = breach(desk, "PRACTICE");
      assertThat(breach.path("tier").asText()).isEqualTo("LIQUIDATE");
      assertThat(breach.path("inputs").path("used").asText()).isEqualTo("3");
      assertThat(Journal.of(desk, "PRACTICE").events())
          .extracting(OrderEventRecord::event)
          .anySatisfy(
              event ->
                  assertThat(event)
                      .isInstanceOfSatisfying(
                          TapeEvent.FlattenStarted.class,
                          flatten ->
                              assertThat(flatten.commandId())
                                  .isEqualTo(breach.path("id").asText())));
      aTickClosesAll(desk, desk.frontContract("ES"));
    }
  }

  /** A rule that a single tick breaks: what is bought is sold again, and why is written down. */
  private static void aTickClosesAll(Desk desk, String symbol) {
    desk.place(
        "TOUCHY", Map.of("symbol", symbol, "side", "BUY", "ordType", "MARKET", "orderQty", 1));
    var why = new JsonNode[1];
    eventually(() -> why[0] = breach(desk, "TOUCHY"));
    var inputs = why[0].path("inputs");
    assertThat(why[0].path("tier").asText()).isEqualTo("LIQUIDATE");
    assertThat(inputs.path("marks").path(0).path("symbol").asText()).isEqualTo(symbol);
    assertThat(new BigDecimal(inputs.path("used").asText())).isGreaterThanOrEqualTo(BigDecimal.TEN);
    eventually(
        () ->
            assertThat(Journal.of(desk, "TOUCHY").events())
                .extracting(OrderEventRecord::event)
                .anySatisfy(
                    event ->
                        assertThat(event)
                            .isInstanceOfSatisfying(
                                TapeEvent.FlattenEnded.class,
                                ended ->
                                    assertThat(ended.commandId())
                                        .isEqualTo(why[0].path("id").asText()))));
    assertThat(Journal.of(desk, "TOUCHY").netQty(symbol)).isZero();
    var another = Map.of("symbol", symbol, "side", "BUY", "ordType", "MARKET", "orderQty", 1);
    assertThat(desk.answerTo("TOUCHY", another)).contains("DAILY_LOSS_LIMIT");
  }

  private static void assertThatItsEvidenceIsWhole(Desk desk, String clOrdId) {
    var evidence = desk.get("/api/accounts/PRACTICE/orders/" + clOrdId + "/evidence");
    assertThat(evidence.path("gesture").path("event").path("type").asText())
        .isEqualTo("OrderSubmitted");
    assertThat(evidence.path("journal").findValuesAsText("type"))
        .contains("OrderSubmitted", "OrderFilled");
    assertThat(evidence.path("venueMessages").findValuesAsText("type")).contains("Filled");
    assertThat(evidence.path("market").path("bookBefore").path("record").path("bids")).isNotEmpty();
    assertThat(evidence.path("before").path("positions")).isEmpty();
  }

  private String[] atMostTwoLots() throws IOException {
    var programs = Files.createDirectories(directory.resolve("programs"));
    Files.writeString(
        programs.resolve("two-lots.yaml"),
        """
        title: Two lots at most
        version: 1
        rules:
          - id: max-contracts
            kind: max-contracts
            lots: 2
            tiers: {liquidate: 101}
        """);
    Files.writeString(
        programs.resolve("touchy.yaml"),
        """
        title: A tick is too much
        version: 1
        rules:
          - id: daily-loss
            kind: daily-loss
            amount: "10"
            basis: equity
            trailing: true
            tiers: {liquidate: 100}
        """);
    return new String[] {
      "--set",
      "positions.risk-programs=" + programs,
      "--set",
      "tapeline.accounts.\"PRACTICE\".risk-program=two-lots",
      "--set",
      "tapeline.accounts.\"TOUCHY\".venue=sim",
      "--set",
      "tapeline.accounts.\"TOUCHY\".risk-program=touchy"
    };
  }

  private static JsonNode breach(Desk desk, String account) {
    for (var line : desk.get("/api/accounts/" + account + "/risk-events").path("items"))
      if (line.path("event").path("type").asText().equals("TierReached")) return line.path("event");
    throw new AssertionError("nothing was decided");
  }

  private static BigDecimal bid(Desk desk, String symbol) {
    return new BigDecimal(
        desk.get("/api/quotes?symbols=" + symbol).path("items").path(0).path("bidPx").asText());
  }

  private static void awaitStatus(Desk desk, String clOrdId, String status) {
    eventually(
        () ->
            assertThat(
                    desk.get("/api/accounts/PRACTICE/orders/" + clOrdId).path("ordStatus").asText())
                .isEqualTo(status));
  }

  /** Click, journal, Kafka, venue, report, and the journal and its readers again. */
  private static void awaitItsWay(Collector collector, String clOrdId) {
    for (var hop :
        List.of(
            Map.entry("ui-bridge", "POST /api/accounts/{account}/orders"),
            Map.entry("order-service", "journal OrderSubmitted"),
            Map.entry("market-gateway", "read orders.events.v1"),
            Map.entry("market-gateway", "venue call"),
            Map.entry("order-service", "read venue.reports.v1"),
            Map.entry("order-service", "journal OrderFilled"),
            Map.entry("position-service", "read orders.events.v1")))
      eventually(
          () ->
              assertThat(collector.heard(hop.getKey(), "PRACTICE", clOrdId, hop.getValue()))
                  .as(hop.toString())
                  .isTrue());
  }

  private static void awaitNetQty(Desk desk, long lots) {
    eventually(
        () ->
            assertThat(
                    desk.get("/api/accounts/PRACTICE/positions")
                        .path("items")
                        .path(0)
                        .path("netQty")
                        .asLong())
                .isEqualTo(lots));
  }
}
