package io.tapeline.market.sim.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.sim.domain.BookOrder.Rest;
import io.tapeline.model.Side;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random orders through the engine and through the naive one: everything must be the same. */
class OrderBookStormTest {
  private static final int OPERATIONS = 30_000;
  private static final int MOST_WAITING = 60;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverIsSentTheNaiveMatcherAgrees(long seed) {
    var storm = new Storm(seed);
    for (int i = 0; i < OPERATIONS; i++) {
      storm.step();
      if (i % 16 == 0) storm.checkBook();
    }
    assertThat(storm.matches).isEqualTo(storm.naive.matches);
    assertThat(storm.matches).hasSizeGreaterThan(OPERATIONS / 10);
    storm.checkBook();
    storm.checkConservation();
  }

  private static final class Storm {
    private record Pair(BookOrder ours, NaiveMatcher.Order naive) {}

    final List<NaiveMatcher.Match> matches = new ArrayList<>();
    final NaiveMatcher naive = new NaiveMatcher();
    private final SplittableRandom random;
    private final IdentityHashMap<BookOrder, Long> ids = new IdentityHashMap<>();
    private final List<Pair> waiting = new ArrayList<>();
    private final OrderBook book = new OrderBook(this::traded);
    private long submitted;
    private long ended;
    private long traded;

    Storm(long seed) {
      random = new SplittableRandom(seed);
    }

    void step() {
      waiting.removeIf(pair -> !pair.ours.isWaiting());
      int dice = random.nextInt(100);
      if (waiting.isEmpty() || (dice < 60 && waiting.size() < MOST_WAITING)) submit();
      else if (dice < 80) cancel(waiting.get(random.nextInt(waiting.size())));
      else if (dice < 90) replace(waiting.get(random.nextInt(waiting.size())));
      else submit();
    }

    private void submit() {
      var side = random.nextBoolean() ? Side.BUY : Side.SELL;
      var rest =
          switch (random.nextInt(8)) {
            case 0 -> Rest.FORBIDDEN;
            case 1 -> Rest.ENDS;
            default -> Rest.WAITS;
          };
      int owner = random.nextInt(4);
      long limit =
          rest != Rest.WAITS && random.nextInt(3) == 0
              ? BookOrder.anyPrice(side)
              : random.nextLong(-10, 11);
      long lots = random.nextLong(1, 20);
      long id = ids.size();
      var ours = new BookOrder(side, owner, rest, limit, lots);
      var other = new NaiveMatcher.Order(id, side, owner, rest, limit, lots);
      ids.put(ours, id);
      submitted += lots;
      var outcome = book.submit(ours);
      assertThat(outcome).isEqualTo(naive.submit(other));
      account(new Pair(ours, other));
    }

    private void cancel(Pair pair) {
      assertThat(book.cancel(pair.ours)).isEqualTo(naive.cancel(pair.naive));
      account(pair);
    }

    private void replace(Pair pair) {
      long limit = random.nextBoolean() ? pair.ours.limit : random.nextLong(-10, 11);
      long lots = random.nextLong(1, 20);
      submitted += lots - pair.ours.leaves;
      assertThat(book.replace(pair.ours, limit, lots))
          .isEqualTo(naive.replace(pair.naive, limit, lots));
      waiting.remove(pair);
      account(pair);
    }

    private void account(Pair pair) {
      assertThat(pair.ours.leaves).isEqualTo(pair.naive.leaves);
      assertThat(pair.ours.isWaiting()).isEqualTo(naive.isWaiting(pair.naive));
      if (!pair.ours.isWaiting()) ended += pair.ours.leaves;
      else if (!waiting.contains(pair)) waiting.add(pair);
    }

    private void traded(BookOrder resting, BookOrder aggressor, long px, long lots) {
      traded += lots;
      matches.add(new NaiveMatcher.Match(id(resting), id(aggressor), px, lots));
    }

    private long id(BookOrder order) {
      return ids.getOrDefault(order, -1L);
    }

    void checkBook() {
      for (var side : Side.values()) {
        var ladder = book.side(side);
        var prices = new ArrayList<Long>();
        for (int rank = 0; rank < ladder.size(); rank++) {
          var level = ladder.level(rank);
          prices.add(level.px);
          assertThat(level.lots).isEqualTo(naive.lotsAt(side, level.px)).isPositive();
          assertThat(level.orders).isEqualTo(naive.ordersAt(side, level.px));
        }
        assertThat(prices).isEqualTo(naive.prices(side));
      }
      var bid = book.best(Side.BUY);
      var ask = book.best(Side.SELL);
      if (bid != null && ask != null) assertThat(bid.px).isLessThan(ask.px);
    }

    /** Every lot ever sent was traded (twice: bought and sold), ended untraded, or waits. */
    void checkConservation() {
      long waits =
          waiting.stream()
              .filter(pair -> pair.ours.isWaiting())
              .mapToLong(pair -> pair.ours.leaves)
              .sum();
      assertThat(2 * traded + ended + waits).isEqualTo(submitted);
    }
  }
}
