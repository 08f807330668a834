package io.tapeline.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapeline.contract.VenueReport;
import io.tapeline.testkit.StackResource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Brackets and processes over REST, against a venue that watches no stops. */
@QuarkusTest
@TestProfile(OrderServiceIT.SmallMemory.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "order_service"))
class BracketsIT {
  @Test
  void anEntryIsProtectedForWhatIsFilledAndATradeOfTheMarketTriggersItsStop() {
    try (var venue = ScriptedVenue.of("BRACKETS")) {
      var placed =
          venue.post(
              "orders",
              """
              {"clOrdId":"e","symbol":"ESH6","side":"BUY","ordType":"LIMIT","orderQty":4,"price":"5000",\
              "bracket":{"takeProfit":[{"ticks":8}],"stopLoss":{"ticks":10,"trail":10},"breakeven":{"afterTicks":20}}}""");
      assertThat(placed.statusCode()).as(placed.asString()).isEqualTo(201);
      assertThat(placed.path("role").toString()).isEqualTo("ENTRY");
      assertThat(venue.order("e.sl").path("ordStatus").toString()).isEqualTo("PENDING_NEW");
      venue.accepts("e");
      venue.fills("e", "BR-1", 3, "5000");
      venue.await("e.sl", "orderQty", 3);
      venue.await("e.sl", "stopPx", "4997.50");
      assertThat((boolean) venue.order("e.sl").path("emulated")).isTrue();
      venue.await("e.tp1", "price", "5002.00");
      assertThat(venue.order("e.sl").path("capabilities.qty.reason").toString())
          .isEqualTo("BRACKET_CHILD_QTY_FOLLOWS_POSITION");
      venue.accepts("e.tp1");
      venue.prints(1, "5001");
      venue.await("e.sl", "stopPx", "4998.50");
      venue.prints(2, "4998.25");
      venue.await("e.sl", "pending[0].kind", "NEW");
      venue.sells("e.sl", "BR-2", 3, "4998.25");
      venue.await("e.sl", "ordStatus", "FILLED");
      venue.await("e.tp1", "pending.kind", List.of("CANCEL"));
      venue.verified();
    }
  }

  @Test
  void aFlattenIsAProcessAndTellsHowItWent() {
    try (var venue = ScriptedVenue.of("FLATTENED")) {
      venue.works("a", 2, "5000", null);
      venue.fills("a", "FL-1", 1, "5000");
      venue.await("a", "cumQty", 1);
      var asked = venue.post("flatten", "{}");
      assertThat(asked.statusCode()).as(asked.asString()).isEqualTo(202);
      var command = "commands/" + asked.path("commandId");
      // the rest of a could only open more: what is held is closed without its answer
      assertThat(venue.get(command).path("state").toString()).isEqualTo("CLOSING");
      var closing = venue.get("orders").path("items.find { it.clOrdId != 'a' }.clOrdId").toString();
      venue.says(new VenueReport.Canceled("a", "Va", null, null));
      venue.sells(closing, "FL-2", 1, "4999");
      ScriptedVenue.eventually(() -> "FLAT".equals(venue.get(command).path("state")));
      assertThat(venue.get("trading-state").path("tradingState").toString()).isEqualTo("ACTIVE");
      var again = venue.post("positions/ESH6/close", "{}");
      assertThat(again.statusCode()).as("flat is closed already").isEqualTo(202);
      venue.verified();
    }
  }
}
