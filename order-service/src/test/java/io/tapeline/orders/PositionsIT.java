package io.tapeline.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapeline.contract.VenueReport;
import io.tapeline.testkit.StackResource;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands about positions and siblings over REST, and what the venue makes of them. */
@QuarkusTest
@TestProfile(OrderServiceIT.SmallMemory.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "order_service"))
class PositionsIT {
  @Test
  void aPositionIsReversedByOneOrderAndWhatProtectedItEnds() {
    try (var venue = ScriptedVenue.of("REVERSED")) {
      isLong(venue, 2, "RV-1");
      var protectedBy = bracket(venue);
      var asked = venue.post("positions/ESH6/reverse", "{}");
      assertThat(asked.statusCode()).as(asked.asString()).isEqualTo(202);
      venue.await(protectedBy + ".sl", "ordStatus", "CANCELED");
      var order = working(venue, "MARKET");
      assertThat(venue.order(order).path("side").toString()).isEqualTo("SELL");
      assertThat((int) venue.order(order).path("orderQty")).isEqualTo(4);
      venue.accepts(order);
      venue.sells(order, "RV-2", 4, "5000");
      venue.await(order, "ordStatus", "FILLED");
      var again = venue.post("positions/ESH6/close", "{\"qty\":3}");
      assertThat(again.path("params.reducible").toString()).as("it is short two").isEqualTo("2");
      venue.verified();
    }
  }

  @Test
  void aBracketIsAttachedToAPositionAsItStands() {
    try (var venue = ScriptedVenue.of("PROTECTED")) {
      isLong(venue, 3, "PR-1");
      var id = bracket(venue);
      venue.await(id + ".sl", "stopPx", "4978.00");
      venue.await(id + ".tp1", "price", "4983.00");
      assertThat((int) venue.order(id + ".sl").path("orderQty")).isEqualTo(3);
      assertThat(venue.order(id + ".sl").path("role").toString()).isEqualTo("STOP_LOSS");
      assertThat(venue.order(id + ".sl").path("parentClOrdId").toString()).isEqualTo(id);
      venue.accepts(id + ".tp1");
      venue.sells(id + ".tp1", "PR-2", 1, "4983");
      venue.await(id + ".sl", "orderQty", 2);
      venue.verified();
    }
  }

  @Test
  void siblingsShrinkAndEndTogetherAndWhatBothTradedIsToldAndTakenBack() {
    try (var venue = ScriptedVenue.of("SIBLINGS")) {
      sibling(venue, "a", 3, "4998");
      sibling(venue, "b", 3, "4996");
      venue.fills("a", "SB-1", 1, "4998");
      venue.await("b", "pending[0].orderQty", 2);
      venue.replaces("b", 2, 2, "4996");
      venue.await("b", "orderQty", 2);
      // the other one trades before the cancel reaches it
      venue.fills("a", "SB-2", 2, "4998");
      venue.await("b", "pending.kind", List.of("CANCEL"));
      venue.fills("b", "SB-3", 2, "4996");
      venue.await("b", "ordStatus", "FILLED");
      venue.told("OCO_OVERFILLED");
      var restore = working(venue, "MARKET");
      assertThat(venue.order(restore).path("side").toString()).isEqualTo("SELL");
      assertThat((int) venue.order(restore).path("orderQty")).isEqualTo(2);
      var late = place(venue, "c", 3, "4998");
      assertThat(late.statusCode()).as(late.asString()).isEqualTo(409);
      assertThat(late.path("reason").toString()).isEqualTo("OCO_GROUP_OVER");
      venue.verified();
    }
  }

  @Test
  void executionsSayWhatTheVenueMadeOfThemSince() {
    try (var venue = ScriptedVenue.of("REVISED")) {
      venue.works("a", 5, "5000", null);
      venue.fills("a", "RE-1", 1, "5000");
      venue.fills("a", "RE-2", 2, "5000");
      venue.says(new VenueReport.Busted("a", "Va", "RE-1", "error trade"));
      venue.says(
          new VenueReport.Corrected(
              "a", "Va", "RE-2", "RE-2c", 1, new BigDecimal("5000.25"), null, null));
      // taken back before it is told, and of an order nobody placed here
      venue.says(new VenueReport.Busted(null, "F1", "RE-3", "error trade"));
      venue.says(
          new VenueReport.Filled(
              null,
              "F1",
              "RE-3",
              "ESH6",
              io.tapeline.model.Side.BUY,
              1,
              new BigDecimal("5000"),
              null,
              null));
      ScriptedVenue.eventually(() -> venue.get("fills").jsonPath().getList("items").size() == 4);
      var fills = venue.get("fills").jsonPath();
      assertThat(fills.<String>getList("items.execId"))
          .containsExactly("RE-3", "RE-2c", "RE-2", "RE-1");
      assertThat(fills.<String>getList("items.revised"))
          .containsExactly("BUSTED", null, "CORRECTED", "BUSTED");
      assertThat(fills.getString("items[2].correctedBy")).isEqualTo("RE-2c");
      assertThat(fills.getString("items[1].corrects")).isEqualTo("RE-2");
      venue.await("a", "cumQty", 1);
      venue.says(new VenueReport.InDoubt("a", io.tapeline.contract.RequestKind.NEW, 1, "late"));
      venue.verified();
    }
  }

  private static void isLong(ScriptedVenue venue, long qty, String execId) {
    venue.works("in", qty, "5000", null);
    // below every market of these tests: its stop is not passed already
    venue.fills("in", execId, qty, "4980");
    venue.await("in", "ordStatus", "FILLED");
  }

  /** Protects all of the position; the bracket's id. */
  private static String bracket(ScriptedVenue venue) {
    var asked =
        venue.post(
            "positions/ESH6/bracket",
            "{\"takeProfit\":[{\"ticks\":12}],\"stopLoss\":{\"ticks\":8}}");
    assertThat(asked.statusCode()).as(asked.asString()).isEqualTo(202);
    var ids = venue.get("orders").jsonPath().<String>getList("items.clOrdId");
    var stop = ids.stream().filter(id -> id.endsWith(".sl")).findFirst().orElseThrow();
    return stop.substring(0, stop.length() - 3);
  }

  private static String working(ScriptedVenue venue, String type) {
    ScriptedVenue.eventually(
        () -> venue.get("orders").jsonPath().<String>getList("items.ordType").contains(type));
    return venue
        .get("orders")
        .jsonPath()
        .getString("items.find { it.ordType == '" + type + "' }.clOrdId");
  }

  private static void sibling(ScriptedVenue venue, String id, long qty, String price) {
    var placed = place(venue, id, qty, price);
    assertThat(placed.statusCode()).as(placed.asString()).isEqualTo(201);
    venue.accepts(id);
  }

  private static io.restassured.response.Response place(
      ScriptedVenue venue, String id, long qty, String price) {
    return venue.post(
        "orders",
        """
        {"clOrdId":"%s","symbol":"ESH6","side":"BUY","ordType":"LIMIT","orderQty":%d,"price":"%s","ocoGroup":"g"}"""
            .formatted(id, qty, price));
  }
}
