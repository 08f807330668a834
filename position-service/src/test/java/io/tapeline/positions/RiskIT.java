package io.tapeline.positions;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.positions.PositionDesk.accountRow;
import static io.tapeline.positions.PositionDesk.atSeq;
import static io.tapeline.positions.PositionDesk.caller;
import static io.tapeline.positions.PositionDesk.positionRow;
import static io.tapeline.positions.PositionDesk.quote;
import static io.tapeline.positions.PositionDesk.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.tapeline.contract.FeedState;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.contract.Topics;
import io.tapeline.model.TradingState;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.StackResource;
import java.math.BigDecimal;
import java.time.Instant;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts under rules, on real Kafka and PostgreSQL. Every test has an account of its own. */
@QuarkusTest
@TestProfile(ManyAccounts.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "position_service"))
class RiskIT {
  private Press press;

  @BeforeEach
  void everythingIsRead() throws InterruptedException {
    press = Press.shared();
    PositionDesk.awaitEverythingRead();
  }

  @AfterEach
  void close() {
    press.close();
  }

  @Test
  void theTickThatUsesUpTheDaysLossLocksTheAccountAndStaysDecided() {
    new Journal(press, "RISK_TICK")
        .submitted("NQU4", "0.25", "5")
        .filled("NQU4", BUY, 2, "17000.00");
    positionRow("RISK_TICK|NQU4", atSeq(2));
    quote(press, "NQU4", null, null, "16975.25", "2024-01-10T18:00:01Z");
    var warned = accountRow("RISK_TICK", row -> tier(row).equals("WARN"));
    assertThat(warned.path("risk").path("program").asText()).isEqualTo("eval-50k");

    quote(press, "NQU4", null, null, "16975.00", "2024-01-10T18:00:02Z");
    quote(press, "NQU4", null, null, "17000.00", "2024-01-10T18:00:03Z");

    var locked =
        accountRow(
            "RISK_TICK",
            row -> tier(row).equals("LOCK") && row.path("dayPnl").asText().equals("0"));
    var decisionId = locked.path("risk").path("decisionId").asText();
    assertThat(locked.path("risk").path("reason").asText()).isEqualTo("DAILY_LOSS_LIMIT");
    assertThat(locked.path("risk").path("lockedUntil").asText())
        .isEqualTo("2024-01-10T23:00:00.000000Z");
    assertThat(decisionId).matches("risk-[0-9a-f]{12}");
    var event =
        row(
            Topics.RISK_EVENTS,
            "RISK_TICK",
            row -> row.path("event").path("id").asText().equals(decisionId));
    assertThat(event.path("event").path("inputs").path("equity").asText()).isEqualTo("49000");
    assertThat(event.path("event").path("inputs").path("marks").path(0).path("px").asText())
        .isEqualTo("16975.00");
    assertThat(
            row(
                    Topics.POSITION_NOTICES,
                    "RISK_TICK",
                    row -> row.path("id").asText().equals(decisionId))
                .path("severity")
                .asText())
        .isEqualTo("CRITICAL");
    caller()
        .get("/api/accounts/RISK_TICK/limits")
        .then()
        .statusCode(200)
        .body("risk.tier", Matchers.is("LOCK"))
        .body("items.name", Matchers.hasItems("daily-loss", "drawdown", "max-contracts", "hours"));
    caller()
        .get("/api/accounts/RISK_TICK/risk-events")
        .then()
        .statusCode(200)
        .body("items.no[0]", Matchers.is(1));
  }

  @Test
  void theHourFlattensByTheVenuesClockWithoutASingleQuote() {
    clock("2024-01-10T18:00:00Z");
    new Journal(press, "RISK_HOURS")
        .submitted("RTYU4", "0.1", "5")
        .filled("RTYU4", BUY, 1, "2000.0");
    accountRow("RISK_HOURS", row -> tier(row).equals("NONE") && row.path("day").has("tradingDay"));

    clock("2024-01-10T21:10:00Z");

    var row = accountRow("RISK_HOURS", candidate -> tier(candidate).equals("LIQUIDATE"));
    assertThat(row.path("risk").path("rule").asText()).isEqualTo("hours");
    assertThat(row.path("risk").path("reason").asText()).isEqualTo("OUTSIDE_HOURS");

    clock("2024-01-10T23:00:00Z");
    accountRow("RISK_HOURS", candidate -> tier(candidate).equals("NONE") && newDay(candidate));
  }

  @Test
  void whatAnOrderWouldDoIsAnsweredAndNothingIsRemembered() {
    new Journal(press, "RISK_ASK")
        .submitted("MNQU4", "0.25", "0.50")
        .filled("MNQU4", BUY, 1, "17000.00");
    // by the venue's time, or what the rules say would depend on the hour in which this runs
    quote(press, "MNQU4", null, null, "17000.00", "2024-01-10T18:00:01Z");
    positionRow("RISK_ASK|MNQU4", row -> atSeq(2).test(row) && row.path("markAt").isTextual());

    caller()
        .contentType(ContentType.JSON)
        .body(
            """
            {"symbol":"MNQU4","side":"BUY","orderQty":5,"ordType":"LIMIT","price":"17000.00",
             "bracket":{"stopLoss":{"ticks":40}}}""")
        .post("/api/accounts/RISK_ASK/what-if")
        .then()
        .statusCode(200)
        .body("netQtyAfter", Matchers.is(6))
        .body("lossAtStop", Matchers.is("100"))
        .body("denials.reason", Matchers.contains("MAX_POSITION"));
    caller()
        .contentType(ContentType.JSON)
        .body("{\"symbol\":\"MNQU4\",\"side\":\"SELL\",\"orderQty\":1,\"price\":\"17000.00\"}")
        .post("/api/accounts/RISK_ASK/what-if")
        .then()
        .statusCode(200)
        .body("denials", Matchers.empty());
    assertThat(positionRow("RISK_ASK|MNQU4", atSeq(2)).path("netQty").asLong()).isEqualTo(1);
  }

  @Test
  void theRowSaysWhatTheAccountMayDoAndWhatItsStopsWouldLose() throws InterruptedException {
    new Journal(press, "STATE").es().allowed(TradingState.HALTED);
    accountRow("STATE", row -> row.path("tradingState").asText().equals("HALTED"));

    new Journal(press, "STOPS")
        .submitted("GCU4", "0.1", "10")
        .filled("GCU4", BUY, 3, "2000.0")
        .stop("GCU4", SELL, 2, "1995.0");
    positionRow("STOPS|GCU4", atSeq(2));
    quote(press, "GCU4", null, null, "2001.0", "2024-01-10T18:00:01Z");

    var row = accountRow("STOPS", r -> r.path("openRisk").path("toStops").asText().equals("1200"));
    assertThat(row.path("openRisk").path("protectedQty").asLong()).isEqualTo(2);
    assertThat(row.path("openRisk").path("unprotectedQty").asLong()).isEqualTo(1);
    var curve = caller().get("/api/accounts/STOPS/equity").jsonPath().getList("items.equity");
    var end = System.nanoTime() + PositionDesk.SOON.toNanos();
    while (!curve.contains("50300") && System.nanoTime() < end) {
      Thread.sleep(100);
      curve = caller().get("/api/accounts/STOPS/equity").jsonPath().getList("items.equity");
    }
    assertThat(curve).contains("50300");
  }

  private static String tier(JsonNode row) {
    return row.path("risk").path("tier").asText();
  }

  private static boolean newDay(JsonNode row) {
    return row.path("day").path("tradingDay").asText().equals("2024-01-11");
  }

  private void clock(String venueTime) {
    press.print(
        Topics.MARKET_STATUS,
        "clocked",
        new MarketStatusRow(
            "clocked",
            null,
            "OPEN",
            FeedState.LIVE,
            null,
            Instant.now(),
            Instant.now(),
            Instant.parse(venueTime),
            BigDecimal.ONE,
            true,
            null));
  }
}
