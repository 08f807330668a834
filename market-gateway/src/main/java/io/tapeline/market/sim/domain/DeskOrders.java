package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Symbol;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the exchange knows of the desk's orders: all that are open, the latest {@value
 * #DONE_REMEMBERED} that are done, and per account what it holds and its latest fills.
 */
final class DeskOrders {
  static final int DONE_REMEMBERED = 100_000;
  static final int FILLS_REMEMBERED = 20_000;

  private record Key(AccountId account, ClOrdId clOrdId) {
    static Key of(DeskOrder order) {
      return new Key(order.order.account(), order.order.clOrdId());
    }
  }

  private static final class Account {
    final int owner;
    final Map<Symbol, Long> netQty = new TreeMap<>();
    final ArrayDeque<Filled> fills = new ArrayDeque<>();

    Account(int owner) {
      this.owner = owner;
    }
  }

  private final Map<Key, DeskOrder> known = new HashMap<>();
  private final Map<Key, DeskOrder> open = new LinkedHashMap<>();
  private final ArrayDeque<Key> done = new ArrayDeque<>();
  private final Map<AccountId, Account> accounts = new HashMap<>();

  @Nullable DeskOrder find(AccountId account, ClOrdId clOrdId) {
    return known.get(new Key(account, clOrdId));
  }

  void add(DeskOrder order) {
    known.put(Key.of(order), order);
    if (order.isOpen()) open.put(Key.of(order), order);
    else bury(Key.of(order));
  }

  /** Whether it was open until now. */
  boolean ended(DeskOrder order) {
    order.inBook = null;
    if (open.remove(Key.of(order)) == null) return false;
    bury(Key.of(order));
    return true;
  }

  private void bury(Key key) {
    done.add(key);
    if (done.size() > DONE_REMEMBERED) known.remove(done.remove());
  }

  List<DeskOrder> open(Symbol symbol) {
    return open.values().stream().filter(order -> order.order.symbol().equals(symbol)).toList();
  }

  int openCount() {
    return open.size();
  }

  List<OrderState> open(AccountId account) {
    return open.values().stream()
        .filter(order -> order.order.account().equals(account))
        .map(DeskOrder::state)
        .toList();
  }

  /** The number by which the matching engine knows an account. */
  int owner(AccountId account) {
    return account(account).owner;
  }

  void book(Filled fill) {
    var account = account(fill.account());
    account.netQty.merge(fill.symbol(), fill.side().signed(fill.lastQty()), Long::sum);
    remember(account, fill);
  }

  void unbook(Filled fill) {
    account(fill.account())
        .netQty
        .merge(fill.symbol(), -fill.side().signed(fill.lastQty()), Long::sum);
  }

  List<Filled> executions(AccountId id) {
    var account = accounts.get(id);
    return account == null ? List.of() : List.copyOf(account.fills);
  }

  Map<Symbol, Long> netQty(AccountId id) {
    var account = accounts.get(id);
    if (account == null) return Map.of();
    var held = new TreeMap<>(account.netQty);
    held.values().removeIf(net -> net == 0);
    return held;
  }

  void rememberNetQty(Map<AccountId, Map<Symbol, Long>> netQty) {
    netQty.forEach((id, held) -> account(id).netQty.putAll(held));
  }

  void rememberFills(Collection<DeskOrder> orders) {
    orders.stream()
        .flatMap(order -> order.fills().stream())
        .sorted(Comparator.comparing(Filled::venueTime))
        .forEach(fill -> remember(account(fill.account()), fill));
  }

  private static void remember(Account account, Filled fill) {
    account.fills.add(fill);
    if (account.fills.size() > FILLS_REMEMBERED) account.fills.remove();
  }

  private Account account(AccountId id) {
    return accounts.computeIfAbsent(id, _ -> new Account(accounts.size() + 1));
  }
}
