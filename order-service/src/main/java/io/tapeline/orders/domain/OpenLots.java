package io.tapeline.orders.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The lots of a position that are still open, oldest first: the first bought are the first sold. No
 * profit is computed of it; it tells where a position stands for a bracket that is to protect it.
 */
public record OpenLots(List<Lot> lots) {
  static final OpenLots NONE = new OpenLots(List.of());

  public OpenLots {
    lots = List.copyOf(lots);
  }

  /**
   * Lots opened at one price.
   *
   * @param signedQty above zero: bought
   */
  public record Lot(long signedQty, Price px) {}

  OpenLots plus(Side side, Qty lastQty, Price lastPx) {
    var left = side.signed(lastQty);
    var after = new ArrayList<Lot>(lots);
    while (left != 0 && !after.isEmpty() && opposed(after.getFirst().signedQty(), left)) {
      var oldest = after.removeFirst();
      var closed = Math.min(Math.abs(oldest.signedQty()), Math.abs(left));
      var rest = oldest.signedQty() - Long.signum(oldest.signedQty()) * closed;
      left -= Long.signum(left) * closed;
      if (rest != 0) after.addFirst(new Lot(rest, oldest.px()));
    }
    if (left != 0) {
      if (!after.isEmpty() && after.getLast().px().equals(lastPx))
        left += after.removeLast().signedQty();
      after.add(new Lot(left, lastPx));
    }
    return new OpenLots(after);
  }

  /** Without an execution that was taken back: its own lots go, as far as they are still open. */
  OpenLots minus(Side side, Qty lastQty, Price lastPx) {
    var left = lastQty.lots();
    var after = new ArrayList<Lot>();
    for (var lot : lots) {
      var same = lot.px().equals(lastPx) && lot.signedQty() > 0 == (side == Side.BUY);
      var gone = same ? Math.min(left, Math.abs(lot.signedQty())) : 0;
      left -= gone;
      var rest = lot.signedQty() - Long.signum(lot.signedQty()) * gone;
      if (rest != 0) after.add(new Lot(rest, lot.px()));
    }
    var without = new OpenLots(after);
    return left == 0 ? without : without.plus(side.opposite(), new Qty(left), lastPx);
  }

  private static boolean opposed(long a, long b) {
    return a > 0 != b > 0;
  }

  long signedQty() {
    var sum = 0L;
    for (var lot : lots) sum = Math.addExact(sum, lot.signedQty());
    return sum;
  }

  /** Price x quantity of what is open, in ticks and without a sign of its own. */
  long notionalTicks() {
    var sum = 0L;
    for (var lot : lots)
      sum = Math.addExact(sum, Math.multiplyExact(Math.abs(lot.signedQty()), lot.px().ticks()));
    return sum;
  }
}
