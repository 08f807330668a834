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
 * @param playing which playing of a recording it belongs to; null where there is none
 */
public record Print(
    Symbol symbol,
    long tradeId,
    Price px,
    Qty qty,
    @Nullable Side aggressor,
    Instant venueTime,
    @Nullable Playing playing) {

  /**
   * One playing of recordings, from one seek to the next.
   *
   * @param pass counts them
   * @param from where it began
   */
  public record Playing(long pass, Instant from) {}

  public Print(
      Symbol symbol, long tradeId, Price px, Qty qty, @Nullable Side aggressor, Instant venueTime) {
    this(symbol, tradeId, px, qty, aggressor, venueTime, null);
  }
}
