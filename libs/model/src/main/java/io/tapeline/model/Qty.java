package io.tapeline.model;

/**
 * A number of lots, zero or more. A quantity has no sign; {@link Side} has.
 *
 * @param lots contracts, at least zero
 */
public record Qty(long lots) implements Comparable<Qty> {
  public static final Qty ZERO = new Qty(0);

  public Qty {
    if (lots < 0) throw new IllegalArgumentException("negative quantity: " + lots);
  }

  public Qty plus(Qty other) {
    return new Qty(Math.addExact(lots, other.lots));
  }

  /** This less the other, but never below zero. */
  public Qty minusUpTo(Qty other) {
    return new Qty(Math.max(0, lots - other.lots));
  }

  public Qty min(Qty other) {
    return lots <= other.lots ? this : other;
  }

  public boolean isZero() {
    return lots == 0;
  }

  @Override
  public int compareTo(Qty other) {
    return Long.compare(lots, other.lots);
  }
}
