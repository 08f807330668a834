package io.tapeline.positions.domain;

import io.tapeline.model.Price;

/**
 * What is still open of one fill.
 *
 * @param seq the place of the fill that opened it
 * @param signedQty lots, positive when long, negative when short, never zero
 * @param px what was paid or received
 */
public record Lot(long seq, long signedQty, Price px) {
  public Lot {
    if (signedQty == 0) throw new IllegalArgumentException("an empty lot");
  }

  Lot withQty(long signedQty) {
    return new Lot(seq, signedQty, px);
  }
}
