package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.model.AccountId;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the practice exchange knew before a restart, as its owner stored it. Agents' orders are not
 * remembered: they come anew.
 *
 * @param lastOrderNo the highest number of an order so far ({@link SimExchange#orderNo}), done
 *     orders included, so that no id is given twice
 * @param orders oldest first, with their fills: every open one, and as many done ones as may still
 *     be asked about
 * @param netQty what each account holds by all its fills ever
 * @param markets what each symbol traded last
 */
public record SimMemory(
    long lastOrderNo,
    List<OrderState> orders,
    Map<AccountId, Map<Symbol, Long>> netQty,
    Map<Symbol, Tape> markets) {
  public static final SimMemory NONE = new SimMemory(0, List.of(), Map.of(), Map.of());

  /**
   * The end of a symbol's tape.
   *
   * @param lastPx where the market goes on; null where it has not traded
   */
  public record Tape(long lastTradeId, @Nullable Price lastPx) {
    public static final Tape BLANK = new Tape(0, null);
  }

  public SimMemory {
    orders = List.copyOf(orders);
    netQty = Map.copyOf(netQty);
    markets = Map.copyOf(markets);
  }
}
