package io.tapeline.positions;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.positions.PositionDesk.SOON;
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
import io.tapeline.contract.Topics;
import io.tapeline.contract.VenueReport;
import io.tapeline.contract.VenueReportRecord;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.Tape;
import io.tapeline.testkit.TestStack;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Predicate;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Round trips as they are told, listed and put into files. Every test has an account of its own.
 */
@QuarkusTest
@TestProfile(ManyAccounts.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "position_service"))
class LedgerIT {
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
  void aRoundTripSaysHowFarThePriceWentWhileItWasOpen() {
    var journal =
        new Journal(press, "TRADES")
            .submitted("YMH4", "1", "5")
            .filled("A", "YMH4", BUY, 2, "39000", "2.00");
    positionRow("TRADES|YMH4", atSeq(2));
    // each is looked at before the next one comes; the last makes sure of the one before
    for (var px : new String[] {"38990", "39020", "39015"}) {
      quote(press, "YMH4", null, null, px, "2024-01-10T18:00:05Z");
      positionRow("TRADES|YMH4", row -> row.path("markPx").asText().equals(px));
    }
    journal.at("2024-01-10T18:01:00Z").filled("B", "YMH4", SELL, 3, "39010", "3.00");

    var trade = trade("TRADES", "T2-3", row -> !row.has("voided"));

    assertThat(trade.path("qty").asLong()).isEqualTo(2);
    assertThat(trade.path("side").asText()).isEqualTo("BUY");
    assertThat(trade.path("pnl").asText()).isEqualTo("100");
    assertThat(trade.path("fees").asText()).isEqualTo("4");
    assertThat(trade.path("mae").asText()).isEqualTo("-100");
    assertThat(trade.path("mfe").asText()).isEqualTo("200");
    assertThat(trade.path("durationMillis").asLong()).isEqualTo(60_000);
    assertThat(trade.path("tradingDay").asText()).isEqualTo("2024-01-10");
    assertThat(trade.path("session").asText()).isEqualTo("RTH");
    var account = accountRow("TRADES", row -> row.path("stats").path("trades").asLong() == 1);
    assertThat(account.path("stats").path("winRate").asText()).isEqualTo("1");
    assertThat(account.path("day").path("trades").asLong()).isEqualTo(1);

    journal.busted("B", "YMH4", SELL, 3, "39010");
    trade("TRADES", "T2-3", row -> row.path("voided").asBoolean());
    caller().get("/api/accounts/TRADES/trades").then().body("items", Matchers.empty());
  }

  /** Also what a later line took back. */
  @Test
  void roundTripsThatKafkaMayNotHaveAreToldAgain() throws Exception {
    new Journal(press, "RETOLD")
        .es()
        .filled("A", "ESH4", BUY, 1, "4800.00", null)
        .filled("B", "ESH4", SELL, 1, "4801.00", null)
        .filled("C", "ESH4", BUY, 1, "4800.00", null)
        .filled("D", "ESH4", SELL, 1, "4801.00", null)
        .busted("D", "ESH4", SELL, 1, "4801.00");
    trade("RETOLD", "T2-3", _ -> true);
    trade("RETOLD", "T4-5", row -> row.path("voided").asBoolean());
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement()) {
      statement.execute(
          "insert into position_service.trade_telling (account_id, from_seq, seq) values ('RETOLD', 1, 3), ('RETOLD', 4, 6)");
    }

    try (var tape = Tape.of(Topics.TRADES)) {
      tape.awaitAll(
          SOON,
          entries -> {
            var rows =
                entries.stream()
                    .filter(entry -> entry.key().equals("RETOLD"))
                    .map(entry -> entry.json())
                    .toList();
            return rows.stream().filter(row -> row.path("tradeId").asText().equals("T2-3")).count()
                    >= 2
                && rows.stream().filter(row -> row.path("voided").asBoolean()).count() >= 2;
          });
    }
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement()) {
      var end = System.nanoTime() + SOON.toNanos();
      long left = 1;
      while (left > 0 && System.nanoTime() < end) {
        try (var rows =
            statement.executeQuery(
                "select count(*) from position_service.trade_telling where account_id = 'RETOLD'")) {
          rows.next();
          left = rows.getLong(1);
        }
      }
      assertThat(left).as("what Kafka has is noted").isZero();
    }
  }

  @Test
  void roundTripsAreListedByPagesAndOpenedBySpreadsheets() {
    var journal = new Journal(press, "PAGES").es();
    for (int i = 0; i < 5; i++)
      journal.filled("ESH4", BUY, 1, "4800.00").filled("ESH4", SELL, 1, "4801.00");
    accountRow("PAGES", row -> row.path("stats").path("trades").asLong() == 5);

    var first = caller().get("/api/accounts/PAGES/trades?limit=3").then().statusCode(200).extract();
    assertThat(first.jsonPath().getList("items.tradeId", String.class))
        .containsExactly("T2-3", "T4-5", "T6-7");
    var next = first.jsonPath().getString("next");
    caller()
        .get("/api/accounts/PAGES/trades?limit=3&cursor=" + next)
        .then()
        .statusCode(200)
        .body("items.tradeId", Matchers.contains("T8-9", "T10-11"))
        .body("next", Matchers.nullValue());
    caller().get("/api/accounts/PAGES/trades?symbol=NQH4").then().body("items", Matchers.empty());
    caller()
        .get("/api/accounts/PAGES/trades?from=yesterday")
        .then()
        .statusCode(400)
        .body("reason", Matchers.is("MALFORMED_REQUEST"));

    var file = caller().get("/api/accounts/PAGES/trades.csv").then().statusCode(200).extract();
    assertThat(file.header("Content-Disposition")).contains("trades-PAGES.csv");
    assertThat(file.contentType()).startsWith("text/csv");
    assertThat(file.asString().split("\r\n"))
        .hasSize(6)
        .anySatisfy(
            line -> assertThat(line).startsWith("\"T2-3\",\"ESH4\",\"BUY\",\"1\",\"4800.00\""));
    assertThat(caller().get("/api/accounts/PAGES/fills.csv").asString().split("\r\n")).hasSize(11);
    var part = caller().get("/api/accounts/PAGES/fills.csv?limit=7");
    assertThat(part.asString().split("\r\n")).hasSize(8);
    var rest = caller().get("/api/accounts/PAGES/fills.csv?cursor=" + part.header("X-Next-Cursor"));
    assertThat(rest.asString().split("\r\n")).hasSize(4);
    assertThat(rest.header("X-Next-Cursor")).isNull();
  }

  @Test
  void everythingThereIsAboutAnOrderIsInOneFile() throws Exception {
    depth("3.8000");
    quote(press, "HGH4", "3.8000", "3.8005", "3.8000", "2024-01-10T18:00:00Z");
    Thread.sleep(5); // times on the tape are whole milliseconds
    var journal =
        new Journal(press, "EVIDENCE")
            .submitted("HGH4", "0.0005", "12.50")
            .filled("A", "HGH4", BUY, 2, "3.8005", "1.00")
            .submitted("HGH4", "0.0005", "12.50");
    // up to o10, in whose lines o1 is found too
    while (journal.seq() < 10) journal.submitted("HGH4", "0.0005", "12.50");
    report(new VenueReport.Accepted("o1", "V1"));
    report(new VenueReport.Accepted("o3", "V3"));
    Thread.sleep(5);
    depth("3.8010");
    depth("3.8015");
    positionRow("EVIDENCE|HGH4", atSeq(2));

    var answer = caller().get("/api/accounts/EVIDENCE/orders/o1/evidence").then().statusCode(200);
    assertThat(answer.extract().header("Content-Disposition"))
        .contains("evidence-EVIDENCE-o1.json");
    answer
        .body("gesture.by", Matchers.is("tester"))
        .body("gesture.commandId", Matchers.is("c1"))
        .body("gesture.event.orderQty", Matchers.is(1))
        .body("before.asOfSeq", Matchers.is(0))
        .body("before.account.balance", Matchers.is("50000"))
        .body("market.bookBefore.record.bids[0][0]", Matchers.is("3.8000"))
        .body("market.quoteBefore.record.askPx", Matchers.is("3.8005"))
        .body("market.bookAfter.record.bids[0][0]", Matchers.is("3.8010"))
        .body("market.quoteAfter", Matchers.nullValue())
        .body("journal.record.event.type", Matchers.contains("OrderSubmitted", "OrderFilled"))
        .body("journal.topic", Matchers.everyItem(Matchers.is(Topics.ORDER_EVENTS)))
        .body("venueMessages.record.report.venueOrderId", Matchers.contains("V1"))
        .body(
            "times.what",
            Matchers.contains("journal OrderSubmitted", "journal OrderFilled", "venue Accepted"))
        .body("times[0].afterMillis", Matchers.is(0.0f));
    caller()
        .get("/api/accounts/EVIDENCE/orders/o3/evidence")
        .then()
        .body("before.asOfSeq", Matchers.is(2))
        .body("before.positions[0].netQty", Matchers.is(2))
        .body("before.account.balance", Matchers.is("49999"))
        .body("journal.record.seq", Matchers.contains(3));
    caller()
        .get("/api/accounts/EVIDENCE/orders/o11/evidence")
        .then()
        .statusCode(404)
        .body("reason", Matchers.is("UNKNOWN_ORDER"));
  }

  /** It may be gone before it could tell: it left a mark that it had not. */
  @Test
  void aRoundTripThatAnOlderVersionMadeIsToldByThisOne() throws Exception {
    new Journal(press, "MADE_BY_AN_OLDER")
        .es()
        .filled("A", "ESH4", BUY, 1, "4800.00", null)
        .filled("B", "ESH4", SELL, 1, "4801.00", null);
    trade("MADE_BY_AN_OLDER", "T2-3", _ -> true);
    assertThat(markedAsUntold()).isZero();
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement()) {
      statement.execute(
          "update position_service.trade set told = false where account_id = 'MADE_BY_AN_OLDER'");
    }

    try (var tape = Tape.of(Topics.TRADES)) {
      tape.awaitAll(
          SOON,
          entries ->
              entries.stream().filter(entry -> entry.key().equals("MADE_BY_AN_OLDER")).count()
                  >= 2);
    }
    assertThat(markedAsUntold()).isZero();
  }

  private static long markedAsUntold() throws SQLException {
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from position_service.trade where account_id = 'MADE_BY_AN_OLDER' and not told")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void depth(String bid) {
    press.printText(
        Topics.DEPTH,
        "HGH4",
        """
        {"symbol":"HGH4","bids":[["%s",3]],"asks":[["3.8030",2]],"at":"%s","venueTime":"2024-01-10T18:00:00Z"}"""
            .formatted(bid, Instant.now()));
  }

  private void report(VenueReport report) {
    press.print(
        Topics.VENUE_REPORTS,
        "EVIDENCE",
        new VenueReportRecord("EVIDENCE", "sim", 1, Instant.now(), Journal.NOON, report));
  }

  private static JsonNode trade(String account, String tradeId, Predicate<JsonNode> matches) {
    return row(
        Topics.TRADES,
        account,
        row -> row.path("tradeId").asText().equals(tradeId) && matches.test(row));
  }
}
