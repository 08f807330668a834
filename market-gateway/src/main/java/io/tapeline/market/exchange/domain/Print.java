package io.tapeline.market.exchange.domain;

import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trade on the tape.
 *
 * @param tradeId counts the symbol's trades from 1, without a gap
 * @param aggressor who took; null where the market does not say
 */
public record Print(
    Symbol symbol, long tradeId, Price px, Qty qty, @Nullable Side aggressor, Instant venueTime) {}
