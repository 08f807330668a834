package io.tapeline.positions;

import static io.restassured.RestAssured.given;
import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.positions.PositionDesk.SOON;
import static io.tapeline.positions.PositionDesk.accountRow;
import static io.tapeline.positions.PositionDesk.caller;
import static io.tapeline.positions.PositionDesk.equity;
import static io.tapeline.positions.PositionDesk.positionRow;
import static io.tapeline.positions.PositionDesk.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapeline.contract.Topics;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.Tape;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Fills and quotes become positions and money, on real Kafka and PostgreSQL. Every test has an
 * account of its own.
 */
@QuarkusTest
@TestProfile(ManyAccounts.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "position_service"))
class PositionServiceIT {
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
  void aQuoteThatCannotBeReadIsKeptAsideAndTheNextOneCounts() {
    press.printText(Topics.QUOTES, "NQH4", "{\"symbol\":\"NQH4\",\"bidPx\":\"much\"}");
    try (var letters = Tape.of(Topics.deadLetters(Topics.QUOTES))) {
      var letter = letters.await(SOON, entry -> entry.key().equals("NQH4"));
      assertThat(letter.value()).contains("much");
      assertThat(letter.headers())
          .containsEntry("service", "position-service")
          .containsKeys("reason", "partition", "offset");
    }
  }

  @Test
  void fillsAndQuotesBecomePositionsAndMoney() {
    new Journal(press, "ROUND")
        .es()
        .accepted()
        .filled("A", "ESH4", BUY, 3, "4800.00", "2.10")
        .filled("B", "ESH4", SELL, 1, "4801.00", "0.70");
    quote(press, "ESH4", "4802.00", "4802.25", "4802.00", "2024-01-10T18:00:01Z");

    var position =
        positionRow(
            "ROUND|ESH4",
            row ->
                row.path("markPx").asText().equals("4802.00")
                    && row.path("version").path(0).asLong() == 4);
    var account = accountRow("ROUND", row -> row.path("equity").asText().equals("1247.2"));

    assertThat(position.path("netQty").asLong()).isEqualTo(2);
    assertThat(position.path("avgPx").asText()).isEqualTo("4800.00");
    assertThat(position.path("realizedPnl").asText()).isEqualTo("50");
    assertThat(position.path("unrealizedPnl").asText()).isEqualTo("200");
    assertThat(position.path("fees").asText()).isEqualTo("2.8");
    assertThat(position.path("version").path(0).asLong()).isEqualTo(4);
    assertThat(account.path("balance").asText()).isEqualTo("1047.2");
    assertThat(account.path("dayPnl").asText()).isEqualTo("247.2");
    assertThat(account.path("name").asText()).isEqualTo("Round trip");
    assertThat(account.has("quarantined")).isFalse();

    caller()
        .get("/api/accounts/ROUND/positions")
        .then()
        .statusCode(200)
        .body("asOfSeq", Matchers.is(4))
        .body("items[0].symbol", Matchers.is("ESH4"))
        .body("items[0].unrealizedPnl", Matchers.is("200"));
    caller()
        .get("/api/accounts/ROUND")
        .then()
        .statusCode(200)
        .body("equity", Matchers.is("1247.2"));
  }

  @Test
  void theDayBeginsAtTheLastMarkOfTheDayBefore() {
    quote(press, "NQH4", "17000.00", "17000.25", "17000.00", "2024-01-10T20:00:00Z");
    new Journal(press, "DAY").submitted("NQH4", "0.25", "5").filled("NQH4", BUY, 1, "16990.00");
    accountRow("DAY", equity("50200").and(row -> row.path("dayPnl").asText().equals("200")));

    // past 17:00 in Chicago
    quote(press, "NQH4", "17010.00", "17010.25", "17010.00", "2024-01-10T23:00:01Z");

    accountRow("DAY", equity("50400").and(row -> row.path("dayPnl").asText().equals("200")));
    caller()
        .get("/api/timings")
        .then()
        .statusCode(200)
        .body("items.find { it.name == 'fold' }.count", Matchers.greaterThan(0))
        .body("items.name", Matchers.hasItem("publish"));
  }

  @Test
  void aStrangerIsRefusedAndAnUnknownAccountIsNamed() {
    given().get("/api/accounts").then().statusCode(401);
    caller()
        .get("/api/accounts/NOBODY")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("reason", Matchers.is("UNKNOWN_ACCOUNT"));
    caller()
        .get("/api/accounts?limit=2")
        .then()
        .statusCode(200)
        .body("items.accountId", Matchers.contains("AS_OF", "BENCH"))
        .body("next", Matchers.is("BENCH"));
    given().get("/q/health/ready").then().statusCode(200);
  }
}
