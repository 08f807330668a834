package io.tapeline.market.venue.conformance;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A practice exchange's memory that ends with the process. */
public final class ForgetfulMemory implements PracticeMemory {
  private record Order(AccountId account, ClOrdId clOrdId) {}

  private final Map<Order, OrderState> orders = new LinkedHashMap<>();
  private final List<Numbered> executions = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();
  private Run run = new Run(0, "", 0, 0, 0);

  @Override
  public synchronized Run lastRun() {
    return run.run() == 0 ? null : run;
  }

  @Override
  public synchronized Run newRun(String fingerprint, long atLeastTradeBase) {
    run = new Run(run.run() + 1, fingerprint, 0, atLeastTradeBase, atLeastTradeBase);
    return run;
  }

  @Override
  public synchronized List<OrderState> workingOrders() {
    return orders.values().stream().filter(order -> order.status().isWorking()).toList();
  }

  @Override
  public synchronized void write(Changes changes) {
    for (var placed : changes.orders()) {
      var order = placed.state().order();
      orders.put(new Order(order.account(), order.clOrdId()), placed.state());
    }
    executions.addAll(changes.executions());
    inputs.addAll(changes.inputs());
  }

  @Override
  public synchronized Optional<OrderState> find(AccountId account, ClOrdId clOrdId) {
    return Optional.ofNullable(orders.get(new Order(account, clOrdId)));
  }

  @Override
  public synchronized List<ExchangeEvent.Execution> executionsAfter(AccountId account, long no) {
    return executions.stream()
        .filter(one -> one.executionNo() > no && one.execution().account().equals(account))
        .map(Numbered::execution)
        .toList();
  }

  @Override
  public synchronized Numbers numbers() {
    return new Numbers(
        orders.size(), executions.isEmpty() ? 0 : executions.getLast().executionNo());
  }

  @Override
  public synchronized Map<Symbol, Long> positions(AccountId account) {
    return positionsBy(executionsAfter(account, 0));
  }

  /** What is held by these executions: a bust takes its fill away, a correction replaces it. */
  static Map<Symbol, Long> positionsBy(List<ExchangeEvent.Execution> executions) {
    var standing = new LinkedHashMap<ExecId, Map.Entry<Symbol, Long>>();
    for (var execution : executions) {
      switch (execution) {
        case ExchangeEvent.Filled fill ->
            standing.put(
                fill.execId(), Map.entry(fill.symbol(), fill.side().signed(fill.lastQty())));
        case ExchangeEvent.Busted bust -> standing.remove(bust.bustedExecId());
        case ExchangeEvent.Corrected it -> {
          standing.remove(it.correctedExecId());
          standing.put(it.execId(), Map.entry(it.symbol(), it.side().signed(it.lastQty())));
        }
      }
    }
    var held = new HashMap<Symbol, Long>();
    standing.values().forEach(one -> held.merge(one.getKey(), one.getValue(), Long::sum));
    held.values().removeIf(lots -> lots == 0);
    return held;
  }

  /** All that ever stood: there is no need to be brief. */
  @Override
  public synchronized Opened opened(AccountId account, Symbol symbol) {
    var standing = new LinkedHashMap<ExecId, ExchangeEvent.Execution>();
    for (var execution : executionsAfter(account, 0)) {
      switch (execution) {
        case ExchangeEvent.Filled fill -> {
          if (fill.symbol().equals(symbol)) standing.put(fill.execId(), fill);
        }
        case ExchangeEvent.Busted bust -> standing.remove(bust.bustedExecId());
        case ExchangeEvent.Corrected it -> {
          if (standing.remove(it.correctedExecId()) != null) standing.put(it.execId(), it);
        }
      }
    }
    return new Opened(0, List.copyOf(standing.values()));
  }

  @Override
  public synchronized Map<Symbol, Price> lastPrices() {
    return Map.of();
  }

  @Override
  public synchronized List<Input> inputs(long ofRun) {
    return List.copyOf(inputs);
  }
}
