package io.tapeline.market.book.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderBookTest {
  private final OrderBook book = new OrderBook();

  private static List<String> rows(BookSide side) {
    var rows = new ArrayList<String>();
    for (int rank = 0; rank < side.size(); rank++) {
      var level = side.level(rank);
      rows.add(level.ticks() + ": " + level.lots() + " in " + level.orders());
    }
    return rows;
  }

  private static List<Long> queue(BookSide side, long ticks) {
    var queue = new ArrayList<Long>();
    var level = side.find(ticks);
    if (level == null) return queue;
    for (var order = level.first(); order != null; order = order.behind()) queue.add(order.id());
    return queue;
  }

  @Test
  void levelsAreSortedBestFirstAndSumTheirOrders() {
    book.add(1, true, 100, 5);
    book.add(2, true, 102, 1);
    book.add(3, true, 100, 2);
    book.add(4, false, 105, 4);
    book.add(5, false, 103, 6);
    book.add(6, true, -3, 9);
    assertThat(rows(book.bids())).containsExactly("102: 1 in 1", "100: 7 in 2", "-3: 9 in 1");
    assertThat(rows(book.asks())).containsExactly("103: 6 in 1", "105: 4 in 1");
    assertThat(book.orders()).isEqualTo(6);
  }

  @Test
  void anOrderThatShrinksKeepsItsPlaceAndOneThatGrowsLosesIt() {
    book.add(1, true, 100, 5);
    book.add(2, true, 100, 5);
    book.add(3, true, 100, 5);
    book.modify(1, true, 100, 4);
    book.modify(2, true, 100, 5);
    assertThat(queue(book.bids(), 100)).containsExactly(1L, 2L, 3L);
    book.modify(1, true, 100, 6);
    assertThat(queue(book.bids(), 100)).containsExactly(2L, 3L, 1L);
    assertThat(rows(book.bids())).containsExactly("100: 16 in 3");
  }

  @Test
  void anOrderThatMovesGoesToTheEndOfItsNewQueue() {
    book.add(1, false, 100, 5);
    book.add(2, false, 101, 5);
    book.modify(1, false, 101, 3);
    assertThat(queue(book.asks(), 101)).containsExactly(2L, 1L);
    assertThat(rows(book.asks())).containsExactly("101: 8 in 2");
    book.modify(1, false, 100, 3);
    book.modify(1, false, 101, 3);
    assertThat(queue(book.asks(), 101)).containsExactly(2L, 1L);
  }

  @Test
  void aCancelTakesItsSizeAndTheOrderWithItsLastLot() {
    book.add(1, true, 100, 5);
    book.add(2, true, 100, 1);
    assertThat(book.cancel(1, true, 2)).isNull();
    assertThat(queue(book.bids(), 100)).containsExactly(1L, 2L);
    assertThat(rows(book.bids())).containsExactly("100: 4 in 2");
    assertThat(book.cancel(1, true, 3)).isNull();
    assertThat(book.find(1)).isNull();
    assertThat(book.cancel(2, true, 9)).isEqualTo(Unusable.TOO_MUCH_CANCELED);
    assertThat(book.bids().isEmpty()).isTrue();
  }

  @Test
  void whatCannotBeAppliedSaysWhyAndChangesNothing() {
    book.add(1, true, 100, 5);
    assertThat(book.add(1, true, 101, 5)).isEqualTo(Unusable.KNOWN_ORDER);
    assertThat(book.add(2, true, 101, 0)).isEqualTo(Unusable.NO_SIZE);
    assertThat(book.modify(9, true, 100, 5)).isEqualTo(Unusable.UNKNOWN_ORDER);
    assertThat(book.modify(1, false, 100, 5)).isEqualTo(Unusable.WRONG_SIDE);
    assertThat(book.cancel(9, true, 5)).isEqualTo(Unusable.UNKNOWN_ORDER);
    assertThat(book.cancel(1, false, 5)).isEqualTo(Unusable.WRONG_SIDE);
    assertThat(rows(book.bids())).containsExactly("100: 5 in 1");
  }

  @Test
  void clearEmptiesTheBook() {
    book.add(1, true, 100, 5);
    book.add(2, false, 101, 5);
    book.clear();
    assertThat(book.orders()).isZero();
    assertThat(book.find(1)).isNull();
    assertThat(book.bids().isEmpty() && book.asks().isEmpty()).isTrue();
    assertThat(book.add(1, true, 100, 5)).isNull();
  }

  @Test
  void bidsAtOrAboveAsksAreCrossed() {
    book.add(1, true, 100, 5);
    assertThat(book.isCrossed()).isFalse();
    book.add(2, false, 101, 5);
    assertThat(book.isCrossed()).isFalse();
    book.add(3, false, 100, 5);
    assertThat(book.isCrossed()).isTrue();
  }

  @Test
  void aSnapshotIsTheWholeTruthAndKeepsThePlacesOfWhatItHas() {
    book.add(1, true, 100, 5);
    book.add(2, true, 100, 5);
    book.add(3, true, 99, 5);
    book.add(4, false, 101, 5);
    book.beginSnapshot();
    book.clear();
    book.add(5, true, 100, 1);
    book.add(2, true, 100, 4);
    book.add(1, true, 100, 5);
    book.add(4, true, 98, 2);
    book.endSnapshot();
    assertThat(queue(book.bids(), 100)).containsExactly(1L, 2L, 5L);
    assertThat(rows(book.bids())).containsExactly("100: 10 in 3", "98: 2 in 1");
    assertThat(book.asks().isEmpty()).isTrue();
  }

  @Test
  void whatTheDeskTookStaysTakenWhileTheOrderKeepsItsPlace() {
    book.add(1, true, 100, 10);
    var order = book.find(1);
    book.take(order, 4);
    assertThat(order.available()).isEqualTo(6);
    assertThat(rows(book.bids())).containsExactly("100: 10 in 1");
    book.modify(1, true, 100, 5);
    assertThat(order.available()).isEqualTo(1);
    book.modify(1, true, 100, 2);
    assertThat(order.available()).isZero();
    book.modify(1, true, 100, 3);
    assertThat(order.available()).isEqualTo(3);
  }

  /** Against a book so simple that it can only be right. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aStormLeavesTheSameBookAsANaiveOne(long seed) {
    record Row(boolean bid, long ticks, long lots, long time) {}
    var random = new Random(seed);
    var naive = new HashMap<Long, Row>();
    for (int step = 0; step < 60_000; step++) {
      long id = random.nextLong(3000) * 0x10001L;
      boolean bid = random.nextBoolean();
      long ticks = (bid ? 0 : 40) + random.nextLong(60) - 30;
      long lots = 1 + random.nextLong(9);
      var row = naive.get(id);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          if (book.add(id, bid, ticks, lots) == null)
            naive.put(id, new Row(bid, ticks, lots, step));
          else assertThat(row).isNotNull();
        }
        case 3, 4 -> {
          if (row == null) {
            assertThat(book.modify(id, bid, ticks, lots)).isEqualTo(Unusable.UNKNOWN_ORDER);
            continue;
          }
          long to = random.nextBoolean() ? row.ticks() : (row.bid() ? 0 : 40) + random.nextLong(60);
          boolean keeps = to == row.ticks() && lots <= row.lots();
          book.modify(id, row.bid(), to, lots);
          naive.put(id, new Row(row.bid(), to, lots, keeps ? row.time() : step));
        }
        default -> {
          if (row == null) continue;
          book.cancel(id, row.bid(), lots);
          if (lots >= row.lots()) naive.remove(id);
          else naive.put(id, new Row(row.bid(), row.ticks(), row.lots() - lots, row.time()));
        }
      }
    }
    assertThat(book.orders()).isEqualTo(naive.size());
    for (boolean bid : new boolean[] {true, false}) {
      var side = bid ? book.bids() : book.asks();
      var expected =
          naive.entrySet().stream()
              .filter(e -> e.getValue().bid() == bid)
              .sorted(
                  (a, b) ->
                      a.getValue().ticks() == b.getValue().ticks()
                          ? Long.compare(a.getValue().time(), b.getValue().time())
                          : (bid ? -1 : 1)
                              * Long.compare(a.getValue().ticks(), b.getValue().ticks()))
              .map(e -> e.getValue().ticks() + "/" + e.getKey() + "/" + e.getValue().lots())
              .toList();
      var actual = new ArrayList<String>();
      for (int rank = 0; rank < side.size(); rank++) {
        var level = side.level(rank);
        long sum = 0;
        for (var order = level.first(); order != null; order = order.behind()) {
          actual.add(level.ticks() + "/" + order.id() + "/" + order.lots());
          sum += order.lots();
        }
        assertThat(level.lots()).isEqualTo(sum);
      }
      assertThat(actual).isEqualTo(expected);
    }
  }
}
