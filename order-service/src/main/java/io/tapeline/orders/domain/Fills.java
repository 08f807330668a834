package io.tapeline.orders.domain;

import io.tapeline.model.ExecId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What was executed. Keeps the sum of price x quantity, never the average: averages cannot be added
 * to, sums can.
 */
public record Fills(Qty cumQty, long notionalTicks, PersistentMap<ExecId, Execution> executions) {
  public static final Fills NONE = new Fills(Qty.ZERO, 0, PersistentMap.empty());

  /** One execution, kept so that a bust can reverse exactly it. */
  public record Execution(Qty lastQty, Price lastPx) {}

  public boolean has(ExecId execId) {
    return executions.contains(execId);
  }

  public Fills plus(ExecId execId, Qty lastQty, Price lastPx) {
    return new Fills(
        cumQty.plus(lastQty),
        Math.addExact(notionalTicks, Math.multiplyExact(lastQty.lots(), lastPx.ticks())),
        executions.with(execId, new Execution(lastQty, lastPx)));
  }

  /** For people to read. No decision may depend on it. */
  public BigDecimal avgPxTicks() {
    return BigDecimal.valueOf(notionalTicks)
        .divide(BigDecimal.valueOf(cumQty.lots()), 4, RoundingMode.HALF_EVEN);
  }
}
