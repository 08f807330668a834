package io.tapeline.contract;

import io.tapeline.model.TradingState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account's money and limits; published at least every second as the risk heartbeat.
 *
 * @param balance start balance plus realised P&L less fees
 * @param equity balance plus unrealised P&L
 * @param dayPnl net of fees from the trading day's start
 * @param version {@code [consumedSeq, markNo]}
 */
public record AccountRow(
    String accountId,
    String name,
    String venue,
    boolean practice,
    TradingState tradingState,
    String currency,
    BigDecimal balance,
    BigDecimal equity,
    BigDecimal dayPnl,
    List<LimitRow> limits,
    @Nullable Boolean quarantined,
    Instant at,
    List<Long> version) {
  /** One limit with its use. */
  public record LimitRow(String name, BigDecimal limit, BigDecimal used, BigDecimal remaining) {}
}
