package io.tapeline.contract;

import io.tapeline.model.TradingState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account's money and limits; published at least every second as the risk heartbeat.
 *
 * @param tradingState as order-service journaled it
 * @param balance start balance and adjustments plus realised P&L less fees
 * @param equity balance plus unrealised P&L
 * @param dayPnl net of fees from the trading day's start
 * @param version {@code [consumedSeq, markNo]}
 * @param risk what the rules ask for now; null where the account has no program
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
    List<Long> version,
    @Nullable DayRow day,
    @Nullable StatsRow stats,
    @Nullable OpenRiskRow openRisk,
    @Nullable RiskRow risk) {
  /**
   * One limit with its use.
   *
   * @param name the rule's id
   * @param kind DAILY_LOSS, DRAWDOWN, MAX_CONTRACTS, TRADE_COUNT, HOURS or CONSISTENCY
   * @param unit MONEY, LOTS, TRADES, SECONDS or PERCENT
   * @param percent of the limit in use, whole
   * @param tier WARN, BLOCK, LIQUIDATE or LOCK as far as reached; null: none
   * @param ticks whole ticks the market may still move against the positions before the limit is
   *     used up; only with a position in exactly one contract
   * @param needed profit still needed until a target is kept, zero when it is; CONSISTENCY alone
   */
  public record LimitRow(
      String name,
      BigDecimal limit,
      BigDecimal used,
      BigDecimal remaining,
      @Nullable String kind,
      @Nullable String unit,
      @Nullable Integer percent,
      @Nullable String tier,
      @Nullable Long ticks,
      @Nullable BigDecimal needed) {}

  /**
   * The trading day.
   *
   * @param session RTH, ETH or CLOSED by the exchange's calendar
   * @param realizedPnl before fees, from the day's start; {@code unrealizedPnl} likewise the change
   */
  public record DayRow(
      LocalDate tradingDay,
      String session,
      BigDecimal startBalance,
      BigDecimal startEquity,
      BigDecimal realizedPnl,
      BigDecimal unrealizedPnl,
      BigDecimal fees,
      long fills,
      long trades,
      long wins,
      long losses) {}

  /**
   * Over all closed round trips.
   *
   * @param winRate wins of all trades, four decimals; null before the first
   * @param profitFactor what was won by what was lost, four decimals; null while nothing was lost
   * @param peakEquity highest equity ever seen
   * @param drawdown from there to now
   */
  public record StatsRow(
      long trades,
      long wins,
      long losses,
      BigDecimal grossProfit,
      BigDecimal grossLoss,
      @Nullable BigDecimal winRate,
      @Nullable BigDecimal profitFactor,
      BigDecimal peakEquity,
      BigDecimal drawdown) {}

  /**
   * What is lost from here when every protective stop is reached.
   *
   * @param toStops zero or more; covered lots only
   * @param unprotectedQty open lots no working stop covers
   */
  public record OpenRiskRow(BigDecimal toStops, long protectedQty, long unprotectedQty) {}

  /**
   * What the rules ask for. The whole state is in every row, so that acting on the newest row is
   * enough.
   *
   * @param tier NONE, WARN, BLOCK (take no new risk), LIQUIDATE (flatten, then as BLOCK) or LOCK
   *     (flatten, then halted until {@code lockedUntil})
   * @param decisionId of the decision behind the tier, the command id of the action; null with NONE
   * @param reason the denial that new risk is answered with: DAILY_LOSS_LIMIT, DRAWDOWN_LIMIT,
   *     MAX_POSITION, TRADE_COUNT_LIMIT or OUTSIDE_HOURS
   * @param lockedUntil venue time; null with a LOCK: until the account is reset
   * @param maxContracts how many lots the account may hold over all contracts; null: no such rule
   */
  public record RiskRow(
      String program,
      int programVersion,
      String tier,
      @Nullable String rule,
      @Nullable String decisionId,
      @Nullable String reason,
      @Nullable Instant lockedUntil,
      long asOfSeq,
      @Nullable Long maxContracts) {}
}
