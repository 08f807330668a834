package io.tapeline.market.replay.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The desk against an mbo recording, every number worked out by hand. */
class OrderByOrderMatchingTest {
  /** Bids 100: 5+3, 99: 7. Asks 101: 2+4, 102: 10, 103: 1. */
  private static Tape book() {
    return Tape.mbo()
        .bid(1, 100, 5)
        .bid(2, 100, 3)
        .bid(3, 99, 7)
        .ask(11, 101, 2)
        .ask(12, 101, 4)
        .ask(13, 102, 10)
        .ask(14, 103, 1)
        .at(10);
  }

  @Nested
  class Taking {
    @Test
    void aMarketOrderTakesWhatIsShownLevelByLevel() {
      var desk = Desk.started(book()).toTheEnd().buy("a", 9, null);
      assertThat(desk.news())
          .containsExactly("a accepted", "a filled 6 at 101", "a filled 3 at 102");
      assertThat(desk.status("a")).isEqualTo(OrdStatus.FILLED);
    }

    @Test
    void aSellerTakesTheBids() {
      var desk = Desk.started(book()).toTheEnd().sell("a", 10, null);
      assertThat(desk.news())
          .containsExactly("a accepted", "a filled 8 at 100", "a filled 2 at 99");
    }

    @Test
    void theSameLotsAreNotTakenTwice() {
      var desk = Desk.started(book()).toTheEnd().buy("a", 5, null).buy("b", 5, null);
      assertThat(desk.news())
          .containsExactly(
              "a accepted",
              "a filled 5 at 101",
              "b accepted",
              "b filled 1 at 101",
              "b filled 4 at 102");
    }

    @Test
    void lotsAddedLaterCanBeTaken() {
      var desk = Desk.started(book().ask(15, 101, 1)).to(0).buy("a", 6, 101L);
      desk.toTheEnd().buy("b", 3, null);
      assertThat(desk.news())
          .containsExactly(
              "a accepted",
              "a filled 6 at 101",
              "b accepted",
              "b filled 1 at 101",
              "b filled 2 at 102");
    }

    @Test
    void anOrderThatShrankHasLessToTake() {
      var desk = Desk.started(book().modifyAsk(12, 101, 1)).to(0).buy("a", 5, null);
      desk.toTheEnd()
          .buy("b", 1, null); // 3 of order 12 are taken, so that nothing of its 1 is left
      assertThat(desk.news()).endsWith("b accepted", "b filled 1 at 102");
    }

    @Test
    void theRestOfAMarketOrderIsCanceledWhereTheWholeBookIsSeen() {
      var desk = Desk.started(book()).toTheEnd().sell("a", 20, null);
      assertThat(desk.news())
          .containsExactly(
              "a accepted", "a filled 8 at 100", "a filled 7 at 99", "a canceled NO_LIQUIDITY");
      assertThat(desk.status("a")).isEqualTo(OrdStatus.CANCELED);
      assertThat(desk.replay.exchange().netQty(Desk.ACCOUNT)).isEqualTo(Map.of(Desk.ES, -15L));
    }

    @Test
    void aLimitOrderTakesToItsLimitAndRestsThere() {
      var desk = Desk.started(book()).toTheEnd().buy("a", 9, 101L);
      assertThat(desk.news()).containsExactly("a accepted", "a filled 6 at 101");
      assertThat(desk.status("a")).isEqualTo(OrdStatus.PARTIALLY_FILLED);
    }

    @Test
    void theRestOfAnImmediateOrderIsCanceled() {
      var desk = Desk.started(book()).toTheEnd().place("a", Side.BUY, 9, 101L, TimeInForce.IOC);
      assertThat(desk.news())
          .containsExactly("a accepted", "a filled 6 at 101", "a canceled IOC_REST");
    }

    @Test
    void aFillOrKillIsFilledWholeOrNotAtAll() {
      var desk = Desk.started(book()).toTheEnd();
      desk.place("a", Side.BUY, 7, 101L, TimeInForce.FOK);
      assertThat(desk.news()).containsExactly("a accepted", "a canceled FOK_NOT_FILLABLE");
      desk.place("b", Side.BUY, 7, 102L, TimeInForce.FOK);
      assertThat(desk.news())
          .containsExactly("b accepted", "b filled 6 at 101", "b filled 1 at 102");
    }
  }

  @Nested
  class Queueing {
    @Test
    void anOrderJoinsBehindEverythingAtItsPrice() {
      var desk =
          Desk.started(book()).toTheEnd().buy("a", 2, 100L).buy("b", 2, 99L).buy("c", 2, 98L);
      assertThat(desk.ahead("a")).isEqualTo(8);
      assertThat(desk.ahead("b")).isEqualTo(7);
      assertThat(desk.ahead("c")).isZero();
    }

    @Test
    void cancelsAndReductionsAheadMoveItForwardThoseBehindDoNot() {
      var tape =
          book()
              .at(20)
              .bid(4, 100, 6)
              .at(30)
              .cancelBid(1, 2)
              .at(40)
              .modifyBid(2, 100, 1)
              .at(50)
              .cancelBid(4, 6);
      var desk = Desk.started(tape).to(19).buy("a", 2, 100L);
      assertThat(desk.to(20).ahead("a")).isEqualTo(8);
      assertThat(desk.to(30).ahead("a")).isEqualTo(6);
      assertThat(desk.to(40).ahead("a")).isEqualTo(4);
      assertThat(desk.to(50).ahead("a")).isEqualTo(4);
      assertThat(desk.news()).containsExactly("a accepted");
    }

    @Test
    void anOrderAheadThatGrowsOrMovesAwayGoesBehind() {
      var tape =
          book().at(20).modifyBid(1, 100, 6).at(30).modifyBid(2, 99, 3).at(40).modifyBid(2, 100, 3);
      var desk = Desk.started(tape).to(19).buy("a", 2, 100L);
      assertThat(desk.to(20).ahead("a")).isEqualTo(3);
      assertThat(desk.to(30).ahead("a")).isZero();
      assertThat(desk.to(40).ahead("a")).isZero();
    }

    @Test
    void tradesWithOrdersAheadDoNotFillIt() {
      var desk =
          Desk.started(book().at(20).sellerHits(1, 100, 5).at(30).sellerHits(2, 100, 3))
              .to(19)
              .buy("a", 2, 100L);
      assertThat(desk.to(20).ahead("a")).isEqualTo(3);
      assertThat(desk.to(30).ahead("a")).isZero();
      assertThat(desk.news()).containsExactly("a accepted");
    }

    @Test
    void onceNothingIsAheadATradeWithAnyoneBehindFillsIt() {
      var tape =
          book()
              .at(20)
              .sellerHits(1, 100, 5)
              .sellerHits(2, 100, 3)
              .at(30)
              .bid(4, 100, 6)
              .at(40)
              .sellerHits(4, 100, 1)
              .at(50)
              .sellerHits(4, 100, 4);
      var desk = Desk.started(tape).to(19).buy("a", 3, 100L);
      assertThat(desk.to(30).news()).containsExactly("a accepted");
      assertThat(desk.to(40).news()).containsExactly("a filled 1 at 100");
      assertThat(desk.to(50).news()).containsExactly("a filled 2 at 100");
      assertThat(desk.status("a")).isEqualTo(OrdStatus.FILLED);
    }

    @Test
    void oneTradeThatGoesThroughTheQueueFillsItWithWhatWentBehind() {
      // 10 lots: 5 and 3 ahead, 2 of the 6 behind
      var tape =
          book()
              .at(20)
              .bid(4, 100, 6)
              .at(30)
              .trade('A', 100, 10)
              .fill('B', 1, 100, 5)
              .fill('B', 2, 100, 3)
              .fill('B', 4, 100, 2)
              .raw('C', 'B', 0, 1, 100, 5)
              .raw('C', 'B', 0, 2, 100, 3)
              .modifyBid(4, 100, 4);
      var desk = Desk.started(tape).to(19).buy("a", 5, 100L).toTheEnd();
      assertThat(desk.news()).containsExactly("a accepted", "a filled 2 at 100");
    }

    @Test
    void theHiddenPartOfAnIcebergAheadStandsBehind() {
      // order 1 shows 5 and fills 9: the 4 it did not show come after us
      var tape =
          book()
              .at(20)
              .trade('A', 100, 12)
              .fill('B', 1, 100, 5)
              .fill('B', 2, 100, 3)
              .fill('B', 1, 100, 4)
              .raw('C', 'B', 0, 2, 100, 3)
              .modifyBid(1, 100, 5);
      var desk = Desk.started(tape).to(19).buy("a", 3, 100L).toTheEnd();
      assertThat(desk.news()).containsExactly("a accepted", "a filled 3 at 100");
    }

    @Test
    void aTradeBeyondItsPriceFillsItAtItsOwnUpToWhatTraded() {
      var tape = book().at(20).cancelBid(1, 5).cancelBid(2, 3).at(30).sellerHits(3, 99, 4);
      var desk = Desk.started(tape).to(19).buy("a", 6, 100L).toTheEnd();
      assertThat(desk.news()).containsExactly("a accepted", "a filled 4 at 100");
    }

    @Test
    void aTradeOnTheOtherSideDoesNotFillIt() {
      var desk =
          Desk.started(book().at(20).buyerLifts(11, 101, 2)).to(19).buy("a", 1, 100L).toTheEnd();
      assertThat(desk.news()).containsExactly("a accepted");
    }

    @Test
    void inTheSpreadItIsFirst() {
      var tape = Tape.mbo().bid(1, 100, 5).ask(2, 103, 5).at(20).sellerHits(1, 100, 2);
      var desk = Desk.started(tape).to(0).buy("a", 5, 101L);
      assertThat(desk.ahead("a")).isZero();
      assertThat(desk.toTheEnd().news()).containsExactly("a accepted", "a filled 2 at 101");
    }

    @Test
    void theOtherSideComingToItsPriceFillsItWithWhatItShows() {
      var tape =
          Tape.mbo().bid(1, 100, 5).ask(2, 103, 5).at(20).ask(3, 101, 2).at(30).ask(4, 102, 9);
      var desk = Desk.started(tape).to(0).buy("a", 5, 101L).to(20);
      assertThat(desk.news()).containsExactly("a accepted", "a filled 2 at 101");
      assertThat(desk.toTheEnd().news()).isEmpty();
      desk.buy("b", 3, null); // order 3 has nothing left for anyone
      assertThat(desk.news()).containsExactly("b accepted", "b filled 3 at 102");
    }

    @Test
    void ordersOfTheDeskShareATradeInTheirOwnOrder() {
      var tape =
          book()
              .at(20)
              .bid(4, 100, 9)
              .at(30)
              .trade('A', 100, 13)
              .fill('B', 1, 100, 5)
              .fill('B', 2, 100, 3)
              .fill('B', 4, 100, 5)
              .raw('C', 'B', 0, 1, 100, 5)
              .raw('C', 'B', 0, 2, 100, 3)
              .modifyBid(4, 100, 4);
      var desk = Desk.started(tape).to(19).buy("a", 3, 100L).buy("b", 4, 100L).toTheEnd();
      assertThat(desk.news())
          .containsExactly("a accepted", "b accepted", "a filled 3 at 100", "b filled 2 at 100");
    }

    @Test
    void ofSeveralBetterPricesTheBestIsServedFirstAndLotsAreGivenOnce() {
      var tape = book().at(20).sellerHits(3, 99, 5);
      var desk = Desk.started(tape).to(19).buy("a", 2, 100L).buy("b", 9, 100L).toTheEnd();
      assertThat(desk.news())
          .containsExactly("a accepted", "b accepted", "a filled 2 at 100", "b filled 3 at 100");
    }

    @Test
    void aSellOrderIsItsMirror() {
      var tape =
          book()
              .at(20)
              .buyerLifts(11, 101, 2)
              .buyerLifts(12, 101, 4)
              .at(30)
              .ask(15, 101, 5)
              .at(40)
              .buyerLifts(15, 101, 1)
              .at(50)
              .buyerLifts(13, 102, 1);
      var desk = Desk.started(tape).to(19).sell("a", 3, 101L);
      assertThat(desk.ahead("a")).isEqualTo(6);
      assertThat(desk.toTheEnd().news())
          .containsExactly("a accepted", "a filled 1 at 101", "a filled 1 at 101");
    }
  }

  @Nested
  class BeforeTheOpen {
    private Tape crossed() {
      return Tape.mbo().bid(1, 110, 5).bid(2, 99, 7).ask(3, 90, 5).ask(4, 101, 6).at(10);
    }

    @Test
    void nothingShownCanBeTakenFromACrossedBook() {
      var desk = Desk.started(crossed()).toTheEnd();
      desk.buy("a", 1, null).place("b", Side.BUY, 1, 120L, TimeInForce.IOC).buy("c", 1, 120L);
      assertThat(desk.news())
          .containsExactly("a rejected MARKET_CLOSED", "b rejected MARKET_CLOSED", "c accepted");
    }

    @Test
    void theOpeningTradeFillsBetterLimitsAtItsPrice() {
      // the opening trade says no side; desk bids above it and asks below it take part
      var tape =
          crossed()
              .trade('N', 100, 5)
              .fill('N', 1, 100, 5)
              .fill('N', 3, 100, 5)
              .raw('C', 'B', 0, 1, 110, 5)
              .cancelAsk(3, 5);
      var desk =
          Desk.started(tape).to(0).buy("a", 2, 105L).buy("b", 2, 99L).sell("c", 9, 95L).toTheEnd();
      assertThat(desk.news())
          .containsExactly(
              "a accepted",
              "b accepted",
              "c accepted",
              "a filled 2 at 100",
              "c filled 5 at 100",
              "c filled 4 at 99");
    }
  }

  @Nested
  class Ending {
    @Test
    void aCancelEndsItAndLaterTradesPassItBy() {
      var desk =
          Desk.started(book().at(20).sellerHits(3, 99, 4))
              .to(19)
              .buy("a", 6, 100L)
              .cancel("a")
              .toTheEnd();
      assertThat(desk.news()).containsExactly("a accepted", "a canceled REQUESTED");
    }

    @Test
    void aCancelOfNothingOrOfWhatIsDoneIsRejected() {
      var desk = Desk.started(book()).toTheEnd().cancel("x").buy("a", 1, null).cancel("a");
      assertThat(desk.news())
          .containsExactly(
              "x cancel rejected UNKNOWN_ORDER",
              "a accepted",
              "a filled 1 at 101",
              "a cancel rejected ORDER_ALREADY_DONE");
    }

    @Test
    void aRepeatedOrderChangesNothing() {
      var desk = Desk.started(book()).toTheEnd().buy("a", 1, null).buy("a", 1, null);
      assertThat(desk.news()).containsExactly("a accepted", "a filled 1 at 101");
    }

    @Test
    void afterTheEndTheLastBookStands() {
      var desk = Desk.started(book()).toTheEnd();
      assertThat(desk.replay.isOver()).isTrue();
      desk.replay.advance();
      assertThat(desk.buy("a", 1, null).news()).containsExactly("a accepted", "a filled 1 at 101");
    }

    @Test
    void windingBackExpiresWhatWorks() {
      var desk = Desk.started(book()).toTheEnd().buy("a", 2, 100L).buy("b", 1, null);
      desk.replay.exchange().expireAll("wound back");
      assertThat(desk.news())
          .containsExactly("a accepted", "b accepted", "b filled 1 at 101", "a expired");
      assertThat(desk.status("a")).isEqualTo(OrdStatus.EXPIRED);
      assertThat(desk.replay.exchange().openOrders(Desk.ACCOUNT)).isEmpty();
    }
  }

  @Nested
  class Refusing {
    private String refusal(
        OrdType type, TimeInForce timeInForce, long lots, Price price, String symbol) {
      var desk = Desk.started(book()).toTheEnd();
      desk.replay
          .exchange()
          .place(
              new NewOrder(
                  Desk.ACCOUNT,
                  new ClOrdId("a"),
                  new Symbol(symbol),
                  Side.BUY,
                  type,
                  timeInForce,
                  new Qty(lots),
                  price,
                  null));
      return desk.said.getFirst();
    }

    @Test
    void whatItDoesNotHaveIsUnsupported() {
      var px = new Price(100);
      assertThat(refusal(OrdType.STOP, TimeInForce.DAY, 1, null, "ESH4"))
          .isEqualTo("a rejected UNSUPPORTED");
      assertThat(refusal(OrdType.TRAILING_STOP, TimeInForce.DAY, 1, null, "ESH4"))
          .isEqualTo("a rejected UNSUPPORTED");
      assertThat(refusal(OrdType.LIMIT, TimeInForce.GTD, 1, px, "ESH4"))
          .isEqualTo("a rejected UNSUPPORTED");
      assertThat(refusal(OrdType.LIMIT, TimeInForce.GTC, 1, px, "ESH4")).isEqualTo("a accepted");
    }

    @Test
    void whatMakesNoSenseIsInvalid() {
      assertThat(refusal(OrdType.LIMIT, TimeInForce.DAY, 1, null, "ESH4"))
          .isEqualTo("a rejected INVALID_ORDER");
      assertThat(refusal(OrdType.MARKET, TimeInForce.DAY, 1, new Price(1), "ESH4"))
          .isEqualTo("a rejected INVALID_ORDER");
      assertThat(refusal(OrdType.MARKET, TimeInForce.DAY, 0, null, "ESH4"))
          .isEqualTo("a rejected INVALID_ORDER");
      assertThat(refusal(OrdType.MARKET, TimeInForce.DAY, 1, null, "NQH4"))
          .isEqualTo("a rejected UNKNOWN_SYMBOL");
    }
  }

  @Test
  void executionIdsFollowFromTheOrder() {
    var desk = Desk.started(book()).toTheEnd().buy("a", 7, null);
    assertThat(desk.replay.exchange().executions(Desk.ACCOUNT))
        .extracting(fill -> fill.execId().value())
        .containsExactly("R-1-1", "R-1-2");
    var state = desk.replay.exchange().find(Desk.ACCOUNT, new ClOrdId("a")).orElseThrow();
    assertThat(state.fills()).isEqualTo(desk.replay.exchange().executions(Desk.ACCOUNT));
    assertThat(state.leavesQty()).isEqualTo(Qty.ZERO);
  }
}
