package io.tapeline.positions;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.positions.PositionDesk.SOON;
import static io.tapeline.positions.PositionDesk.accountRow;
import static io.tapeline.positions.PositionDesk.assertThatTablesAgree;
import static io.tapeline.positions.PositionDesk.atSeq;
import static io.tapeline.positions.PositionDesk.caller;
import static io.tapeline.positions.PositionDesk.positionRow;
import static io.tapeline.positions.PositionDesk.row;
import static io.tapeline.positions.PositionDesk.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.tapeline.contract.Topics;
import io.tapeline.door.Scope;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.TestStack;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The tables against the tape, on real Kafka and PostgreSQL. Every test has an account of its own.
 */
@QuarkusTest
@TestProfile(ManyAccounts.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "position_service"))
class VerifyIT {
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
  void verifyFindsAnAlteredRow() throws SQLException {
    new Journal(press, "VERIFY").es().filled("ESH4", BUY, 2, "4800.00");
    positionRow("VERIFY|ESH4", atSeq(2));
    assertThatTablesAgree("VERIFY");
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement()) {
      statement.execute(
          "update position_service.position set cash_ticks = cash_ticks + 1 where account_id = 'VERIFY'");
    }

    var report = verify("VERIFY");

    assertThat(report.equal()).isFalse();
    assertThat(report.differences())
        .anySatisfy(text -> assertThat(text).startsWith("position ESH4: tape {"));
  }

  @Test
  void verifyFindsAFillThatIsGoneAndOneThatIsThereTwice() throws SQLException {
    new Journal(press, "DROPPED")
        .es()
        .filled("A", "ESH4", BUY, 2, "4800.00", null)
        .filled("B", "ESH4", BUY, 1, "4800.00", null);
    positionRow("DROPPED|ESH4", atSeq(3));
    assertThatTablesAgree("DROPPED");
    caller()
        .get("/api/accounts/DROPPED/no-lost-fill")
        .then()
        .statusCode(200)
        .body("complete", Matchers.is(true))
        .body("journaled", Matchers.is(2));

    change("delete from position_service.fill where account_id = 'DROPPED' and seq = 3");
    change(
        """
        insert into position_service.fill
          (account_id, seq, place, exec_id, cl_ord_id, symbol, side, last_qty, px_ticks, fee, at, venue_time)
        select account_id, 1, 1, 'again', cl_ord_id, symbol, side, last_qty, px_ticks, fee, at, venue_time
        from position_service.fill where account_id = 'DROPPED' and seq = 2""");

    assertThat(verify("DROPPED").differences())
        .anySatisfy(text -> assertThat(text).startsWith("fill of seq 1: tape null"))
        .anySatisfy(text -> assertThat(text).startsWith("fill of seq 3: tape").endsWith("null"));
    caller()
        .get("/api/accounts/DROPPED/no-lost-fill")
        .then()
        .body("complete", Matchers.is(false))
        .body("notInTables", Matchers.contains("DROPPED-B"))
        .body("notOnTape", Matchers.contains("again"));
  }

  @Test
  void verifyFindsWhateverElseIsNotAsTheTopicsSay() throws Exception {
    // no quotes and no new peak: nothing more is decided once the day has begun
    new Journal(press, "TAMPERED")
        .submitted("ESM8", "0.25", "12.50")
        .filled("A", "ESM8", BUY, 1, "4800.00", "1.10")
        .filled("B", "ESM8", SELL, 1, "4799.00", "1.10")
        .stop("ESM8", SELL, 1, "4790.00");
    accountRow("TAMPERED", atSeq(4));
    row(Topics.TRADES, "TAMPERED", _ -> true);
    row(Topics.RISK_EVENTS, "TAMPERED", _ -> true);
    awaitRow(
        """
        select 1 from position_service.trade t where account_id = 'TAMPERED'
          and not exists (select from position_service.trade_telling g where g.account_id = t.account_id)""");
    assertThatTablesAgree("TAMPERED");

    change(
        "update position_service.trade set pnl = pnl + 1, body = jsonb_set(body, '{mae}', '\"-7\"') where account_id = 'TAMPERED'");
    change(
        "update position_service.risk_event set body = jsonb_set(body, '{asOfSeq}', '99') where account_id = 'TAMPERED'");
    change(
        """
        update position_service.account_fold
        set orders = '[]', trading_state = 'HALTED', day_start_realized = day_start_realized + 1,
            risk = jsonb_set(risk, '{peak}', '"60000"')
        where account_id = 'TAMPERED'""");

    var differences = verify("TAMPERED").differences();
    for (var kind :
        List.of(
            "account seq: ",
            "working order s4: ",
            "round trip T2-3: ",
            "excursion of round trip T2-3: ",
            "risk event 1: ",
            "risk state: ",
            "start of 2024-01-10: "))
      assertThat(differences).anySatisfy(text -> assertThat(text).startsWith(kind));
  }

  @Test
  void aVenueThatHoldsSomethingElseIsAnAlarmThatNamesWhatExplainsItAndChangesNothing()
      throws Exception {
    var journal =
        new Journal(press, "DRIFT")
            .es()
            .filled("A", "ESH4", BUY, 2, "4800.00", null)
            .reconciled("ESH4", 2)
            .filled("B", "ESH4", BUY, 1, "4800.00", null)
            .reconciled("ESH4", 2);

    var notice =
        row(
            Topics.POSITION_NOTICES,
            "DRIFT",
            line -> line.path("code").asText().equals("POSITION_DRIFT"));
    assertThat(notice.path("id").asText()).isEqualTo("drift-DRIFT-ESH4-5");
    assertThat(notice.path("text").asText()).contains("DRIFT-B");
    awaitRow("select 1 from position_service.position_drift where account_id = 'DRIFT'");
    caller()
        .get("/api/accounts/DRIFT/drift")
        .then()
        .statusCode(200)
        .body("items.seq", Matchers.contains(5))
        .body("items[0].venueNetQty", Matchers.is(2))
        .body("items[0].netQty", Matchers.is(3))
        .body("items[0].explainedBy", Matchers.contains("DRIFT-B"));
    assertThat(positionRow("DRIFT|ESH4", atSeq(4)).path("netQty").asLong()).isEqualTo(3);

    journal.reconciled("ESH4", 3);
    awaitRow(
        "select 1 from position_service.position_drift where account_id = 'DRIFT' and ended_seq = 6");
  }

  @Test
  void whoMayOnlyReadBeginsNoVerification() {
    caller().post("/api/verify").then().statusCode(403);
    caller().get("/api/verify").then().statusCode(200).body("state", Matchers.is("NONE"));
  }

  @Test
  void anAccountIsShownAsItWas() {
    var journal = new Journal(press, "AS_OF").es().filled("A", "ESH4", BUY, 2, "4800.00", "1.00");
    positionRow("AS_OF|ESH4", atSeq(2));
    var then = Instant.now();
    while (!Instant.now().isAfter(then.plusMillis(2))) Thread.onSpinWait();
    journal.filled("B", "ESH4", SELL, 2, "4801.00", "1.00");
    positionRow("AS_OF|ESH4", atSeq(3));

    caller()
        .get("/api/accounts/AS_OF/positions?asOf=" + then)
        .then()
        .statusCode(200)
        .body("asOfSeq", Matchers.is(2))
        .body("items[0].netQty", Matchers.is(2));
    caller().get("/api/accounts/AS_OF?asOf=" + then).then().body("balance", Matchers.is("49999"));
    caller()
        .get("/api/accounts/AS_OF/positions?asOf=noon")
        .then()
        .statusCode(400)
        .body("reason", Matchers.is("MALFORMED_REQUEST"));
  }

  @Test
  void anAdjustmentIsALineThatTableTapeAndPastAgreeOn() throws Exception {
    new Journal(press, "PAID_OUT")
        .submitted("ESM9", "0.25", "12.50")
        .filled("A", "ESM9", BUY, 1, "4800.00", "1.00")
        .filled("B", "ESM9", SELL, 1, "4804.00", "1.00");
    accountRow("PAID_OUT", PositionDesk.equity("50198"));
    assertThat(
            row(Topics.RISK_EVENTS, "PAID_OUT", line -> line.path("no").asLong() == 1)
                .path("event")
                .toString())
        .isEqualTo(
            "{\"type\":\"AccountOpened\",\"startBalance\":\"50000\",\"program\":\"none\",\"programVersion\":1}");
    var then = Instant.now();
    while (!Instant.now().isAfter(then.plusMillis(2))) Thread.onSpinWait();
    var payout = "{\"kind\":\"WITHDRAWAL\",\"amount\":\"-1000.5\",\"reason\":\"payout\"}";
    for (var scope : new Scope[] {Scope.READ, Scope.TRADE})
      asked(scope, "PAID_OUT/adjustments", "p-1", payout).statusCode(403);

    var line =
        asked(Scope.ADMIN, "PAID_OUT/adjustments", "p-1", payout)
            .statusCode(200)
            .body("event.type", Matchers.is("AccountAdjusted"))
            .body("event.balance", Matchers.is("49197.5"))
            .body("event.by", Matchers.is("tester"))
            .extract()
            .asString();

    assertThat(asked(Scope.ADMIN, "PAID_OUT/adjustments", "p-1", payout).extract().asString())
        .as("the same again")
        .isEqualTo(line);
    asked(Scope.ADMIN, "PAID_OUT/adjustments", "p-1", payout.replace("1000.5", "1000.4"))
        .statusCode(409)
        .body("reason", Matchers.is("DUPLICATE_COMMAND_ID"));
    asked(Scope.ADMIN, "PAID_OUT/adjustments", "p-2", payout.replace("1000.5", "60000"))
        .statusCode(422)
        .body("reason", Matchers.is("INSUFFICIENT_FUNDS"))
        .body("params.available", Matchers.is("49197.5"));
    asked(Scope.ADMIN, "PAID_OUT/adjustments", "p-3", payout.replace("1000.5", "1000001"))
        .statusCode(422)
        .body("reason", Matchers.is("AMOUNT_TOO_LARGE"));
    for (var wrong :
        List.of(
            payout.replace("-1000.5", "1000.5"),
            payout.replace("1000.5", "1000.505"),
            payout.replace("WITHDRAWAL", "GIFT"),
            payout.replace("payout", " "),
            payout.replace("-1000.5", "0")))
      asked(Scope.ADMIN, "PAID_OUT/adjustments", "p-4", wrong)
          .statusCode(400)
          .body("reason", Matchers.is("MALFORMED_REQUEST"));
    var after = accountRow("PAID_OUT", PositionDesk.equity("49197.5"));
    assertThat(after.path("dayPnl").asText()).isEqualTo("198");
    assertThat(after.path("day").path("startBalance").asText()).isEqualTo("48999.5");
    assertThat(after.path("stats").path("drawdown").asText()).isEqualTo("0");
    assertThat(
            row(
                    Topics.RISK_EVENTS,
                    "PAID_OUT",
                    told -> told.path("event").path("commandId").asText().equals("p-1"))
                .path("event")
                .path("amount")
                .asText())
        .isEqualTo("-1000.5");
    assertThatTablesAgree("PAID_OUT");
    caller()
        .get("/api/accounts/PAID_OUT?asOf=" + then)
        .then()
        .body("balance", Matchers.is("50198"))
        .body("dayPnl", Matchers.is("198"));
    caller()
        .get("/api/accounts/PAID_OUT?asOf=" + Instant.now())
        .then()
        .body("balance", Matchers.is("49197.5"))
        .body("dayPnl", Matchers.is("198"));

    // as a replica leaves it that is killed before it takes the command up, and told before noting
    change(
        """
        insert into position_service.account_command (account_id, command_id, fingerprint, at, body)
        values ('PAID_OUT', 'p-5', 'x', now(), '{"adjust":{"commandId":"p-5","kind":"DEPOSIT","amount":"2.5","reason":"r","by":"ann"}}')""");
    accountRow("PAID_OUT", PositionDesk.equity("49200"));
    change("update position_service.risk_event set told = false where account_id = 'PAID_OUT'");
    awaitRow(
        """
        select 1 where not exists (select from position_service.risk_event where account_id = 'PAID_OUT' and not told)""");
    assertThatTablesAgree("PAID_OUT");
    change(
        "update position_service.account_fold set risk = jsonb_set(risk, '{capital,startBalance}', '\"50001\"') where account_id = 'PAID_OUT'");
    assertThat(verify("PAID_OUT").differences())
        .anySatisfy(text -> assertThat(text).startsWith("risk state: "));
  }

  @Test
  void anAccountThatStartsOverKeepsItsHistoryAndCountsNoneOfIt() throws Exception {
    var journal =
        new Journal(press, "STARTED_OVER")
            .submitted("ESU9", "0.25", "12.50")
            .filled("A", "ESU9", BUY, 1, "4800.00", "1.00")
            .filled("B", "ESU9", SELL, 1, "4790.00", "1.00")
            .filled("C", "ESU9", BUY, 1, "4790.00", "1.00");
    accountRow("STARTED_OVER", atSeq(4));
    var body = "{\"reason\":\"a second try\"}";

    asked(Scope.ADMIN, "STARTED_OVER/reset", "r-1", body)
        .statusCode(409)
        .body("reason", Matchers.is("NOT_FLAT"))
        .body("params.symbol", Matchers.is("ESU9"));

    journal.filled("D", "ESU9", SELL, 1, "4790.00", "1.00");
    accountRow("STARTED_OVER", atSeq(5));
    asked(Scope.ADMIN, "STARTED_OVER/reset", "r-1", body)
        .statusCode(409)
        .body("reason", Matchers.is("NOT_FLAT"));
    var then = Instant.now();
    while (!Instant.now().isAfter(then.plusMillis(2))) Thread.onSpinWait();
    asked(Scope.ADMIN, "STARTED_OVER/reset", "r-2", body)
        .statusCode(200)
        .body("event.type", Matchers.is("AccountReset"))
        .body("event.finalBalance", Matchers.is("49496"))
        .body("event.settledPnl", Matchers.is("-504"))
        .body("event.before.trades", Matchers.is(2));

    var row = accountRow("STARTED_OVER", atSeq(5).and(PositionDesk.equity("50000")));
    assertThat(row.path("dayPnl").asText()).isEqualTo("0");
    assertThat(row.path("day").path("trades").asLong()).isZero();
    assertThat(row.path("stats").path("trades").asLong()).isZero();
    assertThat(row.path("stats").path("peakEquity").asText()).isEqualTo("50000");
    assertThat(row.path("limits").path(0).path("used").asText()).isEqualTo("0");
    journal
        .filled("E", "ESU9", BUY, 1, "4790.00", "1.00")
        .filled("F", "ESU9", SELL, 1, "4792.00", "1.00");
    var next = accountRow("STARTED_OVER", PositionDesk.equity("50098"));
    assertThat(next.path("dayPnl").asText()).isEqualTo("98");
    assertThat(next.path("stats").path("wins").asLong()).isEqualTo(1);
    assertThat(next.path("day").path("trades").asLong()).isEqualTo(1);
    assertThat(positionRow("STARTED_OVER|ESU9", atSeq(7)).path("realizedPnl").asText())
        .as("history stays")
        .isEqualTo("-400");
    row(
        Topics.RISK_EVENTS,
        "STARTED_OVER",
        told -> told.path("event").path("type").asText().equals("AccountReset"));
    assertThatTablesAgree("STARTED_OVER");
    caller()
        .get("/api/accounts/STARTED_OVER?asOf=" + then)
        .then()
        .body("balance", Matchers.is("49496"))
        .body("dayPnl", Matchers.is("-504"));
    caller()
        .get("/api/accounts/STARTED_OVER?asOf=" + Instant.now())
        .then()
        .body("balance", Matchers.is("50098"))
        .body("dayPnl", Matchers.is("98"));
    // folded again it goes through all it left behind, with which it never stood anywhere
    caller(Scope.ADMIN).post("/api/accounts/STARTED_OVER/repair").then().statusCode(202);
    Thread.sleep(300); // until it is begun
    awaitRow(
        "select 1 from position_service.account_fold where account_id = 'STARTED_OVER' and seq = 7");
    Thread.sleep(1_200); // a peak alone is written down once a second
    assertThatTablesAgree("STARTED_OVER");
    caller()
        .get("/api/accounts/STARTED_OVER")
        .then()
        .body("stats.peakEquity", Matchers.is("50098"))
        .body("risk.tier", Matchers.not("LOCK"));
    change(
        "update position_service.account_fold set day_start_realized = 0 where account_id = 'STARTED_OVER'");
    assertThat(verify("STARTED_OVER").differences())
        .anySatisfy(text -> assertThat(text).startsWith("start of 2024-01-10: "));
  }

  private static ValidatableResponse asked(Scope scope, String path, String key, String body) {
    return caller(scope)
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", key)
        .body(body)
        .post("/api/accounts/" + path)
        .then();
  }

  @Test
  void anAccountThatWasAlteredIsFoldedAgainFromItsJournal() throws Exception {
    new Journal(press, "REPAIR").es().filled("A", "ESH4", BUY, 2, "4800.00", null);
    positionRow("REPAIR|ESH4", atSeq(2));
    change(
        "update position_service.position set cash_ticks = cash_ticks + 1 where account_id = 'REPAIR'");
    assertThat(verify("REPAIR").equal()).isFalse();
    caller().post("/api/accounts/REPAIR/repair").then().statusCode(403);

    caller(Scope.ADMIN).post("/api/accounts/REPAIR/repair").then().statusCode(202);

    var end = System.nanoTime() + SOON.toNanos();
    var report = verify("REPAIR");
    while ((!report.equal() || report.cutSeq() < 2) && System.nanoTime() < end) {
      Thread.sleep(50);
      report = verify("REPAIR");
    }
    assertThat(report.differences()).isEmpty();
    assertThat(report.cutSeq()).isEqualTo(2);
  }

  private static void awaitRow(String query) throws Exception {
    var end = System.nanoTime() + SOON.toNanos();
    while (System.nanoTime() < end) {
      try (var postgres = TestStack.shared().connect("position_service");
          var statement = postgres.createStatement();
          var rows = statement.executeQuery(query)) {
        if (rows.next()) return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no row: " + query);
  }

  private static void change(String sql) throws SQLException {
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement()) {
      statement.execute(sql);
    }
  }
}
