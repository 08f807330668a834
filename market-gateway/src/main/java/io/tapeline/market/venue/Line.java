package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.model.AccountId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** What is on its way from a venue. On the venue's thread. */
final class Line {
  /** A venue that is silent for long is forgotten about rather than kept in memory. */
  private static final int MOST = 100_000;

  private record OnItsWay(ExchangeEvent event, long due, long number) {}

  private final PriorityQueue<OnItsWay> events =
      new PriorityQueue<>(
          Comparator.comparingLong(OnItsWay::due).thenComparingLong(OnItsWay::number));
  private final Map<AccountId, Long> last = new HashMap<>();
  private long number;

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** When an event arrives that is not to overtake those of its account before it. */
  long inTurn(AccountId account, long earliest) {
    return last.merge(account, earliest, Math::max);
  }

  void add(ExchangeEvent event, long due) {
    if (events.size() < MOST) events.add(new OnItsWay(event, due, number++));
  }

  void due(long now, Consumer<ExchangeEvent> to) {
    while (true) {
      var next = events.peek();
      if (next == null || next.due() - now > 0) return;
      events.remove(next);
      to.accept(next.event());
    }
  }

  /** Everything at once, in the order it would have come. */
  void flush(Consumer<ExchangeEvent> to) {
    var all = new ArrayList<OnItsWay>(events);
    all.sort(Comparator.comparingLong(OnItsWay::number));
    clear();
    all.forEach(one -> to.accept(one.event()));
  }

  void clear() {
    events.clear();
  }
}
