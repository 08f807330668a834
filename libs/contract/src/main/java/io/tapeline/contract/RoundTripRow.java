package io.tapeline.contract;

import io.tapeline.model.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A closed round trip on {@code trades.v1}: lots of one execution, closed by lots of another, first
 * in first out. The row of a {@code tradeId} with the highest {@code seq} counts: a bust or a
 * correction pairs executions anew.
 *
 * @param tradeId {@code T<entry seq>-<exit seq>} of the executions' lines, unique per account
 * @param seq line of the account's journal that made the trade what it is here
 * @param side of the entry: BUY is a long trade
 * @param pnl before fees
 * @param fees share of both executions' fees
 * @param mae most it stood against the trade between entry and exit, in money, zero or less; null
 *     where no price was seen meanwhile
 * @param mfe most it stood for it, zero or more
 * @param tradingDay of the exit, by the exchange's calendar
 * @param session of the exit: RTH, ETH or CLOSED
 * @param strategy tag of the order that opened it
 * @param clOrdIds of the entry and of the exit, once where they are the same
 * @param voided true when it never was: an execution of it was taken back
 */
public record RoundTripRow(
    String tradeId,
    String accountId,
    long seq,
    String symbol,
    Side side,
    long qty,
    BigDecimal entryPx,
    BigDecimal exitPx,
    Instant entryAt,
    Instant exitAt,
    long durationMillis,
    BigDecimal pnl,
    BigDecimal fees,
    String currency,
    @Nullable BigDecimal mae,
    @Nullable BigDecimal mfe,
    LocalDate tradingDay,
    String session,
    @Nullable String strategy,
    List<String> clOrdIds,
    List<String> execIds,
    @Nullable Boolean voided) {}
