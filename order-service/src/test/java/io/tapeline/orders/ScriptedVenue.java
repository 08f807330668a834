package io.tapeline.orders;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tapeline.contract.AccountRow;
import io.tapeline.contract.FeedState;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.Topics;
import io.tapeline.contract.TradePrint;
import io.tapeline.contract.VenueReport;
import io.tapeline.contract.VenueReportRecord;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.model.TradingState;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.Tape;
import io.tapeline.testkit.TestStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One account as a browser sees it, and its venue as the test plays it. */
final class ScriptedVenue implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);

  private static boolean instrumentIsKnown;

  private final String account;
  private final String name;
  private final String triggerOn;
  private final Press press = Press.shared();

  private ScriptedVenue(String account, String name, String triggerOn) {
    this.account = account;
    this.name = name;
    this.triggerOn = triggerOn;
  }

  /** A venue that can change orders in place, reconciled, with one instrument. */
  static ScriptedVenue of(String account) {
    return of(account, "sim", "LAST");
  }

  /**
   * Another venue like it.
   *
   * @param triggerOn what reaches a stop there
   */
  static ScriptedVenue of(String account, String name, String triggerOn) {
    var venue = new ScriptedVenue(account, name, triggerOn);
    venue.lists("ESH6");
    eventually(() -> call(Scope.READ).get("/q/health/ready").statusCode() == 200);
    venue.says(new VenueReport.ReconcileStarted());
    venue.says(new VenueReport.ReconcileCompleted(List.of(), 0, 0, List.of()));
    venue.lines(2);
    venue.canReplace();
    return venue;
  }

  /** One more contract of the same kind. */
  void lists(String symbol) {
    press.print(
        Topics.INSTRUMENTS,
        symbol,
        new InstrumentRow(
            symbol,
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
  }

  /** What the gateway says of one contract, or with null of the venue. */
  void status(String symbol, String session, FeedState feed, Instant since) {
    var now = now();
    var capabilities =
        new MarketStatusRow.CapabilitiesRow(
            List.of(OrdType.MARKET, OrdType.LIMIT),
            List.of(TimeInForce.DAY, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK),
            "IN_PLACE",
            false,
            false,
            triggerOn,
            2_000);
    press.print(
        Topics.MARKET_STATUS,
        symbol == null ? name : name + "|" + symbol,
        new MarketStatusRow(
            name,
            symbol,
            session,
            feed,
            null,
            since,
            now,
            now,
            BigDecimal.ONE,
            true,
            symbol == null ? capabilities : null));
  }

  private void canReplace() {
    status(null, "OPEN", FeedState.LIVE, now());
    eventually(
        () -> {
          var id = "probe" + System.nanoTime();
          if (place(id, 1, "4990", null).statusCode() != 201) return false;
          var can = (Boolean) order(id).path("capabilities.price.allowed");
          call(Scope.TRADE).delete(path(id));
          says(new VenueReport.Canceled(id, "V" + id, null, null));
          return can;
        });
  }

  /** Waits until an order in the instrument is taken: it is read beside everything else. */
  static void knowsItsInstrument(String scout) {
    if (instrumentIsKnown) return;
    try (var venue = new ScriptedVenue(scout, "sim", "LAST")) {
      venue.says(new VenueReport.ReconcileStarted());
      venue.says(new VenueReport.ReconcileCompleted(List.of(), 0, 0, List.of()));
      venue.lines(2);
      eventually(
          () -> venue.place("scout" + System.nanoTime(), 1, "4990", null).statusCode() == 201);
    }
    instrumentIsKnown = true;
  }

  void says(VenueReport report) {
    var now = now();
    press.print(
        Topics.VENUE_REPORTS, account, new VenueReportRecord(account, name, 1, now, now, report));
  }

  void accepts(String id) {
    says(new VenueReport.Accepted(id, "V" + id));
    await(id, "ordStatus", "NEW");
  }

  void fills(String id, String execId, long qty, String price) {
    says(
        new VenueReport.Filled(
            id, "V" + id, execId, "ESH6", Side.BUY, qty, new BigDecimal(price), null, null));
  }

  void sells(String id, String execId, long qty, String price) {
    says(
        new VenueReport.Filled(
            id, "V" + id, execId, "ESH6", Side.SELL, qty, new BigDecimal(price), null, null));
  }

  /** Somebody else traded there. */
  void prints(long tradeId, String price) {
    var now = now();
    press.print(
        Topics.MARKET_TRADES,
        "ESH6",
        new TradePrint(
            "ESH6", tradeId, new BigDecimal(price), 1, null, now, now, name, null, null));
  }

  /** The best prices there. */
  void quotes(String symbol, String bid, String ask) {
    var now = now();
    press.print(
        Topics.QUOTES,
        symbol,
        new QuoteRow(
            symbol, new BigDecimal(bid), 5L, new BigDecimal(ask), 5L, null, null, now, now, null));
  }

  /**
   * What the risk rules say of the account now.
   *
   * @param version of the row; a later one counts
   */
  void risk(String tier, String decisionId, String reason, long version) {
    press.print(
        Topics.ACCOUNTS,
        account,
        new AccountRow(
            account,
            account,
            name,
            true,
            TradingState.ACTIVE,
            "USD",
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            List.of(),
            null,
            now(),
            List.of(version, 1L),
            null,
            null,
            null,
            new AccountRow.RiskRow(
                "eval-50k", 1, tier, "daily-loss", decisionId, reason, null, 1, null)));
  }

  /** Waits until a person was told this about the account. */
  void told(String code) {
    try (var notices = Tape.of(Topics.ORDER_NOTICES)) {
      notices.await(
          SOON,
          entry -> entry.key().equals(account) && entry.json().path("code").asText().equals(code));
    }
  }

  void replaces(String id, long requestNo, long qty, String price) {
    says(new VenueReport.Replaced(id, "V" + id, requestNo, qty, new BigDecimal(price), null, null));
  }

  /** Places a limit order to buy that the venue then has. */
  void works(String id, long qty, String price, String strategy) {
    assertThat(place(id, qty, price, strategy).statusCode()).isEqualTo(201);
    accepts(id);
  }

  Response place(String id, long qty, String price, String strategy) {
    var tag = strategy == null ? "null" : "\"" + strategy + "\"";
    return call(Scope.TRADE)
        .body(
            """
            {"clOrdId":"%s","symbol":"ESH6","side":"BUY","ordType":"LIMIT","orderQty":%d,"price":"%s",\
            "timeInForce":"GTC","strategy":%s}"""
                .formatted(id, qty, price, tag))
        .post("/api/accounts/" + account + "/orders");
  }

  /** A drag of the order's line, by someone who sees the order as it is. */
  Response drag(String id, String fields) {
    return drag(id, ((Number) order(id).path("version")).longValue(), fields, null);
  }

  Response drag(String id, long version, String fields, String key) {
    var request = call(Scope.TRADE);
    if (key != null) request.header("Idempotency-Key", key);
    return request.body("{\"expectedVersion\":" + version + "," + fields + "}").patch(path(id));
  }

  Response post(String what, String body) {
    return call(Scope.TRADE).body(body).post("/api/accounts/" + account + "/" + what);
  }

  Response delete(String id) {
    return call(Scope.TRADE).delete(path(id));
  }

  Response get(String what) {
    return call(Scope.READ).get("/api/accounts/" + account + "/" + what);
  }

  Response order(String id) {
    return call(Scope.READ).get(path(id));
  }

  void await(String id, String field, Object value) {
    eventually(() -> value.equals(order(id).path(field)));
  }

  /** The account's lines once there are that many. */
  List<JsonNode> lines(int atLeast) {
    try (var tape = Tape.of(Topics.ORDER_EVENTS)) {
      return tape
          .awaitAll(
              SOON,
              entries -> entries.stream().filter(e -> e.key().equals(account)).count() >= atLeast)
          .stream()
          .filter(entry -> entry.key().equals(account))
          .map(Tape.Entry::json)
          .toList();
    }
  }

  void verified() {
    var report = get("verify");
    assertThat((boolean) report.path("ok")).as(report.asString()).isTrue();
  }

  private String path(String id) {
    return "/api/accounts/" + account + "/orders/" + id;
  }

  private static RequestSpecification call(Scope scope) {
    try {
      var secret = InstallationSecret.read(TestStack.shared().secretFile());
      return given()
          .header(
              "Authorization", "Bearer " + ServiceToken.mint(secret, "ada", scope, Instant.now()))
          .contentType("application/json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void eventually(BooleanSupplier condition) {
    var deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) throw new AssertionError("not within " + SOON);
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public void close() {
    press.close();
  }
}
