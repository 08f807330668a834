package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TradingState;
import io.tapeline.orders.domain.OrderEvent.CancelRequested;
import io.tapeline.orders.domain.OrderEvent.FlattenEnded;
import io.tapeline.orders.domain.OrderEvent.OcoOverfilled;
import io.tapeline.orders.domain.OrderEvent.OrderSubmitted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PositionCommandsTest {
  private final Ledger ledger = Ledger.reconciled();

  @BeforeEach
  void theVenueDoesAllOfIt() {
    ledger.capabilities = Ledger.NATIVE;
  }

  private void isLong(long qty) {
    ledger.place("in", Ledger.market(Side.BUY, qty));
    ledger.fill("in", "E0", qty, "5000");
  }

  private void close(String key, Long qty) {
    ledger.handle(new OrderCommand.ClosePosition("ESH6", qty, key, "ada"));
  }

  @Nested
  class Closing {
    @Test
    void sellsWhatIsThereAndMayOnlyReduce() {
      isLong(5);
      close("k1", null);
      var order = (OrderSubmitted) ledger.last.events().getFirst();
      assertThat(order.terms().side()).isEqualTo(Side.SELL);
      assertThat(order.terms().orderQty().lots()).isEqualTo(5);
      assertThat(order.terms().reduceOnly()).isTrue();
    }

    @Test
    void twiceSellsItOnce() {
      isLong(5);
      close("k1", null);
      close("k2", null);
      ledger.thenNothing();
    }

    @Test
    void aPartAndThenTheRest() {
      isLong(5);
      close("k1", 2L);
      close("k2", null);
      assertThat(((OrderSubmitted) ledger.last.events().getFirst()).terms().orderQty().lots())
          .isEqualTo(3);
    }

    @Test
    void aFlatPositionIsDoneAlready() {
      close("k1", null);
      ledger.thenNothing();
    }

    @Test
    void moreThanIsThereIsDenied() {
      isLong(1);
      close("k1", 2L);
      ledger.thenDenied(DenialReason.REDUCE_ONLY_WOULD_INCREASE);
    }
  }

  @Test
  void reversingSellsTwiceAndEndsWhatProtectedTheOldSide() {
    isLong(3);
    ledger.place("ro", Ledger.draft(OrdType.LIMIT, Side.SELL, 3, "5010", true, false));
    ledger.accept("ro");
    ledger.handle(new OrderCommand.ReversePosition("ESH6", "k1", "ada"));
    var order = (OrderSubmitted) ledger.last.events().getLast();
    assertThat(order.terms().orderQty().lots()).isEqualTo(6);
    assertThat(live("ro").request(RequestKind.CANCEL)).isNotNull();
  }

  @Nested
  class ReduceOnly {
    @Test
    void ordersShrinkTogetherWithThePosition() {
      isLong(5);
      ledger.place("a", Ledger.draft(OrdType.LIMIT, Side.SELL, 3, "5010", true, false));
      ledger.place("b", Ledger.draft(OrdType.LIMIT, Side.SELL, 2, "5011", true, false));
      ledger.accept("a");
      ledger.accept("b");
      ledger.place("c", Ledger.market(Side.SELL, 1));
      assertThat(live("b").asked().orderQty().lots()).isEqualTo(1);
      ledger.fillSell("a", "E1", 1, "5010");
      assertThat(live("a").asked().orderQty().lots()).as("nothing to change").isEqualTo(3);
    }

    @Test
    void ordersEndWithThePosition() {
      isLong(2);
      ledger.place("a", Ledger.draft(OrdType.LIMIT, Side.SELL, 2, "5010", true, false));
      ledger.accept("a");
      ledger.sell("b", 2, "5001");
      ledger.fillSell("b", "E1", 2, "5001");
      assertThat(live("a").request(RequestKind.CANCEL)).isNotNull();
    }

    @Test
    void refusedToShrinkTheyAreCancelledAfterAWhile() {
      isLong(5);
      ledger.place("a", Ledger.draft(OrdType.LIMIT, Side.SELL, 5, "5010", true, false));
      ledger.accept("a");
      ledger.sell("b", 2, "5001");
      ledger.fillSell("b", "E1", 2, "5001");
      ledger.replaceRejected("a", 2);
      assertThat(live("a").requests()).as("not at once again").isEmpty();
      ledger.now = ledger.now.plusSeconds(1);
      ledger.timePassed();
      assertThat(live("a").request(RequestKind.CANCEL)).isNotNull();
    }
  }

  @Nested
  class Siblings {
    @BeforeEach
    void twoOfThem() {
      sibling("a", Side.BUY, 3, "4995");
      sibling("b", Side.BUY, 3, "4990");
    }

    @Test
    void shrinkWithEachOthersFills() {
      ledger.fill("a", "E1", 1, "4995");
      assertThat(live("b").asked().orderQty().lots()).isEqualTo(2);
    }

    @Test
    void endWhenOneIsFull() {
      ledger.fill("a", "E1", 3, "4995");
      assertThat(live("b").request(RequestKind.CANCEL)).isNotNull();
    }

    @Test
    void bothFilledAreToldAndTheExcessIsSold() {
      ledger.fill("a", "E1", 3, "4995");
      ledger.fill("b", "E2", 3, "4990");
      assertThat(ledger.net()).isEqualTo(6);
      assertThat(ledger.followed(OcoOverfilled.class).restoreQty()).isEqualTo(3);
      assertThat(ledger.followed(OrderSubmitted.class).terms().side()).isEqualTo(Side.SELL);
    }

    @Test
    void ofBothSidesFilledAreToldButNothingCanBeUndone() {
      sibling("c", Side.SELL, 3, "5010");
      ledger.fill("a", "E1", 3, "4995");
      ledger.fillSell("c", "E2", 3, "5010");
      assertThat(ledger.followed(OcoOverfilled.class).restoreQty()).isZero();
      assertThat(ledger.net()).isZero();
    }

    @Test
    void ofOneThatIsCancelledStay() {
      ledger.cancel("a");
      ledger.canceled("a");
      assertThat(live("b").leavesQty().lots()).isEqualTo(3);
    }

    @Test
    void cannotBeJoinedOnceOneHasTradedInFull() {
      ledger.fill("a", "E1", 3, "4995");
      place("c", "4992");
      ledger.thenDenied(DenialReason.OCO_GROUP_OVER);
      ledger.canceled("b");
      place("d", "4992");
      ledger.thenDenied(DenialReason.OCO_GROUP_OVER);
    }

    @Test
    void ofWhomNoneTradedLeaveTheirNameToOthers() {
      ledger.cancel("a");
      ledger.canceled("a");
      ledger.cancel("b");
      ledger.canceled("b");
      sibling("c", Side.BUY, 2, "4992");
      assertThat(live("c").leavesQty().lots()).isEqualTo(2);
      assertThat(ledger.followed).isEmpty();
    }

    private void place(String id, String price) {
      ledger.handle(
          new OrderCommand.PlaceOrder(
              new ClOrdId(id), Ledger.limit(Side.BUY, 3, price), "g", null, id, "ada"));
    }

    private void sibling(String id, Side side, long qty, String price) {
      ledger.handle(
          new OrderCommand.PlaceOrder(
              new ClOrdId(id), Ledger.limit(side, qty, price), "g", null, id, "ada"));
      ledger.accept(id);
    }
  }

  @Nested
  class Flattening {
    @Test
    void locksCancelsWaitsForWhatCouldCloseTooClosesLooksAndUnlocks() {
      isLong(4);
      ledger.sell("a", 1, "5010");
      ledger.accept("a");
      flatten();
      assertThat(ledger.state.tradingState()).isEqualTo(TradingState.REDUCING);
      assertThat(live("a").request(RequestKind.CANCEL)).isNotNull();
      assertThat(ledger.followed).noneMatch(OrderSubmitted.class::isInstance);
      ledger.canceled("a");
      var close = ledger.followed(OrderSubmitted.class);
      assertThat(close.terms().orderQty().lots()).isEqualTo(4);
      ledger.fillSell(close.clOrdId().value(), "E9", 4, "5000");
      assertThat(ledger.followed(FlattenEnded.class).outcome()).isEqualTo(Flatten.Outcome.FLAT);
      assertThat(ledger.state.tradingState()).isEqualTo(TradingState.ACTIVE);
    }

    @Test
    void doesNotWaitForWhatCanOnlyOpenMore() {
      isLong(4);
      ledger.buy("a", 1, "4990");
      ledger.accept("a");
      flatten();
      assertThat(live("a").request(RequestKind.CANCEL)).isNotNull();
      var close = ledger.followed(OrderSubmitted.class);
      assertThat(close.terms().orderQty().lots()).isEqualTo(4);
      ledger.fillSell(close.clOrdId().value(), "E9", 4, "5000");
      assertThat(ledger.state.contingencies().flatten()).as("a still works").isNotNull();
      ledger.canceled("a");
      assertThat(ledger.followed(FlattenEnded.class).outcome()).isEqualTo(Flatten.Outcome.FLAT);
    }

    @Test
    void closesWhatWasOpenedBeforeTheCancelArrived() {
      isLong(4);
      ledger.buy("a", 1, "4990");
      ledger.accept("a");
      flatten();
      var close = closing();
      ledger.fill("a", "E8", 1, "4990");
      ledger.fillSell(close, "E9", 4, "5000");
      var again = ledger.followed(OrderSubmitted.class);
      assertThat(again.terms().orderQty().lots()).isEqualTo(1);
      ledger.fillSell(again.clOrdId().value(), "E10", 1, "4990");
      assertThat(ledger.followed(FlattenEnded.class).outcome()).isEqualTo(Flatten.Outcome.FLAT);
      assertThat(ledger.net()).isZero();
    }

    @Test
    void asksAgainForACancelThatWasRefusedWhileItCloses() {
      isLong(4);
      ledger.buy("a", 1, "4990");
      ledger.accept("a");
      flatten();
      ledger.report(
          new VenueFact.CancelRejected(
              new ClOrdId("a"),
              live("a").lastRequestNo(),
              new Order.VenueWords("3", "not in this state")));
      assertThat(live("a").request(RequestKind.CANCEL)).as("not at once").isNull();
      ledger.now = ledger.now.plusSeconds(1);
      ledger.timePassed();
      assertThat(ledger.followed(CancelRequested.class).clOrdId().value()).isEqualTo("a");
    }

    @Test
    void aFlatAccountIsASuccess() {
      flatten();
      assertThat(ledger.followed(FlattenEnded.class).outcome()).isEqualTo(Flatten.Outcome.FLAT);
    }

    @Test
    void doesNotWaitForEverForACancel() {
      isLong(4);
      ledger.sell("a", 1, "5010");
      ledger.accept("a");
      flatten();
      ledger.now = ledger.now.plusSeconds(11);
      ledger.timePassed();
      assertThat(ledger.followed(OrderSubmitted.class).terms().side()).isEqualTo(Side.SELL);
    }

    @Test
    void thatCannotSucceedGivesUpAndStaysLocked() {
      isLong(4);
      flatten();
      for (var i = 0; i < 12 && ledger.state.contingencies().flatten() != null; i++) {
        ledger.now = ledger.now.plusSeconds(11);
        ledger.timePassed();
      }
      assertThat(ledger.state.contingencies().outcome("k1")).isEqualTo(Flatten.Outcome.FAILED);
      assertThat(ledger.state.tradingState()).isEqualTo(TradingState.REDUCING);
    }

    @Test
    void leavesALockThatSomebodyElseOrdered() {
      isLong(4);
      flatten();
      ledger.handle(
          new OrderCommand.SetTradingState(TradingState.HALTED, "daily loss", "k2", "risk"));
      ledger.fillSell(closing(), "E9", 4, "5000");
      assertThat(ledger.state.contingencies().outcome("k1")).isEqualTo(Flatten.Outcome.FLAT);
      assertThat(ledger.state.tradingState()).isEqualTo(TradingState.HALTED);
    }

    @Test
    void goesOnAfterARestart() {
      isLong(4);
      flatten();
      assertThat(ledger.replayed().contingencies().flatten())
          .isEqualTo(ledger.state.contingencies().flatten());
    }

    private String closing() {
      for (var live : ledger.state.live().values())
        if (live.clOrdId().value().startsWith("flat.")) return live.clOrdId().value();
      throw new AssertionError("nothing is being closed");
    }

    private void flatten() {
      ledger.handle(new OrderCommand.FlattenAccount("k1", "ada"));
    }
  }

  private Order.Live live(String id) {
    return (Order.Live) ledger.order(id);
  }

  @Test
  void anOrderThatEndedIsNotThereToBeClosedAgain() {
    isLong(1);
    close("k1", null);
    var id = ledger.state.live().values().getFirst().clOrdId().value();
    ledger.fillSell(id, "E1", 1, "5001");
    assertThat(ledger.status(id)).isEqualTo(OrdStatus.FILLED);
    close("k2", null);
    ledger.thenNothing();
  }
}
