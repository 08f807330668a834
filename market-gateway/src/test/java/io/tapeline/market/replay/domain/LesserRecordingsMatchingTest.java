package io.tapeline.market.replay.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What recordings of the top of the book, or of trades alone, let the desk do. */
class LesserRecordingsMatchingTest {
  @Nested
  class TopOfBook {
    private Tape top() {
      return Tape.mbp1().top(100, 8, 101, 6).at(10);
    }

    @Test
    void anOrderTakesWhatTheBestPriceShowsAndNotTwice() {
      var desk = Desk.started(top()).toTheEnd();
      desk.place("a", Side.BUY, 4, 105L, TimeInForce.IOC)
          .place("b", Side.BUY, 4, 105L, TimeInForce.IOC);
      assertThat(desk.news())
          .containsExactly(
              "a accepted",
              "a filled 4 at 101",
              "b accepted",
              "b filled 2 at 101",
              "b canceled IOC_REST");
    }

    @Test
    void theRestOfAMarketOrderTakesWhatIsShownNext() {
      var tape =
          top().at(20).top(100, 8, 101, 7).at(30).top(100, 8, 102, 3).at(40).top(100, 8, 102, 5);
      var desk = Desk.started(tape).to(0).buy("a", 11, null);
      assertThat(desk.news()).containsExactly("a accepted", "a filled 6 at 101");
      assertThat(desk.to(20).news()).containsExactly("a filled 1 at 101");
      assertThat(desk.to(30).news()).containsExactly("a filled 3 at 102");
      assertThat(desk.to(40).news()).containsExactly("a filled 1 at 102");
    }

    @Test
    void afterTheEndTheRestOfAMarketOrderIsCanceled() {
      var desk = Desk.started(top()).toTheEnd().buy("a", 7, null);
      assertThat(desk.news())
          .containsExactly("a accepted", "a filled 6 at 101", "a canceled NO_LIQUIDITY");
    }

    @Test
    void tradesWorkOffWhatWasShownWhenItJoined() {
      var tape =
          top()
              .at(20)
              .top(100, 12, 101, 6)
              .at(30)
              .topTrade('A', 100, 6, 100, 12, 101, 6)
              .top(100, 6, 101, 6)
              .at(40)
              .topTrade('A', 100, 3, 100, 6, 101, 6)
              .top(100, 3, 101, 6);
      var desk = Desk.started(tape).to(0).buy("a", 5, 100L);
      assertThat(desk.ahead("a")).isEqualTo(8);
      assertThat(desk.to(20).ahead("a")).isEqualTo(8);
      assertThat(desk.to(30).ahead("a")).isEqualTo(2);
      assertThat(desk.to(40).news()).containsExactly("a accepted", "a filled 1 at 100");
    }

    @Test
    void cancelsCountAsBehindItUntilLessIsShownThanIsAhead() {
      var tape =
          top().at(20).top(100, 12, 101, 6).at(30).top(100, 9, 101, 6).at(40).top(100, 3, 101, 6);
      var desk = Desk.started(tape).to(0).buy("a", 5, 100L);
      assertThat(desk.to(30).ahead("a")).isEqualTo(8);
      assertThat(desk.to(40).ahead("a")).isEqualTo(3);
    }

    @Test
    void belowTheBestTheQueueIsKnownOnceItIsTheBest() {
      var tape = top().at(20).top(99, 4, 101, 6).at(30).top(98, 9, 101, 6);
      var desk = Desk.started(tape).to(0).buy("a", 5, 99L);
      assertThat(desk.ahead("a")).isEqualTo(-1);
      assertThat(desk.to(20).ahead("a")).isEqualTo(4);
      assertThat(desk.to(30).ahead("a")).isZero();
    }

    @Test
    void aTradeBeyondItsPriceAndTheOtherSideComingToItFillIt() {
      var tape =
          top()
              .at(20)
              .topTrade('A', 99, 2, 99, 8, 101, 6)
              .top(99, 6, 101, 6)
              .at(30)
              .top(99, 6, 100, 2);
      var desk = Desk.started(tape).to(0).buy("a", 5, 100L);
      assertThat(desk.to(20).news()).containsExactly("a accepted", "a filled 2 at 100");
      assertThat(desk.to(30).news()).containsExactly("a filled 2 at 100");
    }

    @Test
    void aCrossedTopCannotBeTaken() {
      var desk = Desk.started(Tape.mbp1().top(102, 8, 101, 6)).toTheEnd().buy("a", 1, null);
      assertThat(desk.news()).containsExactly("a rejected MARKET_CLOSED");
    }
  }

  @Nested
  class TradesAlone {
    private Tape prints() {
      return Tape.trades()
          .trade('B', 100, 2)
          .at(10)
          .trade('A', 99, 1)
          .at(20)
          .trade('B', 101, 3)
          .at(30)
          .trade('A', 98, 4);
    }

    @Test
    void aMarketOrderTakesWhatTradesNext() {
      var desk = Desk.started(prints()).to(0).buy("a", 6, null);
      assertThat(desk.news()).containsExactly("a accepted");
      assertThat(desk.toTheEnd().news())
          .containsExactly("a filled 1 at 99", "a filled 3 at 101", "a filled 2 at 98");
    }

    @Test
    void aLimitAtTheLastTradeOrBetterTakesWhileTradesAreWithinIt() {
      var desk = Desk.started(prints()).to(0).buy("a", 6, 100L).toTheEnd();
      assertThat(desk.news()).containsExactly("a accepted", "a filled 1 at 99", "a filled 4 at 98");
    }

    @Test
    void anyOtherLimitFillsAtItsLimitWhenATradePassesIt() {
      var desk = Desk.started(prints()).to(0).buy("a", 6, 99L).sell("b", 1, 101L).toTheEnd();
      assertThat(desk.news()).containsExactly("a accepted", "b accepted", "a filled 4 at 99");
    }

    @Test
    void immediateOrdersAreNotPossible() {
      var desk = Desk.started(prints()).to(0).place("a", Side.BUY, 1, 100L, TimeInForce.IOC);
      assertThat(desk.news()).containsExactly("a rejected UNSUPPORTED");
    }

    @Test
    void afterTheEndNothingTradesAnyMore() {
      var desk = Desk.started(prints()).toTheEnd().buy("a", 1, null).buy("b", 1, 98L);
      assertThat(desk.news())
          .containsExactly("a accepted", "a canceled NO_LIQUIDITY", "b accepted");
    }
  }
}
