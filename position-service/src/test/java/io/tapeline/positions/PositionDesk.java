package io.tapeline.positions;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.specification.RequestSpecification;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.Topics;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import io.tapeline.positions.app.ShadowCheck;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.Tape;
import io.tapeline.testkit.TestStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What tests ask of the running service, and say to it. */
final class PositionDesk {
  /** Generous: the machine may be busy. */
  static final Duration SOON = Duration.ofSeconds(60);

  private PositionDesk() {}

  static void awaitEverythingRead() throws InterruptedException {
    var end = System.nanoTime() + SOON.toNanos();
    while (given().get("/q/health/ready").statusCode() != 200 && System.nanoTime() < end)
      Thread.sleep(50);
  }

  static Predicate<JsonNode> atSeq(long seq) {
    return row -> row.path("version").path(0).asLong() >= seq;
  }

  static boolean quarantined(JsonNode row) {
    return row.path("quarantined").asBoolean();
  }

  static Predicate<JsonNode> equity(String equity) {
    return row -> row.path("equity").asText().equals(equity);
  }

  static JsonNode positionRow(String key, Predicate<JsonNode> matches) {
    return row(Topics.POSITIONS, key, matches);
  }

  static JsonNode accountRow(String key, Predicate<JsonNode> matches) {
    return row(Topics.ACCOUNTS, key, matches);
  }

  static JsonNode row(String topic, String key, Predicate<JsonNode> matches) {
    try (var tape = Tape.of(topic)) {
      return tape.await(SOON, entry -> entry.key().equals(key) && matches.test(entry.json()))
          .json();
    }
  }

  static void quote(
      Press press,
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

  static void assertThatTablesAgree(String account) {
    var report = verify(account);
    assertThat(report.differences()).isEmpty();
    assertThat(report.equal()).isTrue();
    assertThat(report.tapeSeq()).isEqualTo(report.cutSeq());
    assertThat(report.rows())
        .allSatisfy(rows -> assertThat(rows.tapeHash()).isEqualTo(rows.tableHash()));
  }

  /** What was just now, from a checkpoint and the tape, is what is. */
  static void assertThatThePastAgrees(String account) {
    var now = caller().get("/api/accounts/" + account + "/positions").jsonPath();
    var past =
        caller()
            .get("/api/accounts/" + account + "/positions?asOf=" + Instant.now())
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(past.getLong("asOfSeq")).isEqualTo(now.getLong("asOfSeq"));
    for (var field : new String[] {"symbol", "netQty", "avgPx", "realizedPnl", "fees"})
      assertThat(past.getList("items." + field)).isEqualTo(now.getList("items." + field));
  }

  static ShadowCheck.Report verify(String account) {
    return caller()
        .get("/api/accounts/" + account + "/verify-fold")
        .then()
        .statusCode(200)
        .extract()
        .as(ShadowCheck.Report.class);
  }

  static RequestSpecification caller() {
    return caller(Scope.READ);
  }

  static RequestSpecification caller(Scope scope) {
    try {
      var secret = InstallationSecret.read(TestStack.shared().secretFile());
      var token = ServiceToken.mint(secret, "tester", scope, Instant.now());
      return given().header("Authorization", "Bearer " + token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
