package io.tapeline.market.alert.domain;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert and what became of it.
 *
 * @param endedAt null while it waits
 * @param trade what reached it; null where nothing did
 */
public record AlertHistory(
    Alert alert, AlertState state, @Nullable Instant endedAt, @Nullable Trade trade) {

  /** The trade that reached a price; {@code at} is venue time. */
  public record Trade(long tradeId, BigDecimal px, Instant at) {}
}
