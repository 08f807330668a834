package io.tapeline.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tapeline.contract.FeedState;
import io.tapeline.contract.VenueReport;
import io.tapeline.testkit.StackResource;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the market's state and the risk rules allow, as they are told on their topics. */
@QuarkusTest
@TestProfile(OrderServiceIT.SmallMemory.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "order_service"))
class MarketStatesIT {
  private static final String OTHER = "ESM6";

  @Test
  void anOrderOfTheDayEndsWithItsSessionAndAHaltEndsNone() {
    try (var venue = ScriptedVenue.of("SESSION")) {
      venue.lists(OTHER);
      venue.status(OTHER, "OPEN", FeedState.LIVE, Instant.now());
      // an answer is for ever: until the contract is known every try needs its own id
      ScriptedVenue.eventually(
          () -> stop(venue, "p" + System.nanoTime(), "GTC").statusCode() == 201);
      assertThat(stop(venue, "day", "DAY").statusCode()).isEqualTo(201);
      venue.await("day", "ordStatus", "NEW");
      assertThat(stop(venue, "gtc", "GTC").statusCode()).isEqualTo(201);

      venue.status(OTHER, "HALTED", FeedState.LIVE, Instant.now());
      ScriptedVenue.eventually(
          () -> isDenied(market(venue, "h" + System.nanoTime(), "BUY"), 422, "SESSION_CLOSED"));
      assertThat(venue.order("day").path("ordStatus").toString()).isEqualTo("NEW");

      venue.status(OTHER, "CLOSED", FeedState.QUIET, Instant.now());
      venue.await("day", "ordStatus", "EXPIRED");
      assertThat(venue.order("gtc").path("ordStatus").toString()).isEqualTo("NEW");
      var closed = market(venue, "c" + System.nanoTime(), "BUY");
      assertThat(isDenied(closed, 422, "SESSION_CLOSED")).as(closed.asString()).isTrue();
      assertThat(closed.path("params.session").toString()).isEqualTo("CLOSED");
      assertThat(venue.delete("gtc").statusCode()).as("a cancel always passes").isEqualTo(202);

      venue.status(OTHER, "OPEN", FeedState.LIVE, Instant.now());
      ScriptedVenue.eventually(
          () -> market(venue, "o" + System.nanoTime(), "BUY").statusCode() == 201);
      venue.verified();
    }
  }

  @Test
  void pricesThatAreNotTrustedAllowNoNewRiskAndEverythingElse() {
    try (var venue = ScriptedVenue.of("DISTRUST")) {
      venue.works("in", 2, "5000", null);
      venue.works("rests", 1, "4999", null);
      venue.fills("in", "DT-1", 2, "5000");
      venue.await("in", "ordStatus", "FILLED");
      // its own state, so that nobody else's market is distrusted
      venue.status("ESH6", "OPEN", FeedState.STALLED, Instant.now().minusSeconds(60));
      try {
        ScriptedVenue.eventually(
            () ->
                isDenied(
                    venue.place("n" + System.nanoTime(), 1, "4999", null),
                    503,
                    "FEED_NOT_TRUSTED"));
        assertThat(isDenied(venue.drag("rests", "\"price\":\"4999.25\""), 503, "FEED_NOT_TRUSTED"))
            .isTrue();
        assertThat(venue.delete("rests").statusCode()).isEqualTo(202);
        assertThat(venue.post("positions/ESH6/close", "{\"qty\":1}").statusCode()).isEqualTo(202);
        var flatten = venue.post("flatten", "{}");
        assertThat(flatten.statusCode()).isEqualTo(202);
      } finally {
        venue.status("ESH6", "OPEN", FeedState.LIVE, Instant.now());
      }
      ScriptedVenue.eventually(
          () ->
              !isDenied(
                  venue.place("t" + System.nanoTime(), 1, "4999", null), 503, "FEED_NOT_TRUSTED"));
      venue.verified();
    }
  }

  @Test
  void whatTheRiskRulesAskForIsDoneOnceAndLiftedByThemAlone() {
    try (var venue = ScriptedVenue.of("RULED")) {
      venue.works("in", 2, "5000", null);
      venue.fills("in", "RU-1", 2, "5000");
      venue.await("in", "ordStatus", "FILLED");
      venue.risk("LIQUIDATE", "risk-1", "DAILY_LOSS_LIMIT", 10);
      ScriptedVenue.eventually(() -> "CLOSING".equals(venue.get("commands/risk-1").path("state")));
      var closing = venue.get("orders").path("items[0].clOrdId").toString();
      venue.sells(closing, "RU-2", 2, "4990");
      ScriptedVenue.eventually(() -> "FLAT".equals(venue.get("commands/risk-1").path("state")));
      var refused = venue.place("n1", 1, "4990", null);
      assertThat(isDenied(refused, 422, "DAILY_LOSS_LIMIT")).as(refused.asString()).isTrue();
      // the same again, and an older word
      venue.risk("LIQUIDATE", "risk-1", "DAILY_LOSS_LIMIT", 11);
      venue.risk("NONE", null, null, 9);
      venue.risk("LIQUIDATE", "risk-1", "DAILY_LOSS_LIMIT", 12);
      venue.risk("NONE", null, null, 13);
      ScriptedVenue.eventually(
          () -> venue.place("n" + System.nanoTime(), 1, "4990", null).statusCode() == 201);
      ScriptedVenue.eventually(() -> types(venue).contains("RiskUnlocked"));
      assertThat(types(venue)).containsOnlyOnce("RiskLocked", "RiskUnlocked", "FlattenStarted");
      venue.verified();
    }
  }

  @Test
  void whereTheVenueSaysSoTheBestPricesReachAStopAndNotTheLastTrade() {
    try (var venue = ScriptedVenue.of("QUOTED", "quoted", "BID_ASK")) {
      var placed =
          venue.post(
              "orders",
              """
              {"clOrdId":"s","symbol":"ESH6","side":"SELL","ordType":"STOP","orderQty":1,"stopPx":"4990"}""");
      assertThat(placed.statusCode()).as(placed.asString()).isEqualTo(201);
      venue.prints(1, "4980");
      venue.quotes("ESH6", "4995", "5000");
      venue.quotes("ESH6", "4990", "4995");
      venue.await("s", "pending[0].kind", "NEW");
      var types = venue.get("orders/s/history").jsonPath().<String>getList("items.event.type");
      assertThat(types).containsExactly("OrderHeld", "OrderTriggered", "OrderReleased");
      venue.says(new VenueReport.Accepted("s", "Vs"));
      venue.sells("s", "QU-1", 1, "4990");
      venue.await("s", "ordStatus", "FILLED");
      venue.verified();
    }
  }

  private static java.util.List<String> types(ScriptedVenue venue) {
    return venue.lines(1).stream().map(line -> line.path("event").path("type").asText()).toList();
  }

  private static Response stop(ScriptedVenue venue, String id, String time) {
    return venue.post(
        "orders",
        """
        {"clOrdId":"%s","symbol":"%s","side":"SELL","ordType":"STOP","orderQty":1,"stopPx":"4990","timeInForce":"%s"}"""
            .formatted(id, OTHER, time));
  }

  private static Response market(ScriptedVenue venue, String id, String side) {
    return venue.post(
        "orders",
        """
        {"clOrdId":"%s","symbol":"%s","side":"%s","ordType":"MARKET","orderQty":1}"""
            .formatted(id, OTHER, side));
  }

  private static boolean isDenied(Response response, int status, String reason) {
    return response.statusCode() == status && reason.equals(response.path("reason"));
  }
}
