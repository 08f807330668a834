package io.tapeline.market.alert.domain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The alerts that wait, nearest first: a trade looks at one of each side, and of a symbol nobody
 * waits for it costs one look into a map. Any thread.
 */
public final class AlertBook {
  private final ConcurrentMap<String, Waiting> bySymbol = new ConcurrentHashMap<>();

  /** Those of one symbol; guarded by itself. */
  private static final class Waiting {
    private final NavigableSet<Alert> above = new TreeSet<>(Alert.NEAREST_FIRST);
    private final NavigableSet<Alert> below = new TreeSet<>(Alert.NEAREST_FIRST);

    NavigableSet<Alert> side(Alert.Direction direction) {
      return switch (direction) {
        case ABOVE -> above;
        case BELOW -> below;
      };
    }

    boolean isEmpty() {
      return above.isEmpty() && below.isEmpty();
    }
  }

  /** One that waits already goes on waiting. */
  public void add(Alert alert) {
    bySymbol.compute(
        alert.symbol().value(),
        (_, known) -> {
          var waiting = known == null ? new Waiting() : known;
          synchronized (waiting) {
            waiting.side(alert.direction()).add(alert);
          }
          return waiting;
        });
  }

  public void remove(Alert alert) {
    bySymbol.computeIfPresent(
        alert.symbol().value(),
        (_, waiting) -> {
          synchronized (waiting) {
            waiting.side(alert.direction()).remove(alert);
            return waiting.isEmpty() ? null : waiting;
          }
        });
  }

  /** Takes out those that a trade reaches. */
  public List<Alert> reach(String symbol, long tradeId, BigDecimal traded) {
    var waiting = bySymbol.get(symbol);
    if (waiting == null) return List.of();
    var reached = new ArrayList<Alert>(0);
    synchronized (waiting) {
      take(waiting.above, tradeId, traded, reached);
      take(waiting.below, tradeId, traded, reached);
    }
    return reached;
  }

  private static void take(
      NavigableSet<Alert> side, long tradeId, BigDecimal traded, List<Alert> reached) {
    if (side.isEmpty() || !side.first().direction().isReached(side.first().px(), traded)) return;
    for (var each = side.iterator(); each.hasNext(); ) {
      var alert = each.next();
      if (!alert.direction().isReached(alert.px(), traded)) return;
      if (!alert.isReachedBy(tradeId, traded)) continue;
      each.remove();
      reached.add(alert);
    }
  }
}
