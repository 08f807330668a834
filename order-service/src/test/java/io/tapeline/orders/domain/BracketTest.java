package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import io.tapeline.orders.domain.OrderEvent.OcoOverfilled;
import io.tapeline.orders.domain.OrderEvent.OrderSubmitted;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BracketTest {
  private final Ledger ledger = Ledger.reconciled();

  @BeforeEach
  void theVenueDoesAllOfIt() {
    ledger.capabilities = Ledger.NATIVE;
  }

  @Nested
  class AnEntry {
    @Test
    void hasItsLegsAtOnceSuspendedUntilItFills() {
      entry("a", 4, leg(8), leg(12), leg(10));
      assertThat(live("a.sl").standing().hold()).isEqualTo(Hold.PARENT);
      assertThat(live("a.sl").links().role()).isEqualTo(Role.STOP_LOSS);
      assertThat(live("a.tp1").terms().orderQty().lots()).isEqualTo(2);
      assertThat(live("a.tp2").links().parentClOrdId()).isEqualTo(new ClOrdId("a"));
      assertThat(stop("a.sl")).as("where it will be at the limit").isEqualTo(px("4997.5"));
    }

    @Test
    void filledInPartIsProtectedForExactlyThatPart() {
      entry("a", 4, leg(8), leg(12), leg(10));
      ledger.accept("a");
      ledger.fill("a", "E1", 3, "5000");
      assertThat(live("a.sl").terms().orderQty().lots()).isEqualTo(3);
      assertThat(live("a.sl").held()).isFalse();
      assertThat(live("a.tp1").terms().orderQty().lots()).isEqualTo(2);
      assertThat(live("a.tp2").terms().orderQty().lots()).isEqualTo(1);
    }

    @Test
    void grownAsksTheVenueForLargerLegs() {
      entry("a", 4, leg(8), leg(10));
      ledger.fill("a", "E1", 1, "5000");
      ledger.accept("a.sl");
      ledger.accept("a.tp1");
      ledger.fill("a", "E2", 3, "5000");
      assertThat(live("a.sl").asked().orderQty().lots()).isEqualTo(4);
      assertThat(live("a.sl").request(RequestKind.REPLACE)).isNotNull();
    }

    @Test
    void pricesItsLegsFromTheAverageFillRoundedTowardIt() {
      entry("a", 3, leg(8), leg(10));
      ledger.fill("a", "E1", 2, "5000");
      ledger.accept("a.sl");
      ledger.accept("a.tp1");
      assertThat(stop("a.sl")).isEqualTo(px("4997.5"));
      assertThat(limit("a.tp1")).isEqualTo(px("5002"));
      ledger.fill("a", "E2", 1, "4999.75"); // the average is a third of a tick lower
      assertThat(live("a.sl").asked().stopPx()).isEqualTo(px("4997.5"));
      assertThat(live("a.tp1").asked().price()).isEqualTo(px("5001.75"));
    }

    @Test
    void soldIsProtectedTheOtherWayRound() {
      place("a", Side.SELL, 3, new BracketDraft(List.of(leg(8)), leg(10), null));
      ledger.fillSell("a", "E1", 2, "5000");
      ledger.fillSell("a", "E2", 1, "5000.25");
      assertThat(stop("a.sl")).isEqualTo(px("5002.5"));
      assertThat(limit("a.tp1")).isEqualTo(px("4998"));
    }

    @Test
    void thatEndsUnfilledEndsItsLegs() {
      entry("a", 4, leg(8), leg(10));
      ledger.accept("a");
      ledger.canceled("a");
      assertThat(ledger.status("a.sl")).isEqualTo(OrdStatus.CANCELED);
      assertThat(ledger.status("a.tp1")).isEqualTo(OrdStatus.CANCELED);
      assertThat(ledger.state.live().isEmpty()).isTrue();
    }

    @Test
    void thatEndsFilledInPartKeepsItsLegsForThat() {
      entry("a", 4, leg(8), leg(10));
      ledger.fill("a", "E1", 1, "5000");
      ledger.canceled("a");
      assertThat(live("a.sl").leavesQty().lots()).isEqualTo(1);
      assertThat(live("a.tp1").leavesQty().lots()).isEqualTo(1);
    }

    @Test
    void filledAfterItsCancelIsProtectedAllTheSame() {
      entry("a", 4, leg(8), leg(10));
      ledger.canceled("a");
      ledger.fill("a", "E1", 4, "5000");
      assertThat(live("a.sl-2").leavesQty().lots()).isEqualTo(4);
      assertThat(live("a.tp1-2").leavesQty().lots()).isEqualTo(4);
    }

    @Test
    void withoutALegIsIncomplete() {
      place("a", Side.BUY, 1, new BracketDraft(List.of(), null, null));
      ledger.thenDenied(DenialReason.BRACKET_INCOMPLETE);
      entry("b", 1, leg(8), leg(12), leg(10));
      ledger.thenDenied(DenialReason.BRACKET_INCOMPLETE);
      place("c".repeat(31), Side.BUY, 1, new BracketDraft(List.of(leg(8)), leg(10), null));
      ledger.thenDenied(DenialReason.BRACKET_INCOMPLETE);
    }

    @Test
    void namesItsLegsAndNobodyElseMay() {
      entry("a", 1, leg(8), leg(10));
      ledger.sell("a.tp7", 1, "5010");
      ledger.thenDenied(DenialReason.DUPLICATE_CL_ORD_ID);
    }
  }

  @Nested
  class Siblings {
    @BeforeEach
    void filledAndWorking() {
      entry("a", 4, leg(8), leg(12), leg(10));
      ledger.fill("a", "E1", 4, "5000");
      for (var id : List.of("a.sl", "a.tp1", "a.tp2")) ledger.accept(id);
    }

    @Test
    void shrinkWithEachPartialFill() {
      ledger.fillSell("a.tp1", "E2", 1, "5002");
      assertThat(live("a.sl").asked().orderQty().lots()).isEqualTo(3);
      ledger.replaced("a.sl");
      ledger.fillSell("a.sl", "E3", 2, "4997.5");
      assertThat(live("a.tp1").leavesQty().lots()).isEqualTo(1);
      assertThat(live("a.tp2").request(RequestKind.CANCEL)).isNotNull();
    }

    @Test
    void endWithTheLastLot() {
      ledger.fillSell("a.sl", "E2", 4, "4997.5");
      assertThat(live("a.tp1").request(RequestKind.CANCEL)).isNotNull();
      assertThat(live("a.tp2").request(RequestKind.CANCEL)).isNotNull();
    }

    @Test
    void bothFilledAreBookedToldAndTheExcessIsOrderedBackOnce() {
      ledger.fillSell("a.sl", "E2", 4, "4997.5");
      ledger.fillSell("a.tp1", "E3", 2, "5002");
      assertThat(ledger.net()).isEqualTo(-2);
      assertThat(ledger.followed(OcoOverfilled.class).excess()).isEqualTo(2);
      var order = ledger.followed(OrderSubmitted.class);
      assertThat(order.terms().side()).isEqualTo(Side.BUY);
      assertThat(order.terms().orderQty().lots()).isEqualTo(2);
      assertThat(order.terms().reduceOnly()).isTrue();
      ledger.fill("a.fix1", "E4", 2, "5000");
      ledger.canceled("a.tp2");
      assertThat(ledger.net()).isZero();
      assertThat(ledger.state.live().isEmpty()).isTrue();
    }

    @Test
    void movedByHandStayWhereTheyWerePut() {
      ledger.replace("a.tp1", "5003", null, null, null);
      ledger.replaced("a.tp1");
      ledger.fillSell("a.tp2", "E2", 1, "5003");
      assertThat(live("a.tp1").asked().price()).isEqualTo(px("5003"));
    }

    @Test
    void shrinkWhenThePositionIsClosedByHand() {
      ledger.handle(new OrderCommand.ClosePosition("ESH6", 3L, "k1", "ada"));
      assertThat(live("a.sl").asked().orderQty().lots()).as("room is made at once").isEqualTo(1);
      assertThat(live("a.tp2").request(RequestKind.CANCEL)).isNotNull();
      var close = close();
      ledger.fillSell(close, "E2", 3, "5000");
      ledger.replaced("a.sl");
      assertThat(live("a.sl").leavesQty().lots()).isEqualTo(1);
      assertThat(ledger.net()).isEqualTo(1);
    }

    @Test
    void comeBackWhenTheOrderTheyMadeRoomForIsRefused() {
      ledger.handle(new OrderCommand.ClosePosition("ESH6", null, "k1", "ada"));
      assertThat(live("a.sl").request(RequestKind.CANCEL)).isNotNull();
      ledger.canceled("a.sl");
      ledger.report(new VenueFact.Rejected(new ClOrdId(close()), new Order.VenueWords("9", "no")));
      assertThat(live("a.sl-2").leavesQty().lots()).isEqualTo(4);
    }

    @Test
    void givenUpByHandDoNotComeBack() {
      ledger.cancel("a.sl");
      ledger.canceled("a.sl");
      assertThat(ledger.state.order(new ClOrdId("a.sl-2"))).isNull();
      assertThat(live("a.tp1").leavesQty().lots()).isEqualTo(2);
    }

    @Test
    void aStopThatTheVenueRefusesIsKeptHere() {
      ledger.report(
          new VenueFact.Canceled(
              new ClOrdId("a.sl"), live("a.sl").venueOrderId(), new Order.VenueWords("7", "risk")));
      assertThat(live("a.sl-2").standing().hold()).isEqualTo(Hold.TRIGGER);
      assertThat(live("a.sl-2").leavesQty().lots()).isEqualTo(4);
      ledger.market("4997.5");
      assertThat(live("a.sl-2").held()).isFalse();
      assertThat(ReduceOnly.isAtTheMarket(live("a.sl-2"))).isTrue();
    }

    @Test
    void aBustOfTheEntryShrinksThem() {
      ledger.bust("a", "E1");
      assertThat(ledger.net()).isZero();
      for (var id : List.of("a.sl", "a.tp1", "a.tp2"))
        assertThat(live(id).request(RequestKind.CANCEL)).isNotNull();
    }

    private String close() {
      for (var live : ledger.state.live().values())
        if (live.clOrdId().value().startsWith("close.")) return live.clOrdId().value();
      throw new AssertionError("no closing order");
    }
  }

  @Nested
  class AStop {
    @Test
    void trailsAndNeverLoosens() {
      ledger.capabilities = Ledger.NO_STOPS;
      place("a", Side.BUY, 1, new BracketDraft(List.of(), trailing(10, 6), null));
      ledger.fill("a", "E1", 1, "5000");
      assertThat(live("a.sl").standing().hold()).isEqualTo(Hold.TRIGGER);
      assertThat(stop("a.sl")).isEqualTo(px("4997.5"));
      ledger.market("5001");
      assertThat(stop("a.sl")).isEqualTo(px("4999.5"));
      ledger.market("5000");
      assertThat(stop("a.sl")).isEqualTo(px("4999.5"));
      assertThat(live("a.sl").held()).isTrue();
      ledger.market("4999.5");
      assertThat(live("a.sl").held()).isFalse();
    }

    @Test
    void movesToBreakevenAfterSoManyTicks() {
      ledger.capabilities = Ledger.NO_STOPS;
      place("a", Side.BUY, 3, new BracketDraft(List.of(), leg(10), 8L));
      ledger.fill("a", "E1", 2, "5000");
      ledger.fill("a", "E2", 1, "5000.25");
      ledger.market("5002");
      assertThat(stop("a.sl")).isEqualTo(px("4997.75"));
      ledger.market("5002.25");
      assertThat(stop("a.sl")).as("where nothing is lost").isEqualTo(px("5000.25"));
      ledger.market("5001");
      assertThat(stop("a.sl")).isEqualTo(px("5000.25"));
    }

    @Test
    void atTheVenueMovesToBreakevenByAReplace() {
      place("a", Side.BUY, 1, new BracketDraft(List.of(), leg(10), 8L));
      ledger.fill("a", "E1", 1, "5000");
      ledger.accept("a.sl");
      ledger.market("5002");
      assertThat(live("a.sl").asked().stopPx()).isEqualTo(px("5000"));
    }
  }

  @Nested
  class OnAPosition {
    @Test
    void protectsWhatIsThere() {
      ledger.place("a", Ledger.market(Side.BUY, 3));
      ledger.fill("a", "E1", 1, "4990");
      ledger.fill("a", "E2", 2, "5000");
      ledger.sell("b", 1, "5001");
      ledger.fillSell("b", "E3", 1, "5001"); // the oldest lot goes
      ledger.handle(
          new OrderCommand.AttachBracket(
              "ESH6", null, new BracketDraft(List.of(leg(8)), leg(10), null), "k1", "ada"));
      var legs = ledger.state.live().values();
      assertThat(legs).hasSize(2);
      for (var leg : legs) assertThat(leg.leavesQty().lots()).isEqualTo(2);
      assertThat(legs.getFirst().terms().stopPx()).isEqualTo(px("4997.5"));
    }

    @Test
    void isDeniedWhereTheMarketIsPastItsStopAlready() {
      ledger.place("a", Ledger.market(Side.BUY, 2));
      ledger.fill("a", "E1", 2, "5000");
      ledger.marketAt("4989.50", "4989.75", "4989.75");
      for (var stop :
          List.of(leg(10), new BracketDraft.Leg(null, new BigDecimal("4989.75"), null, null))) {
        ledger.handle(
            new OrderCommand.AttachBracket(
                "ESH6", null, new BracketDraft(List.of(), stop, null), "k" + stop, "ada"));
        ledger.thenDenied(DenialReason.WRONG_SIDE_OF_MARKET);
      }
      ledger.handle(
          new OrderCommand.AttachBracket(
              "ESH6", null, new BracketDraft(List.of(), leg(60), null), "k3", "ada"));
      assertThat(ledger.state.live().values()).hasSize(1);
    }

    @Test
    void isDeniedWhereThereIsNone() {
      ledger.handle(
          new OrderCommand.AttachBracket(
              "ESH6", null, new BracketDraft(List.of(leg(8)), leg(10), null), "k1", "ada"));
      ledger.thenDenied(DenialReason.INVALID_QTY);
    }
  }

  @Test
  void aReplayComesToTheSame() {
    new Siblings().filledAndWorking();
    ledger.fillSell("a.tp1", "E2", 1, "5002");
    assertThat(ledger.replayed().canonical()).isEqualTo(ledger.state.canonical());
  }

  private void entry(String id, long qty, BracketDraft.Leg takeProfit, BracketDraft.Leg stopLoss) {
    place(id, Side.BUY, qty, new BracketDraft(List.of(takeProfit), stopLoss, null));
  }

  private void entry(
      String id, long qty, BracketDraft.Leg one, BracketDraft.Leg two, BracketDraft.Leg stopLoss) {
    place(id, Side.BUY, qty, new BracketDraft(List.of(one, two), stopLoss, null));
  }

  private void place(String id, Side side, long qty, BracketDraft bracket) {
    ledger.handle(
        new OrderCommand.PlaceOrder(
            new ClOrdId(id), Ledger.limit(side, qty, "5000"), null, bracket, id, "ada"));
  }

  private static BracketDraft.Leg leg(long ticks) {
    return new BracketDraft.Leg(ticks, null, null, null);
  }

  private static BracketDraft.Leg trailing(long ticks, long trail) {
    return new BracketDraft.Leg(ticks, null, null, trail);
  }

  private Order.Live live(String id) {
    return (Order.Live) ledger.order(id);
  }

  private Price stop(String id) {
    return ledger.order(id).terms().stopPx();
  }

  private Price limit(String id) {
    return ledger.order(id).terms().price();
  }

  private static Price px(String decimal) {
    return Ledger.ES.price(new BigDecimal(decimal));
  }
}
