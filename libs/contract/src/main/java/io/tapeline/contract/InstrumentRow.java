package io.tapeline.contract;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A contract of the catalogue, on {@code instruments.v1}.
 *
 * @param symbol the exchange's contract code, such as ESH4
 * @param exchange the market as ISO 10383 MIC, such as XCME
 * @param tickSize the smallest price step
 * @param tickValue what one lot gains or loses per tick, in {@code currency}
 * @param currency ISO 4217
 * @param expiry last trading day; null where it is not known
 * @param session regular hours in the exchange's time zone, such as {@code 17:00-16:00
 *     America/Chicago}
 * @param front whether this is the contract of its root to show first
 */
public record InstrumentRow(
    String symbol,
    String root,
    String exchange,
    String description,
    BigDecimal tickSize,
    BigDecimal tickValue,
    String currency,
    @Nullable LocalDate expiry,
    String session,
    String venue,
    boolean front) {}
