package io.tapeline.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tapeline.contract.VenueReport;
import io.tapeline.orders.app.AccountDesks;
import io.tapeline.service.AccountPartition;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.TestStack;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Orders moved on the chart: every case that the desk before this one got wrong. */
@QuarkusTest
@TestProfile(OrderServiceIT.SmallMemory.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "order_service"))
class DraggedOrdersIT {
  @Inject AccountDesks desks;

  @Test
  void aDragThatEndsBetweenTwoTicksIsSnappedToTheSafeSideAndSaysSo() {
    try (var venue = ScriptedVenue.of("DRAG-TICK")) {
      venue.works("a", 2, "5000", null);
      var dragged = venue.drag("a", "\"price\":\"5001.30\"");
      assertThat(dragged.statusCode()).isEqualTo(202);
      assertThat(dragged.path("price").toString()).as("not before the venue").isEqualTo("5000.00");
      assertThat(dragged.path("pending[0].kind").toString()).isEqualTo("REPLACE");
      assertThat(dragged.path("pending[0].price").toString()).isEqualTo("5001.25");
      venue.replaces("a", 2, 2, "5001.25");
      venue.await("a", "price", "5001.25");
      assertThat(venue.order("a").path("snapped.from").toString()).isEqualTo("5001.30");
      refused(venue.drag("a", "\"price\":\"5001.30\",\"strict\":true"), 422, "OFF_TICK");
      venue.verified();
    }
  }

  @Test
  void aLimitOrderHasNoStopAndANullOneChangesNothing() {
    try (var venue = ScriptedVenue.of("DRAG-NULL")) {
      venue.works("a", 2, "5000", null);
      var dragged = venue.drag("a", "\"price\":\"5001\",\"stopPx\":null,\"trail\":null");
      assertThat(dragged.statusCode()).as(dragged.asString()).isEqualTo(202);
      venue.replaces("a", 2, 2, "5001");
      venue.await("a", "price", "5001.00");
      var stopped = venue.drag("a", "\"stopPx\":\"4999\"");
      refused(stopped, 422, "INVALID_PRICE_FOR_TYPE");
      assertThat(stopped.path("params.field").toString()).isEqualTo("stopPx");
      assertThat(venue.order("a").path("capabilities.stopPx.reason").toString())
          .as("the row says what the command was told")
          .isEqualTo("INVALID_PRICE_FOR_TYPE");
      venue.verified();
    }
  }

  @Test
  void anOrderFromYesterdayIsListedAndCanBeDragged() throws SQLException {
    try (var venue = ScriptedVenue.of("DRAG-OLD")) {
      venue.works("a", 2, "5000", null);
      var partition = AccountPartition.of("DRAG-OLD");
      desks.disown(partition).join();
      madeYesterday("DRAG-OLD");
      desks.own(partition).await().atMost(ScriptedVenue.SOON);
      ScriptedVenue.eventually(() -> venue.order("a").statusCode() == 200);
      var createdAt = Instant.parse(venue.order("a").path("createdAt").toString());
      assertThat(createdAt).isBefore(Instant.now().minusSeconds(12 * 3_600));
      assertThat(venue.get("orders").jsonPath().getList("items.clOrdId")).containsExactly("a");
      assertThat(venue.drag("a", "\"price\":\"5002\"").statusCode()).isEqualTo(202);
      venue.replaces("a", 2, 2, "5002");
      venue.await("a", "price", "5002.00");
    }
  }

  @Test
  void theVenuesCodeThreeIsItsOwnAndMakesNoBracketOfAnyOrder() {
    try (var venue = ScriptedVenue.of("DRAG-CODE")) {
      for (var order : new String[][] {{"tagged", "breakout"}, {"untagged", null}}) {
        var id = order[0];
        venue.works(id, 2, "5000", order[1]);
        assertThat(venue.drag(id, "\"price\":\"5001\"").statusCode()).isEqualTo(202);
        venue.says(new VenueReport.ReplaceRejected(id, 2, "3", "order cannot be modified now"));
        venue.await(id, "venueCode", "3");
        var row = venue.order(id);
        assertThat(row.path("venueText").toString()).isEqualTo("order cannot be modified now");
        assertThat(row.path("ordStatus").toString()).isEqualTo("NEW");
        assertThat(row.path("price").toString()).isEqualTo("5000.00");
        assertThat(row.path("role").toString()).isEqualTo("STANDALONE");
        assertThat((boolean) row.path("capabilities.price.allowed")).isTrue();
        assertThat(row.jsonPath().getList("pending")).isEmpty();
        assertThat(venue.drag(id, "\"price\":\"5001\"").statusCode()).isEqualTo(202);
      }
      venue.verified();
    }
  }

  @Test
  void aFillDuringTheDragIsNotLostAndMakesTheNextDragLookAgain() {
    try (var venue = ScriptedVenue.of("DRAG-FILL")) {
      venue.works("a", 5, "5000", null);
      var seen = ((Number) venue.order("a").path("version")).longValue();
      assertThat(venue.drag("a", seen, "\"price\":\"5001\"", null).statusCode()).isEqualTo(202);
      venue.fills("a", "E1", 2, "5000");
      venue.await("a", "cumQty", 2);
      var stale = venue.drag("a", seen, "\"price\":\"5002\"", null);
      refused(stale, 409, "STALE_VERSION");
      assertThat((int) stale.path("order.cumQty")).isEqualTo(2);
      assertThat((int) stale.path("order.version")).isGreaterThan((int) seen);
      venue.replaces("a", 2, 5, "5001");
      venue.await("a", "price", "5001.00");
      assertThat((int) venue.order("a").path("leavesQty")).isEqualTo(3);
      venue.fills("a", "E2", 3, "5001");
      venue.await("a", "ordStatus", "FILLED");
      venue.verified();
    }
  }

  @Test
  void theSameDragTwiceIsOneChange() {
    try (var venue = ScriptedVenue.of("DRAG-TWICE")) {
      venue.works("a", 2, "5000", null);
      var version = ((Number) venue.order("a").path("version")).longValue();
      var first = venue.drag("a", version, "\"price\":\"5001\"", "drag-1");
      assertThat(first.statusCode()).isEqualTo(202);
      var again = venue.drag("a", version, "\"price\":\"5001\"", "drag-1");
      assertThat(again.asString()).isEqualTo(first.asString());
      venue.replaces("a", 2, 2, "5001");
      venue.await("a", "price", "5001.00");
      // though the version has moved, and what is asked for is so
      assertThat(venue.drag("a", version, "\"price\":\"5001\"", "drag-1").asString())
          .isEqualTo(first.asString());
      refused(venue.drag("a", version, "\"price\":\"5003\"", "drag-1"), 409, "DUPLICATE_CL_ORD_ID");
      var types = venue.get("orders/a/history").jsonPath().<String>getList("items.event.type");
      assertThat(types)
          .containsExactly("OrderSubmitted", "OrderAccepted", "ReplaceRequested", "OrderReplaced");
      assertThat(venue.get("orders/a/history").jsonPath().getString("items[2].event.by"))
          .isEqualTo("ada");
      venue.verified();
    }
  }

  @Test
  void aLegsPriceMayBeDraggedAndItsQuantityFollowsThePosition() {
    try (var venue = ScriptedVenue.of("DRAG-LEGS")) {
      var placed =
          venue.post(
              "orders",
              """
              {"clOrdId":"e","symbol":"ESH6","side":"BUY","ordType":"LIMIT","orderQty":2,"price":"5000",\
              "bracket":{"takeProfit":[{"ticks":20}],"stopLoss":{"ticks":10}}}""");
      assertThat(placed.statusCode()).as(placed.asString()).isEqualTo(201);
      venue.accepts("e");
      venue.fills("e", "E1", 2, "5000");
      venue.await("e.sl", "ordStatus", "NEW");
      var leg = venue.order("e.sl");
      assertThat(leg.path("role").toString()).isEqualTo("STOP_LOSS");
      assertThat(leg.path("parentClOrdId").toString()).isEqualTo("e");
      assertThat((boolean) leg.path("capabilities.stopPx.allowed")).isTrue();
      assertThat(leg.path("capabilities.qty.reason").toString())
          .isEqualTo("BRACKET_CHILD_QTY_FOLLOWS_POSITION");
      assertThat(venue.drag("e.sl", "\"stopPx\":\"4998.60\"").statusCode()).isEqualTo(202);
      venue.await("e.sl", "stopPx", "4998.50");
      refused(venue.drag("e.sl", "\"orderQty\":1"), 422, "BRACKET_CHILD_QTY_FOLLOWS_POSITION");
      assertThat((int) venue.order("e.sl").path("orderQty")).isEqualTo(2);
      venue.verified();
    }
  }

  @Test
  void tradingIsHaltedWithAReasonAndTheListTellsHowOrdersWere() {
    try (var venue = ScriptedVenue.of("STATES")) {
      venue.works("a", 1, "5000", null);
      var before = Instant.now();
      var halted = venue.post("trading-state", "{\"state\":\"HALTED\",\"reason\":\"news\"}");
      assertThat(halted.statusCode()).isEqualTo(202);
      assertThat(halted.path("tradingState").toString()).isEqualTo("HALTED");
      assertThat(venue.get("trading-state").path("tradingState").toString()).isEqualTo("HALTED");
      assertThat(venue.get("commands/" + halted.path("commandId")).path("state").toString())
          .isEqualTo("ACCEPTED");
      refused(venue.place("b", 1, "5000", null), 422, "TRADING_HALTED");
      refused(venue.drag("a", "\"price\":\"5001\""), 422, "TRADING_HALTED");
      assertThat(venue.post("trading-state", "{\"state\":\"ACTIVE\"}").statusCode()).isEqualTo(202);

      venue.says(new VenueReport.Canceled("a", "Va", null, null));
      venue.await("a", "ordStatus", "CANCELED");
      var then = venue.get("orders?state=working&asOf=" + before);
      assertThat(then.jsonPath().getList("items.clOrdId")).containsExactly("a");
      assertThat(then.jsonPath().getString("items[0].ordStatus")).isEqualTo("NEW");
      assertThat(venue.get("orders").jsonPath().getList("items")).isEmpty();
      assertThat(venue.get("orders?state=all&from=" + before).jsonPath().getList("items.clOrdId"))
          .containsExactly("b");
      assertThat(venue.get("orders?state=all&to=" + before).jsonPath().getList("items.clOrdId"))
          .startsWith("a");
      refused(venue.get("orders?from=yesterday"), 400, "MALFORMED_REQUEST");
      venue.verified();
    }
  }

  /** As if everything of the account had happened a day ago. */
  private static void madeYesterday(String account) throws SQLException {
    var today = LocalDate.now(ZoneOffset.UTC);
    var yesterday = today.minusDays(1);
    try (var connection = TestStack.shared().connect("order_service");
        var snapshots =
            connection.prepareStatement("delete from account_snapshot where account_id = ?");
        var lines =
            connection.prepareStatement(
                "update account_event set at = at - interval '1 day', body = replace(replace(body, ?, ?), ?, ?) where account_id = ?")) {
      snapshots.setString(1, account);
      snapshots.executeUpdate();
      // a line written before midnight bears the date of yesterday already
      lines.setString(1, yesterday + "T");
      lines.setString(2, yesterday.minusDays(1) + "T");
      lines.setString(3, today + "T");
      lines.setString(4, yesterday + "T");
      lines.setString(5, account);
      lines.executeUpdate();
    }
  }

  private static void refused(Response response, int status, String reason) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.path("reason").toString()).isEqualTo(reason);
    assertThat(response.contentType()).startsWith("application/problem+json");
  }
}
