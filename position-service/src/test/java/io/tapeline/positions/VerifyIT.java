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
