package io.tapeline.positions.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An order as far as risk is concerned.
 *
 * @param leavesQty lots that may still trade; zero once it has ended
 * @param stopPx where a stop waits; null for other orders
 * @param inDoubt whether it is not known if the venue has it, or a change of it
 */
public record WorkingOrder(
    ClOrdId clOrdId,
    Symbol symbol,
    Side side,
    long leavesQty,
    @Nullable BigDecimal price,
    @Nullable BigDecimal stopPx,
    boolean reduceOnly,
    boolean inDoubt) {
  boolean isDone() {
    return leavesQty == 0;
  }

  /** Whether it would lose nothing more than up to its stop price for a position of that sign. */
  boolean protects(Position position) {
    return stopPx != null
        && symbol.equals(position.instrument().symbol())
        && side.signed(new Qty(1)) == -Long.signum(position.netQty());
  }

  /** The stop in whole ticks, moved against the account where it lies between two. */
  static Price stop(Position position, BigDecimal stopPx) {
    return position.netQty() > 0
        ? position.instrument().priceAtOrBelow(stopPx)
        : position.instrument().priceAtOrAbove(stopPx);
  }
}
