package io.tapeline.market.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.Topics;
import io.tapeline.door.Scope;
import io.tapeline.market.app.ClockAhead;
import io.tapeline.market.catalogue.CatalogueReader;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.service.Door;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.Tape;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@TestProfile(SimDeskIT.Sim.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = {@ResourceArg(name = "service", value = "market_gateway")})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimDeskIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ACCOUNT = "PRACTICE";
  private static final String FAULTS = "/api/venues/sim/faults";
  private static final String QUARANTINES = "/api/venues/sim/quarantines";

  @Inject Door door;

  public static final class Sim implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("tapeline.venue", "sim", "tapeline.sim.roots", "ES,ZN");
    }
  }

  @BeforeEach
  void ready() throws InterruptedException {
    for (int tries = 0; tries < 600; tries++) {
      if (given().get("/q/health/ready").statusCode() == 200) return;
      Thread.sleep(100);
    }
    assertThat(given().get("/q/health/ready").asString()).isEqualTo("ready");
  }

  @Test
  @Order(1)
  void theVenueTellsItsAccountOfItselfBeforeAnythingElse() {
    try (var reports = Tape.of(Topics.VENUE_REPORTS)) {
      var first =
          reports
              .awaitAll(SOON, all -> all.stream().filter(e -> e.key().equals(ACCOUNT)).count() >= 2)
              .stream()
              .filter(e -> e.key().equals(ACCOUNT))
              .toList();
      assertThat(first.get(0).json().at("/report/type").asText()).isEqualTo("ReconcileStarted");
      assertThat(first.get(1).json().at("/report/type").asText()).isEqualTo("ReconcileCompleted");
      assertThat(first.get(0).key()).isEqualTo(ACCOUNT);
    }
  }

  @Test
  @Order(2)
  void anOrderGoesInAndItsReportsComeOut() {
    var symbol = front("ES");
    try (var press = Press.shared();
        var reports = Tape.of(Topics.VENUE_REPORTS)) {
      press.print(
          Topics.ORDER_EVENTS, ACCOUNT, submitted(1, "buy-1", symbol, OrdType.MARKET, null));
      var all =
          reports.awaitAll(
              SOON, entries -> entries.stream().anyMatch(e -> type(e).equals("Filled")));
      var about =
          all.stream()
              .filter(e -> e.json().at("/report/clOrdId").asText().equals("buy-1"))
              .toList();
      assertThat(type(about.get(0))).isEqualTo("Accepted");
      assertThat(type(about.get(1))).isEqualTo("Filled");
      assertThat(about.get(1).json().at("/report/symbol").asText()).isEqualTo(symbol);
    }
    asReader()
        .get("/api/timings")
        .then()
        .statusCode(200)
        .body("items.find { it.name == 'venue_call' }.count", greaterThan(0))
        .body("items.find { it.name == 'hop.tick.gateway' }.count", greaterThan(0))
        .body("items.find { it.name == 'hop.tick.venue' }.count", greaterThan(0))
        .body("items.find { it.name == 'hop.click.intent' }.count", greaterThan(0))
        .body("items.find { it.name == 'hop.click.venue' }.count", greaterThan(0))
        .body("calls.find { it.caller == 'sim' }.used.what", hasItem("place"));
  }

  @Test
  @Order(3)
  void aRestingOrderIsCanceled() {
    var symbol = front("ES");
    try (var press = Press.shared();
        var reports = Tape.of(Topics.VENUE_REPORTS)) {
      press.print(
          Topics.ORDER_EVENTS,
          ACCOUNT,
          submitted(2, "low", symbol, OrdType.LIMIT, new BigDecimal("1000.00")));
      reports.await(SOON, e -> type(e).equals("Accepted") && about(e, "low"));
      press.print(
          Topics.ORDER_EVENTS,
          ACCOUNT,
          record(3, new TapeEvent.CancelRequested("low", 2, "cancel-low", "ann")));
      var canceled = reports.await(SOON, e -> type(e).equals("Canceled") && about(e, "low"));
      assertThat(canceled.json().at("/report/venueCode").isMissingNode()).isTrue();
    }
  }

  @Test
  @Order(4)
  void instrumentsAndQuotesAreServedToThoseWithAToken() throws InterruptedException {
    given().get("/api/instruments").then().statusCode(401);
    asReader()
        .get("/api/instruments")
        .then()
        .statusCode(200)
        .body("items.root", hasItem("ES"))
        .body("items.find { it.root == 'ZN' }.tickValue", equalTo("15.625"));
    for (int tries = 0; quoted().size() < 2 && tries < 600; tries++) Thread.sleep(100);
    assertThat(quoted()).contains(front("ES"), front("ZN"));
    asReader().get("/api/replay").then().statusCode(404).body("reason", equalTo("NOT_A_REPLAY"));
  }

  private java.util.List<String> quoted() {
    return asReader()
        .get("/api/quotes")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.symbol");
  }

  @Test
  @Order(4)
  void aPriceAnUserWaitsForIsToldAndIsTheUsersAlone() throws InterruptedException {
    var symbol = front("ES");
    for (int tries = 0; last(symbol) == null && tries < 600; tries++) Thread.sleep(100);
    var far = last(symbol).add(new BigDecimal("2000"));
    var wish = Map.of("symbol", symbol, "px", far.toPlainString(), "note", "high");
    for (int again = 0; again < 2; again++)
      asReader()
          .header("Idempotency-Key", "far")
          .contentType("application/json")
          .body(wish)
          .post("/api/alerts")
          .then()
          .statusCode(201)
          .body("direction", equalTo("ABOVE"))
          .body("state", equalTo("ACTIVE"));
    given()
        .header("Authorization", "Bearer " + door.mint("bob", Scope.ADMIN))
        .delete("/api/alerts/far")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("reason", equalTo("UNKNOWN_ALERT"));
    asReader()
        .contentType("application/json")
        .body(Map.of("alertId", "now", "symbol", symbol, "px", far, "direction", "BELOW"))
        .post("/api/alerts")
        .then()
        .statusCode(201);
    try (var notices = Tape.of(Topics.MARKET_NOTICES)) {
      var told = notices.await(SOON, e -> e.json().path("id").asText().equals("alert:now"));
      assertThat(told.key()).isEqualTo("@ann");
      assertThat(told.json().at("/params/symbol").asText()).isEqualTo(symbol);
    }
    asReader()
        .get("/api/alerts")
        .then()
        .statusCode(200)
        .body("items.alertId", equalTo(java.util.List.of("far")));
    asReader().delete("/api/alerts/far").then().statusCode(200).body("state", equalTo("CANCELED"));
    asReader()
        .get("/api/alerts?state=all")
        .then()
        .body("items.find { it.alertId == 'now' }.state", equalTo("TRIGGERED"));
    asReader()
        .contentType("application/json")
        .body(Map.of("symbol", symbol, "px", far))
        .post("/api/alerts")
        .then()
        .statusCode(400)
        .body("reason", equalTo("MALFORMED_REQUEST"));
    given().get("/api/alerts").then().statusCode(401);
  }

  private @Nullable BigDecimal last(String symbol) {
    var px =
        asReader()
            .get("/api/quotes?symbols=" + symbol)
            .jsonPath()
            .getString("items.find { it.symbol == '" + symbol + "' }.lastPx");
    return px == null ? null : new BigDecimal(px);
  }

  @Test
  @Order(5)
  void theMarketIsOnTheTape() {
    try (var quotes = Tape.of(Topics.QUOTES);
        var depth = Tape.of(Topics.DEPTH);
        var status = Tape.of(Topics.MARKET_STATUS);
        var instruments = Tape.of(Topics.INSTRUMENTS)) {
      quotes.await(SOON, e -> e.key().equals(front("ES")));
      depth.await(SOON, e -> e.json().path("bids").size() == 10);
      var venue =
          status.await(
              SOON,
              e ->
                  e.json().path("reconciled").asBoolean()
                      && e.json().path("feed").asText().equals("LIVE"));
      assertThat(venue.key()).isEqualTo("sim");
      var capabilities = venue.json().path("capabilities");
      assertThat(capabilities.path("replace").asText()).isEqualTo("IN_PLACE");
      assertThat(capabilities.path("ordTypes").toString()).contains("TRAILING_STOP");
      assertThat(capabilities.path("nativeOco").asBoolean()).isFalse();
      assertThat(instruments.read()).extracting(Tape.Entry::key).contains(front("ES"), front("ZN"));
    }
  }

  @Test
  @Order(6)
  void anAdminMakesTheVenueRefuseAndBehaveAgain() {
    var symbol = front("ES");
    asReader().contentType("application/json").body("{}").post(FAULTS).then().statusCode(403);
    asAdmin().body("{\"lostAck\":2}").post(FAULTS).then().statusCode(400);
    asAdmin().body("{}").post("/api/venues/else/faults").then().statusCode(404);
    asAdmin()
        .body("{\"reject\":1,\"rejectCodes\":[\"3\"]}")
        .post(FAULTS)
        .then()
        .statusCode(200)
        .body("rejectCodes", equalTo(java.util.List.of("3")));
    try (var press = Press.shared();
        var reports = Tape.of(Topics.VENUE_REPORTS)) {
      press.print(Topics.ORDER_EVENTS, ACCOUNT, submitted(4, "no", symbol, OrdType.MARKET, null));
      var refused = reports.await(SOON, e -> type(e).equals("Rejected") && about(e, "no"));
      assertThat(refused.json().at("/report/venueCode").asText()).isEqualTo("3");
      asAdmin().body("{}").post(FAULTS).then().statusCode(200);
      press.print(Topics.ORDER_EVENTS, ACCOUNT, submitted(5, "yes", symbol, OrdType.MARKET, null));
      reports.await(SOON, e -> type(e).equals("Filled") && about(e, "yes"));
    }
  }

  @Test
  @Order(7)
  void aLostSessionIsReconciledWhenItIsBack() {
    try (var reports = Tape.of(Topics.VENUE_REPORTS)) {
      reports.await(SOON, e -> type(e).equals("ReconcileCompleted"));
      long before = reports.read().stream().mapToLong(SimDeskIT::sessionOf).max().orElseThrow();
      asAdmin()
          .body("{\"disconnectMillis\":300,\"losingEvents\":true}")
          .post(FAULTS)
          .then()
          .statusCode(200);
      reports.await(SOON, e -> type(e).equals("ReconcileCompleted") && sessionOf(e) > before);
    }
  }

  private static long sessionOf(Tape.Entry entry) {
    return entry.json().path("session").asLong();
  }

  @Test
  @Order(8)
  void aVenueWithAWrongClockIsBelievedAboutEverythingButTheTime() {
    var symbol = front("ES");
    asAdmin().body("{\"clockSkewMillis\":-540000}").post(FAULTS).then().statusCode(200);
    try (var press = Press.shared();
        var reports = Tape.of(Topics.VENUE_REPORTS);
        var quotes = Tape.of(Topics.QUOTES);
        var trades = Tape.of(Topics.MARKET_TRADES);
        var status = Tape.of(Topics.MARKET_STATUS)) {
      press.print(Topics.ORDER_EVENTS, ACCOUNT, submitted(6, "skew", symbol, OrdType.MARKET, null));
      var filled = reports.await(SOON, e -> type(e).equals("Filled") && about(e, "skew"));
      assertThat(isMinutesOld(filled)).isTrue();
      quotes.await(SOON, SimDeskIT::isMinutesOld);
      trades.await(SOON, SimDeskIT::isMinutesOld);
      status.await(SOON, e -> e.key().equals("sim") && isMinutesOld(e));
    }
    asAdmin().body("{}").post(FAULTS).then().statusCode(200);
    try (var press = Press.shared();
        var reports = Tape.of(Topics.VENUE_REPORTS)) {
      press.print(
          Topics.ORDER_EVENTS, ACCOUNT, submitted(7, "right", symbol, OrdType.MARKET, null));
      var filled = reports.await(SOON, e -> type(e).equals("Filled") && about(e, "right"));
      assertThat(isMinutesOld(filled)).isFalse();
    }
  }

  /** By its venue, beside the time at which it was said. */
  private static boolean isMinutesOld(Tape.Entry entry) {
    var said = Instant.parse(entry.json().path("at").asText());
    var venueTime = Instant.parse(entry.json().path("venueTime").asText());
    return Duration.between(venueTime, said).toMinutes() > 5;
  }

  @Test
  @Order(9)
  void anAccountThatCannotBeFollowedIsSetAsideAndReleasedByAnAdmin() {
    var symbol = front("ES");
    asReader().get(QUARANTINES).then().statusCode(403);
    asReader().delete(QUARANTINES + "/" + ACCOUNT).then().statusCode(403);
    asAdmin().get("/api/venues/else/quarantines").then().statusCode(404);
    asAdmin().get(QUARANTINES).then().statusCode(200).body("items.size()", equalTo(0));
    asAdmin()
        .delete(QUARANTINES + "/" + ACCOUNT)
        .then()
        .statusCode(404)
        .body("reason", equalTo("NOT_QUARANTINED"));
    try (var press = Press.shared();
        var reports = Tape.of(Topics.VENUE_REPORTS);
        var parked = Tape.of(Topics.deadLetters(Topics.ORDER_EVENTS))) {
      press.print(Topics.ORDER_EVENTS, ACCOUNT, submitted(10, "gap", symbol, OrdType.MARKET, null));
      parked.await(SOON, e -> e.key().equals(ACCOUNT));
      asAdmin()
          .get(QUARANTINES)
          .then()
          .statusCode(200)
          .body("items.accountId", equalTo(java.util.List.of(ACCOUNT)))
          .body("items[0].seq", equalTo(8))
          .body("items[0].reason", containsString("seq 10 follows 7"));
      long session = reports.read().stream().mapToLong(SimDeskIT::sessionOf).max().orElseThrow();
      asAdmin()
          .delete(QUARANTINES + "/" + ACCOUNT)
          .then()
          .statusCode(200)
          .body("state", equalTo("FOLLOWED"));
      asAdmin().get(QUARANTINES).then().body("items.size()", equalTo(0));
      reports.await(SOON, e -> type(e).equals("ReconcileCompleted") && sessionOf(e) > session);
      press.print(Topics.ORDER_EVENTS, ACCOUNT, submitted(11, "on", symbol, OrdType.MARKET, null));
      reports.await(SOON, e -> type(e).equals("Filled") && about(e, "on"));
      assertThat(reports.read()).noneMatch(e -> about(e, "gap"));
    }
  }

  @Test
  @Order(99)
  void onARollTheNextContractComesToTheFrontWhileTheDeskRuns() {
    var old = front("ES");
    try (var press = Press.shared();
        var reports = Tape.of(Topics.VENUE_REPORTS);
        var instruments = Tape.of(Topics.INSTRUMENTS);
        var quotes = Tape.of(Topics.QUOTES);
        var bars = Tape.of(Topics.BARS)) {
      press.print(
          Topics.ORDER_EVENTS,
          ACCOUNT,
          submitted(12, "old", old, OrdType.LIMIT, new BigDecimal("1000.00")));
      reports.await(SOON, e -> type(e).equals("Accepted") && about(e, "old"));
      long session = reports.read().stream().mapToLong(SimDeskIT::sessionOf).max().orElseThrow();

      ClockAhead.setTo(rollDay(old).atTime(12, 0).toInstant(ZoneOffset.UTC));
      var next =
          instruments.await(
              SOON,
              e ->
                  e.json().path("root").asText().equals("ES")
                      && e.json().path("front").asBoolean()
                      && !e.key().equals(old));
      assertThat(front("ES")).isEqualTo(next.key());
      var again =
          reports.await(SOON, e -> type(e).equals("ReconcileCompleted") && sessionOf(e) > session);
      assertThat(again.json().at("/report/openClOrdIds").toString()).contains("old");
      quotes.await(SOON, e -> e.key().equals(next.key()));
      // Both trade, each with bars of its own: the old one can still be closed.
      press.print(Topics.ORDER_EVENTS, ACCOUNT, submitted(13, "close", old, OrdType.MARKET, null));
      press.print(
          Topics.ORDER_EVENTS, ACCOUNT, submitted(14, "new", next.key(), OrdType.MARKET, null));
      var closed = reports.await(SOON, e -> type(e).equals("Filled") && about(e, "close"));
      assertThat(closed.json().at("/report/symbol").asText()).isEqualTo(old);
      var opened = reports.await(SOON, e -> type(e).equals("Filled") && about(e, "new"));
      assertThat(opened.json().at("/report/symbol").asText()).isEqualTo(next.key());
      var first = bars.await(SOON, e -> e.key().equals(next.key() + "|1s"));
      assertThat(Instant.parse(first.json().path("start").asText()))
          .isAfter(ClockAhead.now().minus(Duration.ofHours(1)));
    }
  }

  /** The first day on which a contract is not its root's front one any more. */
  private static LocalDate rollDay(String symbol) {
    var catalogue = CatalogueReader.packaged();
    var day = LocalDate.ofInstant(ClockAhead.now(), ZoneOffset.UTC);
    while (catalogue
        .front("ES", day)
        .filter(contract -> contract.symbol().value().equals(symbol))
        .isPresent()) day = day.plusDays(1);
    return day;
  }

  private io.restassured.specification.RequestSpecification asAdmin() {
    return given()
        .contentType("application/json")
        .header("Authorization", "Bearer " + door.mint("ann", Scope.ADMIN));
  }

  @Test
  @Order(10)
  void barsAreServedTheFormingOneLast() throws InterruptedException {
    var es = front("ES");
    for (int tries = 0; bars(es, "1s").getList("items").size() < 3 && tries < 600; tries++)
      Thread.sleep(100);
    var bars = bars(es, "1s");
    assertThat(bars.getList("items.start", String.class)).isSorted().doesNotHaveDuplicates();
    var finals = bars.getList("items.final", Boolean.class);
    assertThat(finals.subList(0, finals.size() - 1)).doesNotContain(false);
    assertThat(bars.getString("items[0].source")).isEqualTo("sim");
    // but for the moment in which one day ends and the next has no trade yet
    for (int tries = 0; endsFinal(es) && tries < 600; tries++) Thread.sleep(100);
    assertThat(endsFinal(es)).isFalse();
    assertThat(bars(es, "7m").getList("items")).isNotEmpty();
    asReader()
        .get("/api/bars?symbol=" + es + "&interval=25h")
        .then()
        .statusCode(400)
        .body("detail", equalTo("an interval is 1 to 24h, not 25h"));
    asReader().get("/api/bars?symbol=XYZH6&interval=1m").then().statusCode(404);
    asReader().get("/api/bars?symbol=" + es + "&interval=1m&limit=20001").then().statusCode(400);
    try (var told = Tape.of(Topics.BARS);
        var forming = Tape.of(Topics.FORMING_BARS)) {
      var bar = told.await(SOON, e -> e.key().equals(es + "|1s"));
      assertThat(bar.json().path("final").asBoolean()).isTrue();
      forming.await(SOON, e -> e.key().equals(es + "|1d"));
    }
  }

  private boolean endsFinal(String symbol) {
    return bars(symbol, "1d").getList("items.final", Boolean.class).getLast();
  }

  private io.restassured.path.json.JsonPath bars(String symbol, String interval) {
    return asReader()
        .get("/api/bars?symbol=" + symbol + "&interval=" + interval)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private io.restassured.specification.RequestSpecification asReader() {
    return given().header("Authorization", "Bearer " + door.mint("ann", Scope.READ));
  }

  private String front(String root) {
    return asReader()
        .get("/api/instruments")
        .jsonPath()
        .getString("items.find { it.root == '" + root + "' && it.front }.symbol");
  }

  private static String type(Tape.Entry entry) {
    return entry.json().at("/report/type").asText();
  }

  private static boolean about(Tape.Entry entry, String clOrdId) {
    return entry.json().at("/report/clOrdId").asText().equals(clOrdId);
  }

  private static OrderEventRecord submitted(
      long seq, String clOrdId, String symbol, OrdType type, @Nullable BigDecimal price) {
    return record(
        seq,
        new TapeEvent.OrderSubmitted(
            clOrdId,
            1,
            symbol,
            Side.BUY,
            type,
            TimeInForce.DAY,
            2,
            price,
            null,
            null,
            null,
            false,
            null,
            null,
            new BigDecimal("0.25"),
            new BigDecimal("12.50"),
            "USD",
            "sim",
            ClockAhead.now().plusSeconds(120),
            clOrdId,
            "ann",
            null));
  }

  private static OrderEventRecord record(long seq, TapeEvent event) {
    return new OrderEventRecord(ACCOUNT, seq, 1, Instant.now(), Instant.now(), event, null);
  }
}
