package io.tapeline.positions;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.positions.PositionDesk.SOON;
import static io.tapeline.positions.PositionDesk.accountRow;
import static io.tapeline.positions.PositionDesk.assertThatTablesAgree;
import static io.tapeline.positions.PositionDesk.assertThatThePastAgrees;
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
import io.tapeline.model.Side;
import io.tapeline.positions.app.Accounts;
import io.tapeline.service.AccountPartition;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.Tape;
import io.tapeline.testkit.TestStack;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Random;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Repeats, gaps, poison and lost memory, on real Kafka and PostgreSQL. Every test has an account of
 * its own.
 */
@QuarkusTest
@TestProfile(ManyAccounts.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "position_service"))
class RecoveryIT {
  @Inject Accounts accounts;

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
  void anAccountIsSaidEverySecondAlsoBeforeItsFirstFill() {
    try (var tape = Tape.of(Topics.ACCOUNTS)) {
      var rows =
          tape.awaitAll(
              SOON,
              entries -> entries.stream().filter(entry -> entry.key().equals("IDLE")).count() >= 3);
      assertThat(rows)
          .allSatisfy(row -> assertThat(row.partition()).isEqualTo(AccountPartition.of(row.key())));
    }
    caller().get("/api/accounts/IDLE").then().statusCode(200).body("balance", Matchers.is("50000"));
  }

  @Test
  void linesDeliveredTwiceAreBookedOnce() {
    var journal = new Journal(press, "REPEAT").es().filled("ESH4", BUY, 2, "4800.00");
    journal.again(2, "ESH4", BUY, 2, "4800.00").again(2, "ESH4", BUY, 2, "4800.00");
    journal.filled("ESH4", BUY, 1, "4800.00");

    assertThat(positionRow("REPEAT|ESH4", atSeq(3)).path("netQty").asLong()).isEqualTo(3);
    assertThatTablesAgree("REPEAT");
  }

  @Test
  void aMissingLineQuarantinesTheAccountAndSaysWhichOne() {
    new Journal(press, "GAP")
        .es()
        .filled("ESH4", BUY, 1, "4800.00")
        .missing()
        .filled("ESH4", BUY, 5, "4800.00");

    var row = accountRow("GAP", PositionDesk::quarantined);
    assertThat(row.path("version").path(0).asLong()).isEqualTo(2);
    try (var notices = Tape.of(Topics.POSITION_NOTICES)) {
      var notice = notices.await(SOON, entry -> entry.key().equals("GAP")).json();
      assertThat(notice.path("id").asText()).isEqualTo("quarantine-positions-GAP-3");
      assertThat(notice.path("severity").asText()).isEqualTo("CRITICAL");
      assertThat(notice.path("code").asText()).isEqualTo("ACCOUNT_QUARANTINED");
    }
    try (var parked = Tape.of(Topics.deadLetters(Topics.ORDER_EVENTS))) {
      var entry = parked.await(SOON, candidate -> candidate.key().equals("GAP"));
      assertThat(entry.headers()).containsEntry("tapeline-reason", "GAP");
      assertThat(entry.json().path("seq").asLong()).isEqualTo(4);
    }
    caller()
        .get("/api/accounts/GAP?asOf=" + Instant.now())
        .then()
        .body("quarantined", Matchers.is(true))
        .body("version[0]", Matchers.is(2));
    assertThat(verify("GAP").differences())
        .contains("table: stands still since line 3: GAP: seq 3 is missing, 4 came");
  }

  @Test
  void anAccountWithAHoleComesBackOnceWhatIsMissingIsToldAgain() {
    var journal =
        new Journal(press, "HOLE")
            .es()
            .filled("ESH4", BUY, 1, "4800.00")
            .missing()
            .filled("ESH4", BUY, 5, "4800.00")
            .poison("{not json");
    accountRow("HOLE", PositionDesk::quarantined);

    // as order-service would: from the first line that is missing on
    journal.again(3, "ESH4", BUY, 3, "4800.00").again(4, "ESH4", BUY, 5, "4800.00");
    caller(Scope.ADMIN).post("/api/accounts/HOLE/repair").then().statusCode(202);

    assertThat(positionRow("HOLE|ESH4", atSeq(4)).path("netQty").asLong()).isEqualTo(9);
    journal.filled("ESH4", SELL, 2, "4800.00");
    assertThat(positionRow("HOLE|ESH4", atSeq(5)).path("netQty").asLong()).isEqualTo(7);
    caller().get("/api/accounts/HOLE").then().body("quarantined", Matchers.not(Matchers.is(true)));
    assertThatTablesAgree("HOLE");
    assertThatThePastAgrees("HOLE");
  }

  @Test
  void poisonStopsItsAccountButNotItsNeighbourInThePartition() {
    var neighbour = ManyAccounts.neighbourOf("POISON");
    new Journal(press, "POISON").es().poison("{not json");
    new Journal(press, neighbour).es().filled("ESH4", SELL, 2, "4800.00");

    accountRow("POISON", PositionDesk::quarantined);
    assertThat(positionRow(neighbour + "|ESH4", atSeq(2)).path("netQty").asLong()).isEqualTo(-2);
  }

  @Test
  void anEventOfAKindNobodyKnowsStopsTheAccountAnUnknownFieldDoesNot() {
    new Journal(press, "UNKNOWN_TYPE")
        .poison(
            """
            {"accountId":"UNKNOWN_TYPE","seq":1,"v":1,"at":"2024-01-10T18:00:00.000000Z","surprise":1,
             "event":{"type":"OrderAccepted","clOrdId":"o1","venueOrderId":"V1","more":[]}}""")
        .poison(
            """
            {"accountId":"UNKNOWN_TYPE","seq":2,"v":1,"at":"2024-01-10T18:00:00.000000Z",
             "event":{"type":"OrderTeleported","clOrdId":"o1"}}""");

    assertThat(
            accountRow("UNKNOWN_TYPE", PositionDesk::quarantined).path("version").path(0).asLong())
        .isEqualTo(1);
  }

  @Test
  void anExecutionUnderTwoLinesIsAnAlarmNotTwoFills() {
    new Journal(press, "TWICE").es().filled("X", "ESH4", BUY, 1, "4800.00", null);
    positionRow("TWICE|ESH4", atSeq(2));
    var journal = new Journal(press, "TWICE");
    journal.missing().missing();
    journal.filled("X", "ESH4", BUY, 1, "4800.00", null);

    accountRow("TWICE", PositionDesk::quarantined);
    assertThat(positionRow("TWICE|ESH4", atSeq(2)).path("netQty").asLong()).isEqualTo(1);
    assertThat(verify("TWICE").differences())
        .contains(
            "table: stands still since line 3: BOOKED_TWICE: execution TWICE-X is booked already");
    caller()
        .get("/api/accounts/TWICE/no-lost-fill")
        .then()
        .body("complete", Matchers.is(false))
        .body("journaledTwice", Matchers.contains("TWICE-X"));
  }

  /**
   * Whoever wrote them: a line that cannot be booked stops its account, it is not tried for ever.
   */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"KEPT_OUT, the same execution, B", "TAKEN, another execution, C"})
  void aFillThatIsInTheTableBeforeItsLineIsAnAlarmAndNotTriedForEver(
      String account, String what, String execId) throws SQLException {
    var journal = new Journal(press, account).es().filled("A", "ESH4", BUY, 1, "4800.00", null);
    positionRow(account + "|ESH4", atSeq(2));
    try (var postgres = TestStack.shared().connect("position_service");
        var statement =
            postgres.prepareStatement(
                """
                insert into position_service.fill
                  (account_id, seq, place, exec_id, cl_ord_id, symbol, side, last_qty, px_ticks, fee, at, venue_time)
                select account_id, 3, 3, account_id || '-' || ?, cl_ord_id, symbol, side, last_qty, px_ticks, fee, at, venue_time
                from position_service.fill where account_id = ? and seq = 2""")) {
      statement.setString(1, execId);
      statement.setString(2, account);
      assertThat(statement.executeUpdate()).as(what).isEqualTo(1);
    }

    journal.filled("B", "ESH4", BUY, 1, "4800.00", null);

    accountRow(account, PositionDesk::quarantined);
    assertThat(positionRow(account + "|ESH4", atSeq(2)).path("netQty").asLong()).isEqualTo(1);
    try (var parked = Tape.of(Topics.deadLetters(Topics.ORDER_EVENTS))) {
      var entry = parked.await(SOON, candidate -> candidate.key().equals(account));
      assertThat(entry.headers()).containsEntry("tapeline-reason", "BOOKED_TWICE");
      assertThat(entry.json().path("seq").asLong()).isEqualTo(3);
    }
  }

  /** Kafka's offset is ahead of the tables: a hint that misleads, no gap. */
  @Test
  void tablesThatFellBehindTheOffsetsAreFoldedAgainFromTheTape() throws SQLException {
    // a contract without quotes: nothing more is decided once its day has begun
    var journal =
        new Journal(press, "RESTORED")
            .submitted("ESM8", "0.25", "12.50")
            .filled("ESM8", BUY, 1, "4800.00")
            .accepted();
    // everything is in the tables before they are emptied
    accountRow("RESTORED", atSeq(3));
    row(
        Topics.RISK_EVENTS,
        "RESTORED",
        line -> line.path("event").path("type").asText().equals("DayStarted"));
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement()) {
      for (var table :
          new String[] {"risk_event", "equity_point", "trade", "fill", "position", "account_fold"})
        statement.execute(
            "delete from position_service." + table + " where account_id = 'RESTORED'");
    }
    accounts.forget(id -> id.value().equals("RESTORED"));

    journal.filled("ESM8", BUY, 4, "4800.00");

    assertThat(positionRow("RESTORED|ESM8", atSeq(4)).path("netQty").asLong()).isEqualTo(5);
    // the journal of the rules was written anew, other than it was told: that alone is said
    assertThat(verify("RESTORED").differences())
        .allSatisfy(text -> assertThat(text).startsWith("risk "));
  }

  /** The journal of the rules is ahead of the state it led to. */
  @Test
  void aRiskStateThatIsLostIsMadeAgainFromItsJournal() throws Exception {
    var journal =
        new Journal(press, "MENDED")
            .submitted("ESM8", "0.25", "12.50")
            .filled("ESM8", BUY, 1, "4800.00");
    row(
        Topics.RISK_EVENTS,
        "MENDED",
        line -> line.path("event").path("type").asText().equals("DayStarted"));
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement()) {
      statement.execute(
          "update position_service.account_fold set risk = null where account_id = 'MENDED'");
      accounts.forget(id -> id.value().equals("MENDED"));
      journal.filled("ESM8", BUY, 1, "4800.00");

      var end = System.nanoTime() + SOON.toNanos();
      var mended = false;
      while (!mended && System.nanoTime() < end) {
        try (var rows =
            statement.executeQuery(
                """
                select (risk ->> 'no')::bigint = (select max(no) from position_service.risk_event r where r.account_id = a.account_id)
                from position_service.account_fold a where account_id = 'MENDED'""")) {
          mended = rows.next() && rows.getBoolean(1);
        }
        if (!mended) Thread.sleep(50);
      }
    }
    positionRow("MENDED|ESM8", atSeq(3));
    assertThatTablesAgree("MENDED");
  }

  @Test
  void memoryThatIsLostIsReadFromTheTables() {
    var journal = new Journal(press, "FORGOTTEN").es();
    for (int i = 0; i < 30; i++) {
      journal.filled("ESH4", i % 3 == 0 ? SELL : BUY, 1 + i % 4, "4800.25");
      if (i % 7 == 0) accounts.forget(_ -> true);
    }

    positionRow("FORGOTTEN|ESH4", atSeq(31));
    assertThatTablesAgree("FORGOTTEN");
  }

  /** Another replica folded a line that this one has in its memory as still to come. */
  @Test
  void whoFindsTheAccountFurtherOnReadsItAgain() throws SQLException {
    var journal = new Journal(press, "STALE").es().filled("ESH4", BUY, 1, "4800.00");
    positionRow("STALE|ESH4", atSeq(2));
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement()) {
      statement.execute(
          "update position_service.account_fold set seq = 3 where account_id = 'STALE'");
    }

    // line 3 is not booked a second time, line 4 is
    journal.filled("ESH4", BUY, 7, "4800.00").filled("ESH4", BUY, 1, "4800.00");

    assertThat(positionRow("STALE|ESH4", atSeq(4)).path("netQty").asLong()).isEqualTo(2);
    assertThat(verify("STALE").differences())
        .anySatisfy(text -> assertThat(text).startsWith("fill of seq 3: tape {").endsWith("null"));
  }

  /** What was read ahead is not folded on what was taken back meanwhile. */
  @Test
  void anAccountIsFoldedAgainWhileItsJournalIsCaughtUpWith() throws InterruptedException {
    var random = new Random(20_261_123);
    var journal = new Journal(press, "HURRIED").es();
    for (int i = 0; i < 400; i++) {
      journal.filled("ESH4", random.nextBoolean() ? BUY : SELL, 1 + random.nextInt(5), "4800.25");
      if (i % 80 == 40)
        caller(Scope.ADMIN).post("/api/accounts/HURRIED/repair").then().statusCode(202);
      if (i % 70 == 60) accounts.forget(_ -> true);
    }

    var end = System.nanoTime() + SOON.toNanos();
    while (verify("HURRIED").cutSeq() < 401 && System.nanoTime() < end) Thread.sleep(50);
    assertThatTablesAgree("HURRIED");
    caller().get("/api/accounts/HURRIED").then().body("quarantined", Matchers.nullValue());
  }

  @Test
  void aStormOfRepeatsGivesTheSamePositionsAsTheTape() {
    var random = new Random(20_260_102);
    var journal = new Journal(press, "STORM").es().submitted("ZNH4", "0.015625", "15.625");
    for (int i = 0; i < 300; i++) {
      var es = random.nextBoolean();
      journal.filled(
          es ? "ESH4" : "ZNH4",
          random.nextBoolean() ? BUY : SELL,
          1 + random.nextInt(5),
          es ? "4800.25" : "110.015625");
      if (random.nextInt(5) == 0)
        journal.again(3 + random.nextInt((int) journal.seq() - 2), "ESH4", Side.BUY, 9, "1.00");
      if (random.nextInt(60) == 0) accounts.forget(_ -> true);
    }

    accountRow("STORM", atSeq(302));
    assertThatTablesAgree("STORM");
    assertThatThePastAgrees("STORM");
  }
}
