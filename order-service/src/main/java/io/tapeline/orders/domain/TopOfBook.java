package io.tapeline.orders.domain;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Where the market is. A side without orders is null. */
public record TopOfBook(
    @Nullable BigDecimal bidPx, @Nullable BigDecimal askPx, @Nullable BigDecimal lastPx) {
  /** The lower edge of the market. */
  @Nullable BigDecimal low() {
    return bidPx != null ? bidPx : lastPx != null ? lastPx : askPx;
  }

  /** The upper edge of the market. */
  @Nullable BigDecimal high() {
    return askPx != null ? askPx : lastPx != null ? lastPx : bidPx;
  }
}
