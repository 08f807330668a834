package io.tapeline.positions;

import static io.restassured.RestAssured.given;
import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.Topics;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import io.tapeline.model.Side;
import io.tapeline.positions.app.Accounts;
import io.tapeline.positions.app.FoldCheck;
import io.tapeline.service.AccountPartition;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.Tape;
import io.tapeline.testkit.TestStack;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on real Kafka and PostgreSQL; every test has an account of its own. */
@QuarkusTest
@TestProfile(PositionServiceIT.ManyAccounts.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "position_service"))
class PositionServiceIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Inject Accounts accounts;

  private Press press;

  public static class ManyAccounts implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      var config = new HashMap<String, String>();
      for (var id :
          new String[] {
            "ROUND",
            "REPEAT",
            "GAP",
            "POISON",
            "UNKNOWN_TYPE",
            "TWICE",
            "RESTORED",
            "FORGOTTEN",
            "STALE",
            "STORM",
            "IDLE",
            "DAY",
            "VERIFY",
            "REVERSED",
            "REVERSED_UNKNOWN",
            "REVERSED_STORM"
          }) config.put("tapeline.accounts.\"" + id + "\".venue", "sim");
      // in the same partition as POISON: what happens to one must not concern the other
      config.put("tapeline.accounts.\"" + neighbourOf("POISON") + "\".venue", "sim");
      config.put("tapeline.accounts.\"ROUND\".start-balance", "1000");
      config.put("tapeline.accounts.\"ROUND\".name", "Round trip");
      return config;
    }
  }

  private static String neighbourOf(String account) {
    for (int i = 0; ; i++) {
      var candidate = "NEIGHBOUR-" + i;
      if (AccountPartition.of(candidate) == AccountPartition.of(account)) return candidate;
    }
  }

  @BeforeEach
  void everythingIsRead() throws InterruptedException {
    press = Press.shared();
    var end = System.nanoTime() + SOON.toNanos();
    while (given().get("/q/health/ready").statusCode() != 200 && System.nanoTime() < end)
      Thread.sleep(50);
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
    quote("ESH4", "4802.00", "4802.25", "4802.00", "2024-01-10T18:00:01Z");

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
        .body("asOfSeq", org.hamcrest.Matchers.is(4))
        .body("items[0].symbol", org.hamcrest.Matchers.is("ESH4"))
        .body("items[0].unrealizedPnl", org.hamcrest.Matchers.is("200"));
    caller()
        .get("/api/accounts/ROUND")
        .then()
        .statusCode(200)
        .body("equity", org.hamcrest.Matchers.is("1247.2"));
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
    caller()
        .get("/api/accounts/IDLE")
        .then()
        .statusCode(200)
        .body("balance", org.hamcrest.Matchers.is("50000"));
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

    var row = accountRow("GAP", PositionServiceIT::quarantined);
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
  }

  @Test
  void poisonStopsItsAccountButNotItsNeighbourInThePartition() {
    var neighbour = neighbourOf("POISON");
    new Journal(press, "POISON").es().poison("{not json");
    new Journal(press, neighbour).es().filled("ESH4", SELL, 2, "4800.00");

    accountRow("POISON", PositionServiceIT::quarantined);
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
            accountRow("UNKNOWN_TYPE", PositionServiceIT::quarantined)
                .path("version")
                .path(0)
                .asLong())
        .isEqualTo(1);
  }

  @Test
  void anExecutionUnderTwoLinesIsAnAlarmNotTwoFills() {
    new Journal(press, "TWICE").es().filled("X", "ESH4", BUY, 1, "4800.00", null);
    positionRow("TWICE|ESH4", atSeq(2));
    var journal = new Journal(press, "TWICE");
    journal.missing().missing();
    journal.filled("X", "ESH4", BUY, 1, "4800.00", null);

    accountRow("TWICE", PositionServiceIT::quarantined);
    assertThat(positionRow("TWICE|ESH4", atSeq(2)).path("netQty").asLong()).isEqualTo(1);
  }

  /** Kafka's offset is ahead of the tables: a hint that misleads, no gap. */
  @Test
  void tablesThatFellBehindTheOffsetsAreFoldedAgainFromTheTape() throws SQLException {
    var journal = new Journal(press, "RESTORED").es().filled("ESH4", BUY, 1, "4800.00").accepted();
    // everything is in the tables before they are emptied
    accountRow("RESTORED", atSeq(3));
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement()) {
      for (var table : new String[] {"fill", "position", "account_fold"})
        statement.execute(
            "delete from position_service." + table + " where account_id = 'RESTORED'");
    }
    accounts.forget(id -> id.value().equals("RESTORED"));

    journal.filled("ESH4", BUY, 4, "4800.00");

    assertThat(positionRow("RESTORED|ESH4", atSeq(4)).path("netQty").asLong()).isEqualTo(5);
    assertThatTablesAgree("RESTORED");
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
  }

  @Test
  void theDayBeginsAtTheLastMarkOfTheDayBefore() {
    quote("NQH4", "17000.00", "17000.25", "17000.00", "2024-01-10T20:00:00Z");
    new Journal(press, "DAY").submitted("NQH4", "0.25", "5").filled("NQH4", BUY, 1, "16990.00");
    accountRow("DAY", equity("50200").and(row -> row.path("dayPnl").asText().equals("200")));

    // past 17:00 in Chicago
    quote("NQH4", "17010.00", "17010.25", "17010.00", "2024-01-10T23:00:01Z");

    accountRow("DAY", equity("50400").and(row -> row.path("dayPnl").asText().equals("200")));
  }

  @Test
  void whatTheVenueTakesBackOrCorrectsIsBookedAsIfItHadNeverBeenOtherwise() throws SQLException {
    var journal =
        new Journal(press, "REVERSED")
            .es()
            .filled("A", "ESH4", BUY, 2, "4800.00", "2.10")
            .filled("B", "ESH4", BUY, 1, "4801.00", "1.05");
    positionRow("REVERSED|ESH4", atSeq(3));
    accounts.forget(id -> id.value().equals("REVERSED"));

    // one fill that stands in the tables, one that may come with its bust
    journal
        .corrected("A", "ESH4", BUY, 2, "4800.00", 3, "4799.00")
        .filled("C", "ESH4", SELL, 9, "4700.00", null)
        .busted("C", "ESH4", SELL, 9, "4700.00")
        .filled("D", "ESH4", SELL, 1, "4802.00", null);
    var position = positionRow("REVERSED|ESH4", atSeq(7));
    assertThat(position.path("netQty").asLong()).isEqualTo(3);
    assertThat(position.path("realizedPnl").asText()).isEqualTo("150");
    assertThat(position.path("fees").asText()).isEqualTo("1.05");
    assertThatTablesAgree("REVERSED");

    journal
        .busted("A.c", "ESH4", BUY, 3, "4799.00")
        .busted("B", "ESH4", BUY, 1, "4801.00")
        .busted("D", "ESH4", SELL, 1, "4802.00");
    position = positionRow("REVERSED|ESH4", atSeq(10));
    assertThat(position.path("netQty").asLong()).isZero();
    assertThat(position.path("realizedPnl").asText()).isEqualTo("0");
    assertThat(accountRow("REVERSED", atSeq(10)).path("balance").asText()).isEqualTo("50000");
    assertThatTablesAgree("REVERSED");
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement();
        var rows =
            statement.executeQuery(
                """
                select string_agg(seq || ' at ' || place || ' until ' || reversed_seq, ', ' order by seq)
                from position_service.fill where account_id = 'REVERSED'""")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1))
          .isEqualTo(
              "2 at 2 until 4, 3 at 3 until 9, 4 at 2 until 8, 5 at 5 until 6, 7 at 7 until 10");
    }
  }

  @Test
  void aBustOfAnExecutionNobodyBookedIsAnAlarm() {
    new Journal(press, "REVERSED_UNKNOWN")
        .es()
        .filled("A", "ESH4", BUY, 2, "4800.00", null)
        .busted("Z", "ESH4", BUY, 2, "4800.00");

    var row = accountRow("REVERSED_UNKNOWN", PositionServiceIT::quarantined);
    assertThat(row.path("version").path(0).asLong()).isEqualTo(2);
    try (var parked = Tape.of(Topics.deadLetters(Topics.ORDER_EVENTS))) {
      var entry = parked.await(SOON, candidate -> candidate.key().equals("REVERSED_UNKNOWN"));
      assertThat(entry.headers()).containsEntry("tapeline-reason", "NOT_STANDING");
    }
  }

  @Test
  void aStormOfBustsAndCorrectionsGivesTheSamePositionsAsTheTape() {
    var random = new Random(20_260_103);
    var journal = new Journal(press, "REVERSED_STORM").es();
    var standing = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      if (standing.isEmpty() || random.nextInt(3) > 0) {
        standing.add("E" + i);
        journal.filled("E" + i, "ESH4", BUY, 2, "4800.25", "1.05");
      } else {
        var execId = standing.remove(random.nextInt(standing.size()));
        if (random.nextBoolean()) journal.busted(execId, "ESH4", BUY, 2, "4800.25");
        else {
          standing.add(execId + ".c");
          journal.corrected(execId, "ESH4", BUY, 2, "4800.25", 2, "4800.25");
        }
      }
      if (random.nextInt(60) == 0) accounts.forget(_ -> true);
    }

    assertThat(positionRow("REVERSED_STORM|ESH4", atSeq(301)).path("netQty").asLong())
        .isEqualTo(2L * standing.size());
    assertThatTablesAgree("REVERSED_STORM");
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
        .anySatisfy(text -> assertThat(text).startsWith("ESH4: tape net 2"));
  }

  @Test
  void aStrangerIsRefusedAndAnUnknownAccountIsNamed() {
    given().get("/api/accounts").then().statusCode(401);
    caller()
        .get("/api/accounts/NOBODY")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("reason", org.hamcrest.Matchers.is("UNKNOWN_ACCOUNT"));
    caller()
        .get("/api/accounts?limit=2")
        .then()
        .statusCode(200)
        .body("items.accountId", org.hamcrest.Matchers.contains("DAY", "FORGOTTEN"))
        .body("next", org.hamcrest.Matchers.is("FORGOTTEN"));
    caller().get("/api/accounts/DAY?asOf=2024-01-10T18:00:00Z").then().statusCode(501);
    given().get("/q/health/ready").then().statusCode(200);
  }

  private static Predicate<JsonNode> atSeq(long seq) {
    return row -> row.path("version").path(0).asLong() >= seq;
  }

  private static boolean quarantined(JsonNode row) {
    return row.path("quarantined").asBoolean();
  }

  private static Predicate<JsonNode> equity(String equity) {
    return row -> row.path("equity").asText().equals(equity);
  }

  private JsonNode positionRow(String key, Predicate<JsonNode> matches) {
    return row(Topics.POSITIONS, key, matches);
  }

  private JsonNode accountRow(String key, Predicate<JsonNode> matches) {
    return row(Topics.ACCOUNTS, key, matches);
  }

  private static JsonNode row(String topic, String key, Predicate<JsonNode> matches) {
    try (var tape = Tape.of(topic)) {
      return tape.await(SOON, entry -> entry.key().equals(key) && matches.test(entry.json()))
          .json();
    }
  }

  private void quote(
      String symbol,
      @Nullable String bid,
      @Nullable String ask,
      @Nullable String last,
      String venueTime) {
    press.print(
        Topics.QUOTES,
        symbol,
        new QuoteRow(
            symbol,
            bid == null ? null : new BigDecimal(bid),
            1L,
            ask == null ? null : new BigDecimal(ask),
            1L,
            last == null ? null : new BigDecimal(last),
            1L,
            Instant.now(),
            Instant.parse(venueTime),
            null));
  }

  private void assertThatTablesAgree(String account) {
    var report = verify(account);
    assertThat(report.differences()).isEmpty();
    assertThat(report.equal()).isTrue();
    assertThat(report.tapeHash()).isEqualTo(report.tableHash());
  }

  private FoldCheck.Report verify(String account) {
    return caller()
        .get("/api/accounts/" + account + "/verify-fold")
        .then()
        .statusCode(200)
        .extract()
        .as(FoldCheck.Report.class);
  }

  private static RequestSpecification caller() {
    try {
      var secret = InstallationSecret.read(TestStack.shared().secretFile());
      var token = ServiceToken.mint(secret, "tester", Scope.READ, Instant.now());
      return given().header("Authorization", "Bearer " + token);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
