package io.tapeline.positions.domain;

import io.tapeline.model.Price;

/**
 * What is still open of one fill.
 *
 * @param opened the fill that opened it
 * @param signedQty lots, positive when long, negative when short, never zero
 */
public record Lot(Fill opened, long signedQty) {
  public Lot {
    if (signedQty == 0) throw new IllegalArgumentException("an empty lot");
  }

  /** The place of the fill that opened it. */
  public long seq() {
    return opened.place();
  }

  /** What was paid or received. */
  public Price px() {
    return opened.lastPx();
  }

  Lot withQty(long signedQty) {
    return new Lot(opened, signedQty);
  }
}
