package io.tapeline.market.venue.domain;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.ReplaceOrder;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a practice exchange remembers over restarts. A real venue has its own; a practice one gets
 * this, so that reconciliation is real. Calls wait for the answer; only the venue's thread calls.
 */
public interface PracticeMemory {
  /**
   * The last life of this exchange; null when it never lived.
   *
   * @throws VenueLostException when somebody else runs this venue by now, as from every method here
   */
  @Nullable Run lastRun();

  /** Begins a new life of that number and trade numbers above all that any life gave out. */
  Run newRun(String fingerprint, long atLeastTradeBase);

  /** Orders that can still trade, in the order they came. */
  List<OrderState> workingOrders();

  /** Writes all of it, or nothing. What it writes may be reported afterwards. Safe to repeat. */
  void write(Changes changes);

  Optional<OrderState> find(AccountId account, ClOrdId clOrdId);

  /** Executions after that number, oldest first. */
  List<ExchangeEvent.Execution> executionsAfter(AccountId account, long executionNo);

  /** The highest numbers given out so far. */
  Numbers numbers();

  /** Signed lots by all executions. */
  Map<Symbol, Long> positions(AccountId account);

  /** How an account came to what it holds of a contract. */
  Opened opened(AccountId account, Symbol symbol);

  /** Where each market traded last, roughly: it is not written with every trade. */
  Map<Symbol, Price> lastPrices();

  /** What was asked of the exchange in this life, in order. */
  List<Input> inputs(long run);

  /**
   * What stands since an account was last flat in a contract.
   *
   * @param heldBefore lots by executions that are forgotten, with their prices
   * @param executions oldest first, fills and corrections
   */
  record Opened(long heldBefore, List<ExchangeEvent.Execution> executions) {}

  /**
   * One life of an exchange.
   *
   * @param run counts them, from 1
   * @param fingerprint what it plays; another one is another life
   * @param position how many records of the tape were played when something was last written
   * @param tradeBase what is added to the exchange's own trade numbers, so that they never go back
   * @param tradeHigh the highest trade number given out
   */
  record Run(long run, String fingerprint, long position, long tradeBase, long tradeHigh) {}

  /**
   * Something that was asked of the exchange when that many records had been played.
   *
   * @param at the venue's time then
   */
  record Input(long inputNo, long position, Instant at, Asked asked) {}

  /** A request as it is remembered. */
  sealed interface Asked {
    record Place(NewOrder order) implements Asked {}

    record Replace(ReplaceOrder replace) implements Asked {}

    record Cancel(CancelOrder cancel) implements Asked {}
  }

  /** The highest numbers of orders and executions given out; 0 when there were none. */
  record Numbers(long orderNo, long executionNo) {}

  /** An execution with its number, which counts those of the venue. */
  record Numbered(long executionNo, ExchangeEvent.Execution execution) {}

  /** An order with its place among those of the venue. */
  record Placed(long orderNo, OrderState state) {}

  /** What one turn of the venue's thread changed. */
  record Changes(
      long run,
      long position,
      long tradeHigh,
      List<Input> inputs,
      List<Placed> orders,
      List<Numbered> executions,
      Map<Symbol, Price> lastPrices) {
    public Changes {
      inputs = List.copyOf(inputs);
      orders = List.copyOf(orders);
      executions = List.copyOf(executions);
      lastPrices = Map.copyOf(lastPrices);
    }
  }
}
