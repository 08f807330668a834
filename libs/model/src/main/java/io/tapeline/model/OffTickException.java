package io.tapeline.model;

import java.math.BigDecimal;

/** A price between two ticks of its instrument. */
public final class OffTickException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public OffTickException(Symbol symbol, BigDecimal price, BigDecimal tickSize) {
    super(
        price.toPlainString()
            + " is not a multiple of the tick size "
            + tickSize.toPlainString()
            + " of "
            + symbol.value());
  }
}
