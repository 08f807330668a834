package io.tapeline.positions.domain;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Where an account stood when its trading day began.
 *
 * @param netPnl realised and unrealised P&amp;L since ever, less fees, at the last marks before the
 *     day
 */
public record DayStart(LocalDate tradingDay, BigDecimal netPnl) {}
