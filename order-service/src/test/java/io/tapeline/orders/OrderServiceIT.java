package io.tapeline.orders;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.contract.NoticeRow;
import io.tapeline.contract.Topics;
import io.tapeline.contract.VenueReport;
import io.tapeline.contract.VenueReportRecord;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import io.tapeline.model.Side;
import io.tapeline.orders.app.AccountDesks;
import io.tapeline.service.AccountPartition;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.Tape;
import io.tapeline.testkit.TestStack;
import io.tapeline.timing.Timing;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on real Kafka and PostgreSQL; every test has an account of its own. */
@QuarkusTest
@TestProfile(OrderServiceIT.SmallMemory.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "order_service"))
class OrderServiceIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Inject AccountDesks desks;
  @Inject Timing timing;

  private Press press;

  /** So little memory that old repeats and closed orders have to come from the database. */
  public static class SmallMemory implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      var config = new HashMap<String, String>();
      for (var id :
          List.of(
              "SCOUT",
              "SESSION",
              "DISTRUST",
              "RULED",
              "QUOTED",
              "REVERSED",
              "PROTECTED",
              "SIBLINGS",
              "REVISED",
              "ROUND",
              "REPEAT",
              "POISON",
              "NEIGHBOUR",
              "STALE",
              "CROWD",
              "MOVE",
              "LATE",
              "FRESH",
              "RATE",
              "ELSEWHERE",
              "DOUBTED",
              "DRAG-TICK",
              "DRAG-NULL",
              "DRAG-OLD",
              "DRAG-CODE",
              "DRAG-FILL",
              "DRAG-TWICE",
              "DRAG-LEGS",
              "BRACKETS",
              "FLATTENED",
              "STATES",
              "QUIET",
              "TAMPERED",
              "SNAPPED")) {
        config.put(
            "tapeline.accounts.\"" + id + "\".venue", id.equals("QUOTED") ? "quoted" : "sim");
        config.put("orders.limits.\"" + id + "\".max-order-qty", "50");
        config.put("orders.limits.\"" + id + "\".max-position", "5000");
        config.put("orders.limits.\"" + id + "\".max-working-orders", "1000");
        config.put(
            "orders.limits.\"" + id + "\".orders-per-second", id.equals("RATE") ? "3" : "5000");
        config.put("orders.limits.\"" + id + "\".collar-ticks", "100");
      }
      // who is listened for is a test of its own; nobody speaks in the others
      config.put("orders.risk-silence", "0s");
      config.put("tapeline.timing.summary-every", "2s");
      config.put("orders.answers-in-memory", "2");
      config.put("orders.closed-in-memory", "2");
      return config;
    }
  }

  @BeforeEach
  void marketIsKnown() {
    press = Press.shared();
    press.print(
        Topics.INSTRUMENTS,
        "ESH6",
        new InstrumentRow(
            "ESH6",
            "ES",
            "XCME",
            "E-mini S&P 500",
            new BigDecimal("0.25"),
            new BigDecimal("12.50"),
            "USD",
            null,
            "17:00-16:00 America/Chicago",
            "sim",
            true));
    eventually(() -> caller(Scope.READ).get("/q/health/ready").statusCode() == 200);
    ScriptedVenue.knowsItsInstrument("SCOUT");
  }

  @AfterEach
  void close() {
    press.close();
  }

  @Test
  void anAccountTheGatewayNoLongerTrustsTakesNoNewRisk() {
    reconciled("DOUBTED");
    var told =
        new NoticeRow(
            "quarantine-market-DOUBTED-7",
            "DOUBTED",
            "CRITICAL",
            "ACCOUNT_QUARANTINED",
            "line 7 is missing",
            Map.of(),
            Instant.now());
    press.print(Topics.MARKET_NOTICES, "DOUBTED", Map.of("not", "a notice"));
    eventually(
        () -> {
          press.print(Topics.MARKET_NOTICES, "DOUBTED", told);
          var refused = place("DOUBTED", "q" + System.nanoTime(), 1, "5000.25");
          return refused.statusCode() == 422
              && refused.path("reason").toString().equals("ACCOUNT_QUARANTINED");
        });
  }

  @Test
  void anOrderGoesAllTheWayRound() {
    reconciled("ROUND");
    var placed = place("ROUND", "a", 3, "5000.30");
    assertThat(placed.statusCode()).isEqualTo(201);
    assertThat(placed.path("ordStatus").toString()).isEqualTo("PENDING_NEW");
    assertThat(placed.path("price").toString()).isEqualTo("5000.25");
    assertThat(placed.path("snapped.from").toString()).isEqualTo("5000.30");

    report("ROUND", new VenueReport.Accepted("a", "V1"));
    report("ROUND", filled("a", "E1", 2));
    report("ROUND", filled("a", "E1", 2));
    report("ROUND", filled("a", "E2", 1));
    awaitStatus("ROUND", "a", "FILLED");

    var tape = tapeOf("ROUND", 6);
    assertThat(tape)
        .extracting(line -> line.path("event").path("type").asText())
        .containsExactly(
            "ReconciliationStarted",
            "ReconciliationCompleted",
            "OrderSubmitted",
            "OrderAccepted",
            "OrderFilled",
            "OrderFilled");
    assertThat(tape.getLast().path("order").path("cumQty").asLong()).isEqualTo(3);
    assertThat(tape.getLast().path("order").path("avgPx").asText()).isEqualTo("5000.25");
    assertThat(tape.get(2).path("event").path("by").asText()).isEqualTo("ada");

    caller(Scope.READ)
        .get("/api/accounts/ROUND/fills")
        .then()
        .statusCode(200)
        .body("items.execId", org.hamcrest.Matchers.contains("E2", "E1"))
        .body("asOfSeq", org.hamcrest.Matchers.is(6));
    for (var none : List.of("symbol=NQZ9", "strategy=other", "from=2100-01-01T00:00:00Z"))
      caller(Scope.READ)
          .get("/api/accounts/ROUND/fills?" + none)
          .then()
          .statusCode(200)
          .body("items", org.hamcrest.Matchers.empty());
    caller(Scope.READ)
        .get("/api/accounts/ROUND/fills?to=2100-01-01T00:00:00Z&limit=1")
        .then()
        .body("items.execId", org.hamcrest.Matchers.contains("E2"))
        .body("next", org.hamcrest.Matchers.notNullValue());
    caller(Scope.READ)
        .get("/api/accounts/ROUND/orders/a/history")
        .then()
        .statusCode(200)
        .body("items.event.type", org.hamcrest.Matchers.hasItems("OrderSubmitted", "OrderFilled"));
    verified("ROUND");
  }

  @Test
  void theSameRequestAgainGetsTheFirstAnswerHoweverOldItIs() {
    reconciled("REPEAT");
    var first = place("REPEAT", "a", 1, "5000").asString();
    assertThat(place("REPEAT", "a", 1, "5000").asString()).isEqualTo(first);
    for (var i = 0; i < 5; i++) place("REPEAT", "other" + i, 1, "5000");
    // long forgotten here, never in the database
    var again = place("REPEAT", "a", 1, "5000");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.asString()).isEqualTo(first);
    var other = place("REPEAT", "a", 2, "5000");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.path("reason").toString()).isEqualTo("DUPLICATE_CL_ORD_ID");
    assertThat(other.contentType()).startsWith("application/problem+json");

    for (var i = 0; i < 5; i++) {
      report("REPEAT", new VenueReport.Canceled("other" + i, "V" + i, null, null));
      awaitStatus("REPEAT", "other" + i, "CANCELED");
    }
    // closed, and out of memory
    var cancel = caller(Scope.TRADE).delete("/api/accounts/REPEAT/orders/other0");
    assertThat(cancel.statusCode()).isEqualTo(409);
    assertThat(cancel.path("reason").toString()).isEqualTo("ORDER_ALREADY_DONE");
    assertThat(keyed("REPEAT", "another-key", "other0", 7, "5000").path("reason").toString())
        .isEqualTo("DUPLICATE_CL_ORD_ID");
    assertThat(cancelOf("REPEAT", "a").statusCode()).isEqualTo(202);
    assertThat(cancelOf("REPEAT", "a").statusCode()).isEqualTo(202);
    // the order is another by now; what was answered is not
    for (var i = 5; i < 8; i++) place("REPEAT", "other" + i, 1, "5000");
    assertThat(place("REPEAT", "a", 1, "5000").asString()).isEqualTo(first);
    verified("REPEAT");
    gapless("REPEAT");
  }

  @Test
  void aCommandOfAKnownAccountReadsNothingFromTheDatabase() {
    reconciled("QUIET");
    place("QUIET", "a", 2, "5000");
    var before = commandReads();
    for (var i = 0; i < 5; i++) place("QUIET", "b" + i, 1, "5000");
    assertThat(place("QUIET", "b4", 1, "5000").statusCode()).isEqualTo(201);
    report("QUIET", new VenueReport.Accepted("a", "Va"));
    report("QUIET", filled("a", "QE1", 1));
    report("QUIET", filled("a", "QE1", 1));
    report("QUIET", filled("a", "QE2", 1));
    assertThat(cancelOf("QUIET", "b0").statusCode()).isEqualTo(202);
    report("QUIET", new VenueReport.Canceled("b0", "Vb0", null, null));
    assertThat(caller(Scope.TRADE).post("/api/accounts/QUIET/cancel-all").statusCode())
        .isEqualTo(202);
    tapeOf("QUIET", 16);
    assertThat(commandReads()).as("reads of the journal").isEqualTo(before);
    // one that closed and left memory has to be looked for, and the counter sees that
    place("QUIET", "c", 1, "5000");
    caller(Scope.TRADE).delete("/api/accounts/QUIET/orders/never-heard-of");
    assertThat(commandReads()).isGreaterThan(before);
  }

  /** Reads that a command can cause; others have their own clock. */
  private static double commandReads() {
    return caller(Scope.READ)
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("orders_journal_reads_total"))
        .filter(line -> !line.contains("last-seqs"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void aFillOfAnOrderThatLeftMemoryIsBookedOnce() {
    reconciled("LATE");
    place("LATE", "a", 2, "5000");
    report("LATE", filled("a", "E1", 1));
    report("LATE", new VenueReport.Canceled("a", "Va", null, null));
    for (var i = 0; i < 5; i++) {
      place("LATE", "b" + i, 1, "5000");
      report("LATE", new VenueReport.Canceled("b" + i, "Vb" + i, null, null));
    }
    awaitStatus("LATE", "b4", "CANCELED");
    report("LATE", filled("a", "E1", 1));
    report("LATE", filled("a", "E2", 1));
    awaitStatus("LATE", "a", "FILLED");
    assertThat(
            published("LATE").stream()
                .filter(line -> line.path("event").path("type").asText().equals("OrderFilled"))
                .count())
        .isEqualTo(2);
    verified("LATE");
  }

  @Test
  void aReportThatCannotBeReadQuarantinesItsAccountAndNobodyElse() {
    reconciled("POISON");
    reconciled("NEIGHBOUR");
    place("POISON", "a", 1, "5000");
    press.printText(
        Topics.VENUE_REPORTS,
        "POISON",
        "{\"accountId\":\"POISON\",\"report\":{\"type\":\"Unheard\"}}");
    eventually(
        () ->
            "ACCOUNT_QUARANTINED"
                .equals(place("POISON", "x" + System.nanoTime(), 1, "5000").path("reason")));
    try (var parked = Tape.of(Topics.deadLetters(Topics.VENUE_REPORTS));
        var notices = Tape.of(Topics.ORDER_NOTICES)) {
      parked.await(
          SOON, entry -> entry.key().equals("POISON") && entry.headers().containsKey("reason"));
      notices.await(
          SOON,
          entry ->
              entry.key().equals("POISON")
                  && entry.json().path("code").asText().equals("ACCOUNT_QUARANTINED")
                  && entry.json().path("severity").asText().equals("CRITICAL"));
    }
    refused(place("POISON", "y", 1, "5000"), 422, "ACCOUNT_QUARANTINED");
    assertThat(cancelOf("POISON", "a").statusCode()).isEqualTo(202);
    assertThat(place("NEIGHBOUR", "a", 1, "5000").statusCode()).isEqualTo(201);
    report("POISON", new VenueReport.Canceled("a", "Va", null, null));
    awaitStatus("POISON", "a", "CANCELED");
  }

  @Test
  void anotherOwnersWriteIsNoticedAndDecidedOnTopOf() throws SQLException {
    reconciled("STALE");
    place("STALE", "a", 1, "5000");
    gapless("STALE");
    writtenByAnotherOwner("STALE", 4);
    var placed = place("STALE", "b", 1, "5000");
    assertThat(placed.statusCode()).isEqualTo(201);
    assertThat((int) placed.path("seq")).isEqualTo(5);
    assertThat(tapeOf("STALE", 5)).hasSizeGreaterThanOrEqualTo(5);
    gapless("STALE");
    verified("STALE");
  }

  @Test
  void aRowThatIsNotWhatTheJournalSaysIsFound() throws SQLException {
    reconciled("TAMPERED");
    place("TAMPERED", "a", 1, "5000");
    place("TAMPERED", "b", 1, "5000");
    verified("TAMPERED");
    for (var harm :
        List.of(
            "update order_row set body = replace(body, 'PENDING_NEW', 'FILLED') where cl_ord_id = 'a'",
            "delete from order_row where cl_ord_id = 'b'")) {
      try (var connection = TestStack.shared().connect("order_service");
          var statement = connection.createStatement()) {
        assertThat(statement.executeUpdate(harm + " and account_id = 'TAMPERED'")).isEqualTo(1);
      }
    }
    var report = caller(Scope.READ).get("/api/accounts/TAMPERED/verify");
    assertThat((boolean) report.path("ok")).isFalse();
    assertThat((int) report.path("rowsUnlikeJournal")).isEqualTo(2);
    assertThat(report.path("rowsHash").toString())
        .isNotEqualTo(report.path("journalRowsHash").toString());
    assertThat((boolean) caller(Scope.TRADE).post("/api/verify").path("ok")).isFalse();
  }

  @Test
  void anAccountIsTheSameFromItsSnapshotAndFromItsJournal() throws Exception {
    reconciled("SNAPPED");
    for (var i = 0; i < 5; i++) place("SNAPPED", "s" + i, 2, "5000");
    report("SNAPPED", filled("s1", "SE1", 1));
    awaitStatus("SNAPPED", "s1", "PARTIALLY_FILLED");
    var partition = AccountPartition.of("SNAPPED");
    desks.disown(partition).join();
    assertThat(snapshotSeq("SNAPPED")).isEqualTo(8);
    writtenByAnotherOwner("SNAPPED", 9);
    desks.own(partition).await().atMost(SOON);
    verified("SNAPPED");
    assertThat(place("SNAPPED", "after", 1, "5000").statusCode()).isEqualTo(201);

    for (var harm :
        List.of("evolve_version = 0", "hash = 'other'", "body = replace(body, 's1', 's9')")) {
      desks.disown(partition).join();
      try (var connection = TestStack.shared().connect("order_service");
          var statement = connection.createStatement()) {
        statement.executeUpdate(
            "update account_snapshot set " + harm + " where account_id = 'SNAPPED'");
      }
      desks.own(partition).await().atMost(SOON);
      verified("SNAPPED");
      assertThat(place("SNAPPED", "x" + harm.length(), 1, "5000").statusCode()).isEqualTo(201);
    }
  }

  private static long snapshotSeq(String account) throws SQLException {
    try (var connection = TestStack.shared().connect("order_service");
        var query =
            connection.prepareStatement("select seq from account_snapshot where account_id = ?")) {
      query.setString(1, account);
      try (var rows = query.executeQuery()) {
        return rows.next() ? rows.getLong(1) : -1;
      }
    }
  }

  @Test
  void aCrowdOfOrdersIsCommittedTogetherInOrder() {
    reconciled("CROWD");
    try (var threads = Executors.newFixedThreadPool(16)) {
      var answers = new ArrayList<CompletableFuture<Integer>>();
      for (var i = 0; i < 200; i++) {
        var id = "c" + i;
        answers.add(
            CompletableFuture.supplyAsync(
                () -> place("CROWD", id, 1, "5000").statusCode(), threads));
      }
      assertThat(answers.stream().map(CompletableFuture::join).distinct()).containsExactly(201);
    }
    assertThat(tapeOf("CROWD", 202)).hasSize(202);
    gapless("CROWD");
    verified("CROWD");
    var page = caller(Scope.READ).get("/api/accounts/CROWD/orders?state=all&limit=150");
    assertThat(page.jsonPath().getList("items")).hasSize(150);
    var next = page.jsonPath().getString("next");
    assertThat(
            caller(Scope.READ)
                .get("/api/accounts/CROWD/orders?state=all&limit=150&cursor=" + next)
                .jsonPath()
                .getList("items"))
        .hasSize(50);
    var all = caller(Scope.TRADE).post("/api/accounts/CROWD/cancel-all");
    assertThat(all.statusCode()).isEqualTo(202);
    caller(Scope.READ)
        .get("/api/accounts/CROWD/commands/" + all.path("commandId"))
        .then()
        .statusCode(200)
        .body("state", org.hamcrest.Matchers.is("ACCEPTED"));
    tapeOf("CROWD", 402);
  }

  @Test
  void aNewOwnerPublishesWhatTheOldOneCommittedAndDidNotPublish() throws Exception {
    reconciled("MOVE");
    place("MOVE", "a", 1, "5000");
    tapeOf("MOVE", 3);
    var partition = AccountPartition.of("MOVE");
    desks.disown(partition).join();
    assertThat(place("MOVE", "b", 1, "5000").statusCode()).isEqualTo(503);
    writtenByAnotherOwner("MOVE", 4);
    desks.own(partition).await().atMost(SOON);
    assertThat(published("MOVE")).hasSize(4);
    assertThat(place("MOVE", "b", 1, "5000").statusCode()).isEqualTo(201);
    tapeOf("MOVE", 5);
    gapless("MOVE");
    verified("MOVE");
  }

  @Test
  void aCommandForAnotherReplicasAccountIsPassedOnWithItsTokenAndOnce() throws Exception {
    reconciled("ELSEWHERE");
    var partition = AccountPartition.of("ELSEWHERE");
    var heard = new LinkedBlockingQueue<Map<String, List<String>>>();
    var owner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    owner.createContext(
        "/",
        call -> {
          heard.add(Map.copyOf(call.getRequestHeaders()));
          var answer = call.getRequestBody().readAllBytes();
          call.getResponseHeaders().add("Content-Type", "application/json");
          call.sendResponseHeaders(201, answer.length);
          call.getResponseBody().write(answer);
          call.close();
        });
    owner.start();
    desks.disown(partition).join();
    try {
      ownedBy(partition, "http://127.0.0.1:" + owner.getAddress().getPort());
      eventually(() -> place("ELSEWHERE", "a", 1, "5000").statusCode() == 201);
      var headers = heard.take();
      assertThat(headers.get("Authorization")).singleElement().asString().startsWith("Bearer ");
      assertThat(headers.get("X-tapeline-hop")).containsExactly("1");
      assertThat(place("ELSEWHERE", "a", 1, "5000").path("clOrdId").toString()).isEqualTo("a");
      var secondHop =
          caller(Scope.TRADE)
              .header("X-Tapeline-Hop", "1")
              .body(body("a", 1, "5000"))
              .post("/api/accounts/ELSEWHERE/orders");
      refused(secondHop, 503, "NOT_OWNER");
    } finally {
      owner.stop(0);
      desks.own(partition).await().atMost(SOON);
    }
    assertThat(place("ELSEWHERE", "a", 1, "5000").statusCode()).isEqualTo(201);
  }

  private static void ownedBy(int partition, String url) throws SQLException {
    try (var connection = TestStack.shared().connect("order_service");
        var update =
            connection.prepareStatement(
                "update account_partition set owner_url = ? where partition = ?")) {
      update.setString(1, url);
      update.setInt(2, partition);
      update.executeUpdate();
    }
  }

  @Test
  void ordersOverTheRateAreWrittenDownOnce() {
    reconciled("RATE");
    // at once: a slow machine must not spread them over the seconds
    try (var threads = Executors.newFixedThreadPool(16)) {
      var answers = new ArrayList<CompletableFuture<Integer>>();
      for (var i = 0; i < 48; i++) {
        var id = "r" + i;
        answers.add(
            CompletableFuture.supplyAsync(
                () -> place("RATE", id, 1, "5000").statusCode(), threads));
      }
      assertThat(answers.stream().map(CompletableFuture::join)).contains(429);
    }
    try (var tape = Tape.of(Topics.ORDER_EVENTS)) {
      var line =
          tape.await(
              SOON,
              entry ->
                  entry.key().equals("RATE")
                      && entry.json().path("event").path("reason").asText().equals("ORDER_RATE"));
      assertThat(line.json().path("event").path("count").asInt()).isPositive();
    }
    verified("RATE");
  }

  @Test
  void whatCannotBeTakenIsRefusedClearly() {
    assertThat(place("FRESH", "a", 1, "5000").path("reason").toString()).isEqualTo("RECONCILING");
    assertThat(place("NOBODY", "a", 1, "5000").statusCode()).isEqualTo(404);
    refused(
        caller(Scope.TRADE).body("{\"clOrdId\":").post("/api/accounts/FRESH/orders"),
        400,
        "MALFORMED_REQUEST");
    refused(
        caller(Scope.TRADE).body("{}").post("/api/accounts/FRESH/orders"),
        400,
        "MALFORMED_REQUEST");
    refused(
        caller(Scope.TRADE).body(body("b", 1, "1E+999999999")).post("/api/accounts/FRESH/orders"),
        400,
        "MALFORMED_REQUEST");
    refused(
        caller(Scope.READ).body(body("b", 1, "1")).post("/api/accounts/FRESH/orders"),
        403,
        "NOT_ALLOWED");
    assertThat(given().get("/api/accounts/FRESH/orders").statusCode()).isEqualTo(401);
    refused(caller(Scope.TRADE).delete("/api/accounts/FRESH/orders/none"), 404, "UNKNOWN_ORDER");
    refused(caller(Scope.READ).get("/api/accounts/FRESH/orders/none"), 404, "UNKNOWN_ORDER");
    assertThat(caller(Scope.READ).get("/q/openapi").asString())
        .contains("DenialReason", "STALE_VERSION");
    assertThat(caller(Scope.READ).get("/q/metrics").asString())
        .contains("tapeline_operation_seconds_count{name=\"append\",outcome=\"ok\"}");
    verified("FRESH");
  }

  @Test
  void whatAnOrderTakesIsKnownByNameAndOnlyAnAdminStartsOver() {
    place("FRESH", "timed", 1, "5000");

    var timings = caller(Scope.READ).get("/api/timings").jsonPath();
    assertThat(timings.getList("items.name", String.class))
        .contains("place_order", "decide", "append", "relay");
    for (var name :
        List.of("place_order", "decide", "append", "hop.click.decide", "hop.click.commit")) {
      var row = timings.<Map<String, Object>>get("items.find { it.name == '" + name + "' }");
      assertThat(row).containsEntry("service", "order-service").containsKeys("window", "errors");
      assertThat((Integer) row.get("count")).as(name).isPositive();
      assertThat(((Number) row.get("max")).doubleValue())
          .isPositive()
          .isGreaterThanOrEqualTo(((Number) row.get("median")).doubleValue());
    }
    refused(caller(Scope.TRADE).delete("/api/timings"), 403, "NOT_ALLOWED");
    assertThat(caller(Scope.ADMIN).delete("/api/timings").statusCode()).isEqualTo(200);
    assertThat(
            caller(Scope.READ)
                .get("/api/timings")
                .jsonPath()
                .getInt("items.find { it.name == 'place_order' }.count"))
        .isZero();
  }

  @Test
  void aSlowCallIsWarnedOfOnceWithWhatItWasAboutAndStandsInTheTimings() throws Exception {
    var call = timing.declare("slow_call", "1ms", "what takes its time");
    try (var log = TimingLog.opened()) {
      for (int time = 0; time < 3; time++)
        try (var _ = call.start("account", "FRESH")) {
          Thread.sleep(5);
        }

      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("slow_call"))
          .singleElement(STRING)
          .matches("slow_call took [0-9.]+ m?s, more than 1 ms: account=FRESH");
    }
    var row =
        caller(Scope.READ)
            .get("/api/timings")
            .jsonPath()
            .<Map<String, Object>>get("items.find { it.name == 'slow_call' }");
    assertThat(row).containsEntry("count", 3).containsEntry("slow", 3);
  }

  @Test
  void theLogHasASummaryOfTheLastMinuteNowAndThen() throws Exception {
    place("FRESH", "summed-up", 1, "5000");

    try (var log = TimingLog.opened()) {
      var summary = log.await(SOON, line -> line.contains("place_order"));
      assertThat(summary)
          .startsWith("of the last minute, in ms:")
          .containsPattern("place_order +[0-9]+ calls  min [0-9.]+  median .* p99 .* max");
    }
  }

  private static void refused(Response response, int status, String reason) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.path("reason").toString()).isEqualTo(reason);
    assertThat(response.contentType()).startsWith("application/problem+json");
  }

  private void reconciled(String account) {
    report(account, new VenueReport.ReconcileStarted());
    report(account, new VenueReport.ReconcileCompleted(List.of(), 0, 0, List.of()));
    tapeOf(account, 2);
  }

  private void report(String account, VenueReport report) {
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    press.print(
        Topics.VENUE_REPORTS, account, new VenueReportRecord(account, "sim", 1, now, now, report));
  }

  private static VenueReport filled(String id, String execId, long qty) {
    return new VenueReport.Filled(
        id, "V" + id, execId, "ESH6", Side.BUY, qty, new BigDecimal("5000.25"), null, null);
  }

  private static Response place(String account, String id, long qty, String price) {
    return caller(Scope.TRADE)
        .body(body(id, qty, price))
        .post("/api/accounts/" + account + "/orders");
  }

  private static Response keyed(String account, String key, String id, long qty, String price) {
    return caller(Scope.TRADE)
        .header("Idempotency-Key", key)
        .body(body(id, qty, price))
        .post("/api/accounts/" + account + "/orders");
  }

  private static String body(String id, long qty, String price) {
    return """
        {"clOrdId":"%s","symbol":"ESH6","side":"BUY","ordType":"LIMIT","orderQty":%d,"price":"%s"}"""
        .formatted(id, qty, price);
  }

  private static Response cancelOf(String account, String id) {
    return caller(Scope.TRADE).delete("/api/accounts/" + account + "/orders/" + id);
  }

  private static RequestSpecification caller(Scope scope) {
    try {
      var secret = InstallationSecret.read(TestStack.shared().secretFile());
      return given()
          .header(
              "Authorization", "Bearer " + ServiceToken.mint(secret, "ada", scope, Instant.now()))
          .contentType("application/json");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void awaitStatus(String account, String id, String status) {
    eventually(
        () ->
            status.equals(
                caller(Scope.READ)
                    .get("/api/accounts/" + account + "/orders/" + id)
                    .path("ordStatus")));
  }

  /** The account's lines once there are that many; repeats left out. */
  private static List<JsonNode> tapeOf(String account, long atLeast) {
    try (var tape = Tape.of(Topics.ORDER_EVENTS)) {
      return lines(account, tape.awaitAll(SOON, all -> lines(account, all).size() >= atLeast));
    }
  }

  private static List<JsonNode> lines(String account, List<Tape.Entry> entries) {
    var lines = new LinkedHashMap<Long, JsonNode>();
    for (var entry : entries) {
      if (!entry.key().equals(account)) continue;
      var line = entry.json();
      lines.putIfAbsent(line.path("seq").asLong(), line);
    }
    return List.copyOf(lines.values());
  }

  /** All that the journal of the account holds, as it was published. */
  private static List<JsonNode> published(String account) {
    try (var connection = TestStack.shared().connect("order_service");
        var query =
            connection.prepareStatement(
                "select coalesce(max(seq), 0) from account_event where account_id = ?")) {
      query.setString(1, account);
      try (var rows = query.executeQuery()) {
        rows.next();
        return tapeOf(account, rows.getLong(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void gapless(String account) {
    var expected = 1L;
    for (var line : published(account)) assertThat(line.path("seq").asLong()).isEqualTo(expected++);
  }

  private static void verified(String account) {
    var report = caller(Scope.READ).get("/api/accounts/" + account + "/verify");
    assertThat((boolean) report.path("ok")).as(report.asString()).isTrue();
    assertThat(report.path("rowsHash").toString())
        .isEqualTo(report.path("journalRowsHash").toString());
  }

  private static void writtenByAnotherOwner(String account, long seq) throws SQLException {
    try (var connection = TestStack.shared().connect("order_service");
        var insert =
            connection.prepareStatement(
                "insert into account_event (account_id, seq, at, batch_id, body) values (?, ?, now(), gen_random_uuid(), ?)")) {
      insert.setString(1, account);
      insert.setLong(2, seq);
      insert.setString(
          3,
          """
          {"accountId":"%s","seq":%d,"v":1,"at":"2026-03-02T15:00:00.000000Z",\
          "event":{"type":"RequestDenied","kind":"CANCEL","clOrdId":"zzz","reason":"UNKNOWN_ORDER",\
          "detail":"There is no such order.","params":{"clOrdId":"zzz"},"count":1,"commandId":"k","by":"bob"}}"""
              .formatted(account, seq));
      insert.executeUpdate();
    }
  }

  private static void eventually(BooleanSupplier condition) {
    var deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) throw new AssertionError("not within " + SOON);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
