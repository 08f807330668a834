package io.tapeline.positions.domain;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Currency;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an account loses from here when every protective stop is reached, each at its own price. A
 * stop covers as many lots as it may still trade; those nearest to the market come first. A stop
 * beyond the market loses nothing: it locks a gain in.
 *
 * @param toStops zero or more
 * @param unprotectedQty open lots that no stop covers
 */
public record OpenRisk(BigDecimal toStops, long protectedQty, long unprotectedQty) {
  public static OpenRisk of(
      AccountState state, Currency currency, Function<Position, Optional<Mark>> marks) {
    var toStops = BigDecimal.ZERO;
    long covered = 0;
    long open = 0;
    for (var position : state.fold().positions().values()) {
      if (position.isFlat()) continue;
      if (!position.instrument().tickValue().currency().equals(currency)) continue;
      long left = Math.abs(position.netQty());
      open += left;
      var mark = marks.apply(position).orElse(null);
      var stops =
          state.orders().values().stream()
              .filter(order -> order.protects(position))
              .sorted(nearestFirst(position))
              .toList();
      for (var order : stops) {
        var stopPx = order.stopPx();
        if (left == 0 || stopPx == null) break;
        long lots = Math.min(left, order.leavesQty());
        left -= lots;
        covered += lots;
        toStops =
            toStops.add(lossAt(position, WorkingOrder.stop(position, stopPx).ticks(), lots, mark));
      }
    }
    return new OpenRisk(toStops, covered, open - covered);
  }

  private static Comparator<WorkingOrder> nearestFirst(Position position) {
    Comparator<WorkingOrder> byStop =
        Comparator.comparing(order -> order.stopPx() == null ? BigDecimal.ZERO : order.stopPx());
    return (position.netQty() > 0 ? byStop.reversed() : byStop)
        .thenComparing(order -> order.clOrdId().value());
  }

  /** From the mark; nothing is known without one. */
  private static BigDecimal lossAt(
      Position position, long stopTicks, long lots, @Nullable Mark mark) {
    if (mark == null) return BigDecimal.ZERO;
    long halfTicks =
        position.netQty() > 0 ? mark.halfTicks() - 2 * stopTicks : 2 * stopTicks - mark.halfTicks();
    return position
        .instrument()
        .worth(Math.multiplyExact(Math.max(halfTicks, 0), lots))
        .amount()
        .divide(BigDecimal.TWO);
  }
}
