package io.tapeline.market.replay.domain;

import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Symbol;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the exchange remembers of the desk. What is done is forgotten oldest first, never what
 * works.
 */
final class DeskLedger {
  static final int MAX_WORKING = 10_000;
  static final int MAX_DONE = 100_000;
  static final int MAX_EXECUTIONS_PER_ACCOUNT = 100_000;

  private record Key(AccountId account, ClOrdId clOrdId) {}

  private final Map<Key, DeskOrder> orders = new HashMap<>();
  private final LinkedHashMap<Key, DeskOrder> working = new LinkedHashMap<>();
  private final ArrayDeque<Key> done = new ArrayDeque<>();
  private final Map<AccountId, ArrayDeque<Filled>> executions = new HashMap<>();
  private final Map<AccountId, TreeMap<Symbol, Long>> netQty = new HashMap<>();

  @Nullable DeskOrder find(AccountId account, ClOrdId clOrdId) {
    return orders.get(new Key(account, clOrdId));
  }

  boolean isFull() {
    return working.size() >= MAX_WORKING;
  }

  void add(DeskOrder order) {
    var key = key(order);
    orders.put(key, order);
    working.put(key, order);
  }

  void ended(DeskOrder order) {
    var key = key(order);
    working.remove(key);
    done.addLast(key);
    if (done.size() > MAX_DONE) orders.remove(done.removeFirst());
  }

  void filled(Filled fill) {
    var fills = executions.computeIfAbsent(fill.account(), _ -> new ArrayDeque<>());
    fills.addLast(fill);
    if (fills.size() > MAX_EXECUTIONS_PER_ACCOUNT) fills.removeFirst();
    netQty
        .computeIfAbsent(fill.account(), _ -> new TreeMap<>())
        .merge(fill.symbol(), fill.side().signed(fill.lastQty()), Long::sum);
  }

  Stream<DeskOrder> working() {
    return working.values().stream();
  }

  List<Filled> executions(AccountId account) {
    var fills = executions.get(account);
    return fills == null ? List.of() : List.copyOf(fills);
  }

  Map<Symbol, Long> netQty(AccountId account) {
    var held = new TreeMap<>(netQty.getOrDefault(account, new TreeMap<>()));
    held.values().removeIf(lots -> lots == 0);
    return held;
  }

  private static Key key(DeskOrder order) {
    return new Key(order.order.account(), order.order.clOrdId());
  }
}
