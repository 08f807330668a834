package io.tapeline.positions.domain;

import static java.lang.Math.addExact;
import static java.lang.Math.multiplyExact;
import static java.lang.Math.subtractExact;

import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.TradingCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an account holds of one contract, and what it has made of it. Realised P&amp;L is that of
 * FIFO lots in whole ticks; the total is the cash identity, so that the two can be held against
 * each other: {@code realised + unrealised(mark) = cash + netQty x mark}.
 *
 * <p>ES, one tick 0.25 points and USD 12.50. Buy 2 at 4800.00 and 1 at 4801.00, sell 2 at 4802.00:
 * the two oldest lots are closed, 2 x 8 ticks = USD 200; 1 long at 4801.00 is left.
 *
 * <p>MNQ, 0.25 and USD 0.50. Long 2 from 17000.00, sell 5 at 17010.00: 2 are closed, 2 x 40 ticks =
 * USD 40, and 3 are short from 17010.00. A flip is a close and an open in one fill.
 *
 * <p>ZN, 1/64 and USD 15.625. Buy 1 at 110.015625, sell it at 110.03125: one tick, USD 15.625.
 * Cents would not do.
 *
 * <p>CL, 0.01 and USD 10. Sell 1 at 1.00 and buy it back at -37.63: 3863 ticks, USD 38630.
 *
 * @param instrument the contract's numbers, as the tape states them
 * @param lots what is open, oldest first, all of one sign
 * @param cashTicks what was received less what was paid, in ticks times lots
 * @param realizedTicks what closed lots have made, in ticks times lots
 * @param fees what the venue charged
 * @param fills how many executions were ever in it; one that was taken back still counts, so that
 *     what was said of it is said to be nothing now
 * @param tally of its round trips
 * @param reportedPnl what the venue says the executions that stand have realised; null where it
 *     never said anything
 */
public record Position(
    Instrument instrument,
    List<Lot> lots,
    long netQty,
    long cashTicks,
    long realizedTicks,
    BigDecimal fees,
    long fills,
    Tally tally,
    @Nullable BigDecimal reportedPnl) {
  private static final int AVERAGE_DECIMALS = 4;

  /** Nothing was traded yet. */
  public static Position untraded(Instrument instrument) {
    return new Position(instrument, List.of(), 0, 0, 0, BigDecimal.ZERO, 0, Tally.NONE, null);
  }

  public Position {
    lots = List.copyOf(lots);
  }

  /**
   * The position after a fill: it closes the oldest lots of the other side, what is left of it
   * opens a new one.
   *
   * @throws ArithmeticException when a sum does not fit a long
   */
  public Position plus(Fill fill) {
    return plus(fill, _ -> {});
  }

  /**
   * The position after a fill.
   *
   * @param closed takes the round trips it completes, oldest entry first
   * @throws ArithmeticException when a sum does not fit a long
   */
  public Position plus(Fill fill, Consumer<Pairing> closed) {
    long signedQty = fill.side().signed(fill.lastQty());
    if (signedQty == 0) throw new IllegalArgumentException("a fill of nothing: " + fill.execId());
    long left = signedQty;
    long realized = realizedTicks;
    var counted = tally.plusFill(TradingCalendar.of(fill.venueTime()));
    int oldest = 0;
    var open = new ArrayList<Lot>(lots.size() + 1);
    while (left != 0 && oldest < lots.size() && opposes(left, lots.get(oldest))) {
      var lot = lots.get(oldest++);
      long closing = closable(left, lot);
      var pairing = pairing(lot, fill, closing, Math.abs(signedQty) - Math.abs(left));
      realized = addExact(realized, pairing.wonTicks());
      counted = counted.plus(pairing);
      closed.accept(pairing);
      left = addExact(left, closing);
      if (closing != lot.signedQty()) {
        open.add(lot.withQty(subtractExact(lot.signedQty(), closing)));
        break;
      }
    }
    open.addAll(lots.subList(oldest, lots.size()));
    if (left != 0) open.add(new Lot(fill, left));
    return new Position(
        instrument,
        open,
        addExact(netQty, signedQty),
        subtractExact(cashTicks, multiplyExact(signedQty, fill.lastPx().ticks())),
        realized,
        fill.fee() == null ? fees : fees.add(fill.fee()),
        fills + 1,
        counted,
        withReported(fill.reportedPnl()));
  }

  private @Nullable BigDecimal withReported(@Nullable BigDecimal more) {
    if (more == null) return reportedPnl;
    return reportedPnl == null ? more : reportedPnl.add(more);
  }

  private Pairing pairing(Lot lot, Fill exit, long closing, long exitFrom) {
    var entry = lot.opened();
    long used = entry.lastQty().lots() - Math.abs(lot.signedQty());
    return new Pairing(instrument, entry, exit, Math.abs(closing), used, exitFrom);
  }

  /**
   * The position had exactly these executions happened: after one of them was taken back or
   * corrected.
   *
   * @param closed takes every round trip of them
   * @throws ArithmeticException when a sum does not fit a long
   */
  Position refolded(Iterable<Fill> standing, Consumer<Pairing> closed) {
    var position = untraded(instrument);
    for (var fill : standing) position = position.plus(fill, closed);
    return new Position(
        instrument,
        position.lots,
        position.netQty,
        position.cashTicks,
        position.realizedTicks,
        position.fees,
        fills,
        position.tally,
        position.reportedPnl);
  }

  private static boolean opposes(long signedQty, Lot lot) {
    return Long.signum(signedQty) == -Long.signum(lot.signedQty());
  }

  /** How much of the lot a fill of the other side closes, with the sign of the lot. */
  private static long closable(long signedQty, Lot lot) {
    return lot.signedQty() > 0
        ? Math.min(lot.signedQty(), -signedQty)
        : Math.max(lot.signedQty(), -signedQty);
  }

  public boolean isFlat() {
    return netQty == 0;
  }

  /** Before fees. */
  public Money realized() {
    return instrument.worth(realizedTicks);
  }

  /** What closing everything at the mark would add to the realised P&amp;L. */
  public Money unrealized(Mark mark) {
    long halfTicks =
        addExact(
            multiplyExact(netQty, mark.halfTicks()),
            multiplyExact(2, subtractExact(cashTicks, realizedTicks)));
    var twice = instrument.tickValue().amount().multiply(BigDecimal.valueOf(halfTicks));
    return new Money(twice.divide(BigDecimal.TWO), instrument.tickValue().currency());
  }

  /** Average entry of the open lots, rounded, for people to read; null when flat. */
  public @Nullable BigDecimal avgPx() {
    if (netQty == 0) return null;
    var cost = BigDecimal.ZERO;
    for (var lot : lots) {
      cost =
          cost.add(
              BigDecimal.valueOf(lot.signedQty()).multiply(BigDecimal.valueOf(lot.px().ticks())));
    }
    return Decimals.trim(
        cost.multiply(instrument.tickSize())
            .divide(
                BigDecimal.valueOf(netQty),
                instrument.tickSize().scale() + AVERAGE_DECIMALS,
                RoundingMode.HALF_EVEN),
        instrument.tickSize().scale());
  }
}
