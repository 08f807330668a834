package io.tapeline.orders.domain;

import io.tapeline.model.Side;
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

  /** What a stop of this side is compared with: the last trade, or who would trade with it. */
  @Nullable BigDecimal reaching(Side side) {
    return lastPx != null ? lastPx : side == Side.BUY ? high() : low();
  }
}
