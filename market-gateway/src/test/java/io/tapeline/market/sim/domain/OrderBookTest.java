package io.tapeline.market.sim.domain;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.market.sim.domain.BookOrder.Rest;
import io.tapeline.market.sim.domain.OrderBook.Outcome;
import io.tapeline.model.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OrderBookTest {
  private record Match(BookOrder resting, BookOrder aggressor, long px, long lots) {}

  private final List<Match> matches = new ArrayList<>();
  private final OrderBook book =
      new OrderBook(
          (resting, aggressor, px, lots) -> matches.add(new Match(resting, aggressor, px, lots)));

  @Nested
  class Resting {
    @Test
    void anOrderThatMeetsNobodyWaits() {
      var bid = waiting(BUY, 5, 100);
      assertThat(bid.isWaiting()).isTrue();
      assertThat(best(BUY).px).isEqualTo(100);
      assertThat(best(BUY).lots).isEqualTo(5);
      assertThat(matches).isEmpty();
    }

    @Test
    void theBestPriceIsTheHighestBidAndTheLowestAsk() {
      waiting(BUY, 1, 99);
      waiting(BUY, 1, 100);
      waiting(BUY, 1, 98);
      waiting(SELL, 1, 103);
      waiting(SELL, 1, 101);
      assertThat(best(BUY).px).isEqualTo(100);
      assertThat(best(SELL).px).isEqualTo(101);
    }

    @Test
    void pricesMayBeNegative() {
      waiting(BUY, 1, -3763);
      submit(SELL, 1, -3763, Rest.WAITS);
      assertThat(matches).hasSize(1);
    }
  }

  @Nested
  class Matching {
    @Test
    void aTradeIsAtThePriceOfTheOrderThatWaited() {
      waiting(SELL, 5, 100);
      submit(BUY, 5, 103, Rest.WAITS);
      assertThat(matches).singleElement().extracting(Match::px).isEqualTo(100L);
    }

    @Test
    void betterPricesTradeFirst() {
      var dear = waiting(SELL, 1, 102);
      var cheap = waiting(SELL, 1, 101);
      submit(BUY, 2, 102, Rest.WAITS);
      assertThat(matches).extracting(Match::resting).containsExactly(cheap, dear);
    }

    @Test
    void olderOrdersTradeFirstAtOnePrice() {
      var first = waiting(BUY, 2, 100);
      var second = waiting(BUY, 2, 100);
      submit(SELL, 3, 100, Rest.WAITS);
      assertThat(matches).extracting(Match::resting).containsExactly(first, second);
      assertThat(matches).extracting(Match::lots).containsExactly(2L, 1L);
      assertThat(second.leaves).isEqualTo(1);
    }

    @Test
    void aPartlyFilledOrderKeepsItsPlace() {
      var first = waiting(BUY, 5, 100);
      waiting(BUY, 5, 100);
      submit(SELL, 2, 100, Rest.WAITS);
      submit(SELL, 3, 100, Rest.WAITS);
      assertThat(matches).extracting(Match::resting).containsExactly(first, first);
    }

    @Test
    void theRestOfALimitOrderWaitsAtItsLimit() {
      waiting(SELL, 2, 100);
      var bid = new BookOrder(BUY, BookOrder.NOBODY, Rest.WAITS, 101, 5);
      assertThat(book.submit(bid)).isEqualTo(Outcome.WAITS);
      assertThat(bid.leaves).isEqualTo(3);
      assertThat(best(BUY).px).isEqualTo(101);
      assertThat(book.best(SELL)).isNull();
    }

    @Test
    void anyPriceSweepsLevelAfterLevel() {
      waiting(SELL, 1, 100);
      waiting(SELL, 2, 101);
      waiting(SELL, 3, 105);
      assertThat(submit(BUY, 4, BookOrder.anyPrice(BUY), Rest.ENDS)).isEqualTo(Outcome.FILLED);
      assertThat(matches).extracting(Match::px).containsExactly(100L, 101L, 105L);
      assertThat(best(SELL).lots).isEqualTo(2);
    }

    @Test
    void whatMayNotWaitEnds() {
      waiting(SELL, 1, 100);
      assertThat(submit(BUY, 4, 100, Rest.ENDS)).isEqualTo(Outcome.REST_ENDED);
      assertThat(matches).hasSize(1);
      assertThat(book.best(BUY)).isNull();
    }
  }

  @Nested
  class AllOrNone {
    @Test
    void tradesWholeOverSeveralLevels() {
      waiting(SELL, 2, 100);
      waiting(SELL, 2, 101);
      assertThat(submit(BUY, 4, 101, Rest.FORBIDDEN)).isEqualTo(Outcome.FILLED);
      assertThat(matches).hasSize(2);
    }

    @Test
    void tradesNothingWhenOneLotIsMissing() {
      waiting(SELL, 2, 100);
      waiting(SELL, 2, 101);
      assertThat(submit(BUY, 5, 101, Rest.FORBIDDEN)).isEqualTo(Outcome.NOT_FILLABLE);
      assertThat(matches).isEmpty();
    }

    @Test
    void doesNotCountWhatIsBeyondItsLimit() {
      waiting(SELL, 2, 100);
      waiting(SELL, 2, 102);
      assertThat(submit(BUY, 3, 101, Rest.FORBIDDEN)).isEqualTo(Outcome.NOT_FILLABLE);
    }

    @Test
    void doesNotCountWhatLiesBehindAnOrderOfItsOwner() {
      book.submit(new BookOrder(SELL, 7, Rest.WAITS, 100, 1));
      waiting(SELL, 5, 100);
      var own = new BookOrder(BUY, 7, Rest.FORBIDDEN, 100, 2);
      assertThat(book.submit(own)).isEqualTo(Outcome.NOT_FILLABLE);
    }
  }

  @Nested
  class SelfTrade {
    @Test
    void theNewerOrderStopsAndTheOlderStays() {
      var others = waiting(SELL, 1, 100);
      var own = new BookOrder(SELL, 7, Rest.WAITS, 100, 4);
      book.submit(own);
      var newer = new BookOrder(BUY, 7, Rest.WAITS, 100, 3);
      assertThat(book.submit(newer)).isEqualTo(Outcome.SELF_TRADE);
      assertThat(matches).extracting(Match::resting).containsExactly(others);
      assertThat(newer.isWaiting()).isFalse();
      assertThat(own.leaves).isEqualTo(4);
    }

    @Test
    void ordersOfNobodyTradeWithEachOther() {
      waiting(SELL, 1, 100);
      assertThat(submit(BUY, 1, 100, Rest.WAITS)).isEqualTo(Outcome.FILLED);
    }
  }

  @Nested
  class Changing {
    @Test
    void aCanceledOrderNoLongerTrades() {
      var bid = waiting(BUY, 5, 100);
      assertThat(book.cancel(bid)).isTrue();
      assertThat(book.best(BUY)).isNull();
      submit(SELL, 5, 100, Rest.WAITS);
      assertThat(matches).isEmpty();
    }

    @Test
    void anOrderCanBeCanceledOnce() {
      var bid = waiting(BUY, 5, 100);
      book.cancel(bid);
      assertThat(book.cancel(bid)).isFalse();
    }

    @Test
    void cancellingInTheMiddleOfAQueueKeepsTheOthersInOrder() {
      var first = waiting(BUY, 1, 100);
      var second = waiting(BUY, 1, 100);
      var third = waiting(BUY, 1, 100);
      book.cancel(second);
      submit(SELL, 2, 100, Rest.WAITS);
      assertThat(matches).extracting(Match::resting).containsExactly(first, third);
    }

    @Test
    void fewerLotsKeepThePlaceInTheQueue() {
      var first = waiting(BUY, 5, 100);
      waiting(BUY, 5, 100);
      book.replace(first, 100, 2);
      assertThat(best(BUY).lots).isEqualTo(7);
      submit(SELL, 1, 100, Rest.WAITS);
      assertThat(matches).extracting(Match::resting).containsExactly(first);
    }

    @Test
    void moreLotsLoseIt() {
      var first = waiting(BUY, 5, 100);
      var second = waiting(BUY, 5, 100);
      book.replace(first, 100, 6);
      submit(SELL, 1, 100, Rest.WAITS);
      assertThat(matches).extracting(Match::resting).containsExactly(second);
    }

    @Test
    void aNewPriceMayTradeAtOnce() {
      waiting(SELL, 5, 101);
      var bid = waiting(BUY, 5, 100);
      assertThat(book.replace(bid, 101, 5)).isEqualTo(Outcome.FILLED);
    }
  }

  @Test
  void anOrderOverNoLotsIsNone() {
    assertThatThrownBy(() -> new BookOrder(BUY, 0, Rest.WAITS, 100, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private BookOrder waiting(Side side, long lots, long limit) {
    var order = new BookOrder(side, BookOrder.NOBODY, Rest.WAITS, limit, lots);
    book.submit(order);
    return order;
  }

  private Outcome submit(Side side, long lots, long limit, Rest rest) {
    return book.submit(new BookOrder(side, BookOrder.NOBODY, rest, limit, lots));
  }

  private Level best(Side side) {
    return Objects.requireNonNull(book.best(side));
  }
}
