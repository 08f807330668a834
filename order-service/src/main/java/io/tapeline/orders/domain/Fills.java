package io.tapeline.orders.domain;

import io.tapeline.model.ExecId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What was executed. Keeps the sum of price x quantity, never the average: averages cannot be added
 * to, sums can.
 *
 * @param cumQty what stands
 * @param bustedQty what was executed and taken back: it does not come back to the book
 */
public record Fills(
    Qty cumQty, Qty bustedQty, long notionalTicks, PersistentMap<ExecId, Execution> executions) {
  public static final Fills NONE = new Fills(Qty.ZERO, Qty.ZERO, 0, PersistentMap.empty());

  /**
   * One execution, kept so that a bust can reverse exactly it.
   *
   * @param stands false once the venue took it back: told again, it is not booked again
   */
  public record Execution(Qty lastQty, Price lastPx, @Nullable BigDecimal fee, boolean stands) {
    long notionalTicks() {
      return Math.multiplyExact(lastQty.lots(), lastPx.ticks());
    }

    Execution takenBack() {
      return new Execution(lastQty, lastPx, fee, false);
    }
  }

  /** Whether the execution is known, standing or taken back. */
  public boolean has(ExecId execId) {
    return executions.contains(execId);
  }

  /** The execution as it was booked; null: unknown, or taken back already. */
  public @Nullable Execution standing(ExecId execId) {
    var execution = executions.get(execId);
    return execution == null || !execution.stands() ? null : execution;
  }

  /** Lots that cannot trade any more. */
  public Qty spentQty() {
    return cumQty.plus(bustedQty);
  }

  public Fills plus(ExecId execId, Qty lastQty, Price lastPx, @Nullable BigDecimal fee) {
    var execution = new Execution(lastQty, lastPx, fee, true);
    return new Fills(
        cumQty.plus(lastQty),
        bustedQty,
        Math.addExact(notionalTicks, execution.notionalTicks()),
        executions.with(execId, execution));
  }

  /** Without an execution; one that was never booked is remembered, so that it never will be. */
  public Fills bust(ExecId execId) {
    var booked = standing(execId);
    if (booked == null)
      return new Fills(
          cumQty,
          bustedQty,
          notionalTicks,
          executions.with(execId, new Execution(Qty.ZERO, new Price(0), null, false)));
    return new Fills(
        cumQty.minusUpTo(booked.lastQty()),
        bustedQty.plus(booked.lastQty()),
        Math.subtractExact(notionalTicks, booked.notionalTicks()),
        executions.with(execId, booked.takenBack()));
  }

  /** One execution in the place of another; lots that fell away stay away. */
  public Fills correct(
      ExecId execId, ExecId newExecId, Qty newQty, Price newPx, @Nullable BigDecimal newFee) {
    var booked = standing(execId);
    var oldQty = booked == null ? Qty.ZERO : booked.lastQty();
    var after = bust(execId).plus(newExecId, newQty, newPx, newFee);
    return new Fills(
        after.cumQty,
        after.bustedQty.minusUpTo(newQty.min(oldQty)),
        after.notionalTicks,
        after.executions);
  }

  /** The sums of these executions. */
  public static Fills of(PersistentMap<ExecId, Execution> executions, Qty bustedQty) {
    var cumQty = Qty.ZERO;
    var notionalTicks = 0L;
    for (var execution : executions.values()) {
      if (!execution.stands()) continue;
      cumQty = cumQty.plus(execution.lastQty());
      notionalTicks = Math.addExact(notionalTicks, execution.notionalTicks());
    }
    return new Fills(cumQty, bustedQty, notionalTicks, executions);
  }

  /** For people to read. No decision may depend on it. */
  public BigDecimal avgPxTicks() {
    return BigDecimal.valueOf(notionalTicks)
        .divide(BigDecimal.valueOf(cumQty.lots()), 4, RoundingMode.HALF_EVEN);
  }
}
