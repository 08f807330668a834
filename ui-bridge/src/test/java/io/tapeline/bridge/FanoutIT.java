package io.tapeline.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.tapeline.contract.Topics;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.StackResource;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "ui_bridge"))
@WithTestResource(InnerStub.class)
class FanoutIT {
  /** The account's stream as the stub's answers leave it: as of 4. */
  private static final AtomicLong SEQ = new AtomicLong(4);

  private final Press press = Press.shared();

  @BeforeEach
  void theTapeIsRead() throws InterruptedException {
    press.printText(Topics.INSTRUMENTS, "ESH4", instrument("ESH4", true));
    quote("0.25");
    for (int i = 0; i < 600 && !isReady(); i++) Thread.sleep(100);
    try (var screen = Desk.screen()) {
      // refused until the instrument is read
      for (int i = 0; i < 60; i++) {
        screen.say("{\"op\":\"subscribe\",\"channels\":[\"quote:ESH4\"]}");
        if (screen.sees(item -> isQuote(item) && item.path("data").has("bidPx"))) return;
      }
      throw new AssertionError("no quote: " + screen.items());
    }
  }

  private static boolean isReady() {
    return RestAssured.get("/q/health/ready").statusCode() == 200;
  }

  @AfterEach
  void close() {
    press.close();
  }

  private static String instrument(String symbol, boolean front) {
    return "{\"symbol\":\"%s\",\"root\":\"ES\",\"exchange\":\"XCME\",\"description\":\"d\",\"tickSize\":\"0.25\",\"tickValue\":\"12.5\",\"currency\":\"USD\",\"session\":\"s\",\"venue\":\"sim\",\"front\":%s}"
        .formatted(symbol, front);
  }

  private void quote(String bid) {
    press.printText(Topics.QUOTES, "ESH4", quoteOf(bid));
  }

  private static String quoteOf(String bid) {
    return "{\"symbol\":\"ESH4\",\"bidPx\":\"" + bid + "\"}";
  }

  private void event(long seq, String type, String order) {
    press.printText(
        Topics.ORDER_EVENTS,
        "PRACTICE",
        ("{\"accountId\":\"PRACTICE\",\"seq\":%d,\"v\":1,\"at\":\"2026-01-01T00:00:00.000000Z\",\"event\":{\"type\":\"%s\",\"clOrdId\":\"c%d\",\"execId\":\"X%d\",\"symbol\":\"ESH4\",\"side\":\"BUY\",\"lastQty\":1,\"lastPx\":\"4800.5\"},\"order\":%s}")
            .formatted(seq, type, seq, seq, order));
  }

  private static String order(long seq) {
    return "{\"accountId\":\"PRACTICE\",\"clOrdId\":\"c" + seq + "\",\"seq\":" + seq + "}";
  }

  private static boolean isQuote(JsonNode item) {
    return item.path("ch").asText().equals("quote:ESH4");
  }

  @Test
  void aQuoteComesAsASnapshotAndThenAsMergedChanges() {
    quote("4800.25");
    try (var screen = Desk.screen()) {
      screen.say(
          "{\"op\":\"subscribe\",\"id\":1,\"channels\":[\"quote:ESH4\",\"quote:*\"],\"window\":1000}");
      screen.awaitControl("subscribed", "");
      screen.await(item -> isQuote(item) && item.path("snap").asBoolean());

      press.printAll(
          Topics.QUOTES,
          "ESH4",
          IntStream.range(0, 200).mapToObj(i -> quoteOf(Integer.toString(i))).toList());
      quote("4801.75");
      screen.awaitValue("quote:ESH4", "4801.75");

      assertThat(screen.items().stream().filter(FanoutIT::isQuote).count()).isLessThan(20);
      assertThat(screen.items()).anyMatch(item -> isQuote(item) && item.path("n").asLong() > 10);
    }
  }

  @Test
  void inBinaryTheSameIsTold() {
    try (var screen = Desk.binaryScreen()) {
      assertThat(screen.subprotocol()).isEqualTo("tapeline.v1.bin");
      screen.say(
          "{\"op\":\"subscribe\",\"id\":1,\"channels\":[\"quote:ESH4\",\"orders:PRACTICE\",\"notices:PRACTICE\",\"orders:NOBODY\"]}");
      screen.awaitControl("subscribed", "");
      screen.awaitControl("snapshot", "orders:PRACTICE");
      assertThat(screen.awaitControl("error", "orders:NOBODY").path("reason").asText())
          .isEqualTo("ACCOUNT_NOT_GRANTED");
      press.printText(Topics.ORDER_NOTICES, "PRACTICE", notice("binary"));
      var row =
          "{\"symbol\":\"ESH4\",\"bidPx\":\"4805.50\",\"bidQty\":12,\"askPx\":\"4805.75\",\"askQty\":9,\"at\":\"2026-02-03T14:29:59.988000Z\",\"venueTime\":\"2026-02-03T14:29:59.987000Z\"}";
      press.printText(Topics.QUOTES, "ESH4", row);
      var item = screen.awaitValue("quote:ESH4", "4805.50");
      assertThat(item.path("data").toString()).isEqualTo(row);
      assertThat(item.path("n").asLong()).isPositive();
      assertThat(screen.awaitValue("notices:PRACTICE", "binary").path("k").asText())
          .isEqualTo("binary");
      assertThat(screen.isBinary()).isTrue();
    }
  }

  @Test
  void whatAPageTimedComesBackAmongTheHopsAndItSpeaksOfItsOwnAlone() {
    try (var screen = Desk.screen()) {
      screen.say("{\"op\":\"subscribe\",\"channels\":[\"hops\",\"quote:ESH4\"]}");
      screen.awaitControl("subscribed", "");
      screen.say(
          "{\"op\":\"timed\",\"hops\":{\"hop.tick.all\":[41.5,1e9],\"hop.tick.kafka\":[59000],\"any\":[1]}}");
      quote("4711.25");
      quote("4711.5");
      screen.awaitValue("quote:ESH4", "4711.5");
      quote("4711.75");

      var told =
          screen.await(
              item ->
                  item.path("ch").asText().equals("hops")
                      && hop(item, "hop.tick.all").path("count").asLong() > 0
                      && hop(item, "hop.tick.kafka").path("count").asLong() > 0
                      && hop(item, "hop.tick.bridge").path("count").asLong() > 0);
      assertThat(hop(told, "hop.tick.all").path("max").asDouble()).isEqualTo(41.5);
      assertThat(hop(told, "hop.tick.all").path("budget").asDouble()).isEqualTo(100);
      assertThat(hop(told, "hop.tick.kafka").path("max").asDouble()).isLessThan(59_000);
    }
  }

  private static JsonNode hop(JsonNode item, String name) {
    for (var row : item.path("data").path("items"))
      if (row.path("name").asText().equals(name)) return row;
    return MissingNode.getInstance();
  }

  @Test
  void aPoisonedQuoteSpoilsNothing() {
    try (var screen = Desk.screen()) {
      screen.say("{\"op\":\"subscribe\",\"channels\":[\"quote:ESH4\"]}");
      press.printText(Topics.QUOTES, "ESH4", "{\"bidPx\":");
      press.printText(Topics.QUOTES, "not a symbol", "{}");
      quote("77.5");
      screen.awaitValue("quote:ESH4", "77.5");
    }
  }

  @Test
  void positionsAndTheAccountCarryTheirOwnVersionAndNeverGoBack() {
    try (var screen = Desk.screen()) {
      screen.say(
          "{\"op\":\"subscribe\",\"channels\":[\"positions:PRACTICE\",\"account:PRACTICE\"]}");
      press.printText(
          Topics.POSITIONS,
          "PRACTICE|ESH4",
          "{\"symbol\":\"ESH4\",\"netQty\":2,\"version\":[9,100]}");
      press.printText(
          Topics.POSITIONS,
          "PRACTICE|ESH4",
          "{\"symbol\":\"ESH4\",\"netQty\":1,\"version\":[8,999]}");
      press.printText(
          Topics.ACCOUNTS,
          "PRACTICE",
          "{\"accountId\":\"PRACTICE\",\"equity\":\"50025\",\"version\":[9,100]}");

      var position = screen.awaitValue("positions:PRACTICE", "\"netQty\":2");
      assertThat(position.path("v").toString()).isEqualTo("[9,100]");
      assertThat(position.path("k").asText()).isEqualTo("ESH4");
      screen.awaitValue("account:PRACTICE", "50025");
      assertThat(screen.items()).noneMatch(item -> item.path("data").path("netQty").asInt() == 1);

      press.printText(
          Topics.POSITIONS,
          "PRACTICE|ESH4",
          "{\"symbol\":\"ESH4\",\"netQty\":3,\"version\":[10,1]}");
      screen.awaitValue("positions:PRACTICE", "\"netQty\":3");
    }
  }

  @Test
  void ordersAndFillsStartFromTheirOwnersAnswerGoOnFromTheTapeAndAreResumed() {
    try (var first = Desk.screen()) {
      first.say(
          "{\"op\":\"subscribe\",\"id\":1,\"channels\":[\"orders:PRACTICE\",\"fills:PRACTICE\"]}");
      first.awaitControl("snapshot", "orders:PRACTICE");
      if (SEQ.get() == 4) {
        assertThat(first.awaitValue("orders:PRACTICE", "w1").path("snap").asBoolean()).isTrue();
        first.awaitValue("fills:PRACTICE", "E1");
      }
      long fill = SEQ.incrementAndGet();
      event(fill, "OrderFilled", order(fill));
      long unknown = SEQ.incrementAndGet();
      event(unknown, "SomethingNew", order(unknown));

      assertThat(
              first.awaitValue("fills:PRACTICE", "X" + fill).path("data").path("lastPx").asText())
          .isEqualTo("4800.5");
      assertThat(first.awaitValue("orders:PRACTICE", "c" + unknown).path("v").asLong())
          .isEqualTo(unknown);
      long missed = SEQ.incrementAndGet();
      first.drop();
      event(missed, "OrderAccepted", order(missed));

      try (var again = Desk.screen()) {
        again.say(
            "{\"op\":\"subscribe\",\"id\":2,\"channels\":[\"orders:PRACTICE\"],\"resume\":{\"epoch\":\"%s\",\"cursors\":{\"orders:PRACTICE\":%d}}}"
                .formatted(first.epoch(), unknown));
        again.awaitControl("resumed", "orders:PRACTICE");
        again.awaitValue("orders:PRACTICE", "c" + missed);
        assertThat(
                again.items().stream()
                    .filter(
                        item ->
                            item.path("ch").asText().equals("orders:PRACTICE") && item.has("data")))
            .hasSize(1);
      }
    }
  }

  @Test
  void aNoticeReachesItsAccount() {
    try (var screen = Desk.screen()) {
      screen.say("{\"op\":\"subscribe\",\"channels\":[\"notices:PRACTICE\"]}");
      screen.awaitControl("snapshot", "notices:PRACTICE");
      press.printText(Topics.ORDER_NOTICES, "PRACTICE", notice("n1"));
      assertThat(screen.awaitValue("notices:PRACTICE", "n1").path("k").asText()).isEqualTo("n1");
    }
  }

  @Test
  void noticesCanBeReadAgainNewestFirst() {
    try (var screen = Desk.screen()) {
      screen.say("{\"op\":\"subscribe\",\"channels\":[\"notices:PRACTICE\"]}");
      screen.awaitControl("snapshot", "notices:PRACTICE");
      for (var id : List.of("again-1", "again-2", "again-3"))
        press.printText(Topics.ORDER_NOTICES, "PRACTICE", notice(id));
      screen.awaitValue("notices:PRACTICE", "again-3");
    }
    var page = notices("PRACTICE", "?limit=2").statusCode(200).extract().jsonPath();
    assertThat(page.getList("items.id")).containsExactly("again-3", "again-2");
    assertThat(page.getLong("asOfSeq")).isPositive();
    var next = notices("PRACTICE", "?limit=1&cursor=" + page.getString("next")).statusCode(200);
    assertThat(next.extract().jsonPath().getList("items.id")).containsExactly("again-1");
    notices("PRACTICE", "?limit=0").statusCode(400).body("reason", equalTo("MALFORMED_REQUEST"));
    Desk.launcher().delete("/api/grants/owner/REPLAY");
    try {
      notices("REPLAY", "").statusCode(403).body("reason", equalTo("ACCOUNT_NOT_GRANTED"));
    } finally {
      Desk.launcher().put("/api/grants/owner/REPLAY");
    }
  }

  private static ValidatableResponse notices(String account, String query) {
    return Desk.browser().get("/api/accounts/" + account + "/notices" + query).then();
  }

  private static String notice(String id) {
    return "{\"id\":\"%s\",\"accountId\":\"PRACTICE\",\"severity\":\"INFO\",\"code\":\"C\",\"text\":\"t\",\"params\":{},\"at\":\"2026-01-01T00:00:00.000000Z\"}"
        .formatted(id);
  }

  @Test
  void aPriceAlertReachesItsUserAndNobodyElse() {
    try (var screen = Desk.screen()) {
      screen.say("{\"op\":\"subscribe\",\"channels\":[\"alerts\"]}");
      screen.awaitControl("snapshot", "alerts");
      press.printText(Topics.MARKET_NOTICES, "@owner", alert("alert:theirs", "@somebody"));
      press.printText(Topics.MARKET_NOTICES, "@owner", alert("alert:mine", "@owner"));
      assertThat(screen.awaitValue("alerts", "alert:").path("k").asText()).isEqualTo("alert:mine");
    }
  }

  private static String alert(String id, String user) {
    return "{\"id\":\"%s\",\"accountId\":\"%s\",\"severity\":\"WARNING\",\"code\":\"PRICE_ALERT\",\"text\":\"t\",\"params\":{},\"at\":\"2026-01-01T00:00:00.000000Z\"}"
        .formatted(id, user);
  }

  @Test
  void aBarIsSeenAsItForms() {
    try (var screen = Desk.screen()) {
      screen.say("{\"op\":\"subscribe\",\"channels\":[\"bar:ESH4:1m\"]}");
      screen.awaitControl("snapshot", "bar:ESH4:1m");
      press.printText(Topics.FORMING_BARS, "ESH4|1m", bar(3, false));
      screen.awaitValue("bar:ESH4:1m", "\"trades\":3");
      press.printText(Topics.FORMING_BARS, "ESH4|1m", bar(4, false));
      press.printText(Topics.BARS, "ESH4|1m", bar(5, true));
      screen.awaitValue("bar:ESH4:1m", "\"final\":true");
    }
  }

  private static String bar(int trades, boolean isFinal) {
    return "{\"symbol\":\"ESH4\",\"interval\":\"1m\",\"start\":\"2026-01-01T00:00:00.000000Z\",\"open\":\"1\",\"high\":\"1\",\"low\":\"1\",\"close\":\"1\",\"volume\":9,\"trades\":%d,\"final\":%s,\"source\":\"sim\",\"revision\":0}"
        .formatted(trades, isFinal);
  }

  @Test
  void aRoundTripReachesItsAccountOnce() {
    try (var screen = Desk.screen()) {
      screen.say("{\"op\":\"subscribe\",\"channels\":[\"trades:PRACTICE\"]}");
      screen.awaitControl("snapshot", "trades:PRACTICE");
      press.printText(Topics.TRADES, "PRACTICE", "{\"tradeId\":\"t1\",\"pnl\":\"12.5\"}");
      assertThat(screen.awaitValue("trades:PRACTICE", "12.5").path("k").asText()).isEqualTo("t1");
    }
  }

  @Test
  void whatCannotBeFollowedIsRefusedByName() {
    Desk.launcher().delete("/api/grants/owner/REPLAY");
    try (var screen = Desk.screen()) {
      screen.say(
          "{\"op\":\"subscribe\",\"id\":7,\"channels\":[\"bar:ESH4:61m\",\"quote:XXH4\",\"orders:REPLAY\",\"orders:NOBODY\"]}");
      assertThat(screen.awaitControl("error", "bar:ESH4:61m").path("reason").asText())
          .isEqualTo("UNKNOWN_CHANNEL");
      assertThat(screen.awaitControl("error", "quote:XXH4").path("reason").asText())
          .isEqualTo("UNKNOWN_SYMBOL");
      assertThat(screen.awaitControl("error", "orders:REPLAY").path("reason").asText())
          .isEqualTo("ACCOUNT_NOT_GRANTED");
      assertThat(screen.awaitControl("error", "orders:NOBODY").path("reason").asText())
          .isEqualTo("ACCOUNT_NOT_GRANTED");
      screen.say("{\"op\":\"ping\",\"id\":8}");
      assertThat(screen.awaitControl("pong", "").path("id").asLong()).isEqualTo(8);
    } finally {
      Desk.launcher().put("/api/grants/owner/REPLAY");
    }
  }

  @Test
  void aStreamStopsWhenItsAccountIsTakenAway() {
    try (var screen = Desk.screen()) {
      screen.say("{\"op\":\"subscribe\",\"channels\":[\"account:REPLAY\"]}");
      screen.awaitControl("snapshot", "account:REPLAY");
      Desk.launcher().delete("/api/grants/owner/REPLAY").then().statusCode(204);
      assertThat(screen.awaitControl("error", "account:REPLAY").path("reason").asText())
          .isEqualTo("ACCOUNT_NOT_GRANTED");
    } finally {
      Desk.launcher().put("/api/grants/owner/REPLAY");
    }
  }

  @Test
  void signingOutEndsTheSocketToo() {
    var cookie = Desk.cookie();
    try (var screen = Screen.open(Desk.socket(), Map.of("Cookie", "tapeline_session=" + cookie))) {
      RestAssured.given()
          .cookie("tapeline_session", cookie)
          .header("X-Tapeline", "1")
          .post("/api/sign-out")
          .then()
          .statusCode(204);
      assertThat(screen.awaitClose()).isEqualTo(4401);
    }
  }

  @Test
  void whoTalksNonsenseIsToldAndCutOff() {
    try (var screen = Desk.screen()) {
      screen.say("{\"op\":\"subscribe\"");
      screen.await(item -> item.path("op").asText().equals("error"));
      assertThat(screen.awaitClose()).isEqualTo(4400);
    }
    try (var screen = Desk.screen()) {
      screen.sayBytes();
      assertThat(screen.awaitClose()).isEqualTo(4400);
    }
    try (var screen = Desk.screen()) {
      screen.say("\"" + "x".repeat(40_000) + "\"");
      assertThat(screen.awaitClose()).isNotZero();
    } catch (CompletionException _) {
      // cut off while still talking
    }
    try (var screen = Desk.screen()) {
      for (int i = 0; i < 20_000 && screen.closeCode == 0; i++) screen.say("{\"op\":\"ping\"}");
      assertThat(screen.awaitClose()).isEqualTo(4429);
    } catch (CompletionException _) {
      // cut off while still talking
    }
    assertThat(isReady()).isTrue();
  }

  @Test
  void onlyWhoIsSignedInOnOurOwnPageGetsASocket() {
    assertThat(refusal(Desk.socket(), Map.of())).isEqualTo(401);
    assertThat(refusal(Desk.socket(), Map.of("Cookie", "tapeline_session=forged"))).isEqualTo(401);
    assertThat(refusal(Desk.socket(), Map.of("Authorization", "Bearer tpl_forged"))).isEqualTo(401);
    assertThat(
            refusal(
                Desk.socket(),
                Map.of(
                    "Cookie",
                    "tapeline_session=" + Desk.cookie(),
                    "Origin",
                    "https://evil.example")))
        .isEqualTo(403);
    try (var screen =
        Screen.open(
            Desk.socket(),
            Map.of(
                "Cookie", "tapeline_session=" + Desk.cookie(),
                "Origin", "http://localhost:" + RestAssured.port))) {
      screen.say("{\"op\":\"ping\",\"id\":1}");
      screen.awaitControl("pong", "");
    }
  }

  private static int refusal(URI at, Map<String, String> headers) {
    var refused = new int[1];
    assertThatThrownBy(() -> Screen.open(at, headers).close())
        .satisfies(
            e -> {
              var cause = e.getCause();
              while (!(cause instanceof WebSocketHandshakeException)) cause = cause.getCause();
              refused[0] = ((WebSocketHandshakeException) cause).getResponse().statusCode();
            });
    return refused[0];
  }
}
