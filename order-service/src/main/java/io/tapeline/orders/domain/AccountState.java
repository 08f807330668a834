package io.tapeline.orders.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Instrument;
import io.tapeline.model.OrderId;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TradingState;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One account as its journal tells it: the consistency boundary of every decision.
 *
 * @param seq of the newest event in it
 * @param live the orders that may trade
 * @param totals what these add up to
 * @param closed ended orders that are still in memory: a cache, no part of what the state says
 * @param netQty the position by symbol in signed lots, folded from our own fills
 * @param instruments the two numbers of every contract ever traded here
 * @param tradingState what the account may do
 * @param lock what a risk rule has ordered; null: nothing
 * @param contingencies what is to follow from fills
 */
public record AccountState(
    AccountId accountId,
    long seq,
    PersistentMap<ClOrdId, Order.Live> live,
    LiveTotals totals,
    PersistentMap<ClOrdId, Order> closed,
    PersistentMap<Symbol, Long> netQty,
    PersistentMap<Symbol, Instrument> instruments,
    Reconciliation reconciliation,
    TradingState tradingState,
    @Nullable RiskLock lock,
    Contingencies contingencies) {
  /**
   * How far orders have been compared with the venue.
   *
   * @param session of the comparison last started
   * @param startedSeq the event of its start; 0: none ever started
   * @param completed whether that comparison is complete
   */
  public record Reconciliation(long session, long startedSeq, boolean completed) {
    static final Reconciliation NEVER = new Reconciliation(0, 0, false);
  }

  public static AccountState empty(AccountId accountId) {
    return new AccountState(
        accountId,
        0,
        PersistentMap.empty(),
        LiveTotals.NONE,
        PersistentMap.empty(),
        PersistentMap.empty(),
        PersistentMap.empty(),
        Reconciliation.NEVER,
        TradingState.ACTIVE,
        null,
        Contingencies.NONE);
  }

  /** The order as far as it is in memory; null: never seen, or long closed. */
  public @Nullable Order order(ClOrdId clOrdId) {
    var order = live.get(clOrdId);
    return order != null ? order : closed.get(clOrdId);
  }

  public Order.@Nullable Live liveByVenueId(OrderId venueOrderId) {
    return live.first(order -> venueOrderId.equals(order.venueOrderId()));
  }

  public long net(Symbol symbol) {
    var net = netQty.get(symbol);
    return net == null ? 0 : net;
  }

  /**
   * Lots that orders of this side may still trade, those in doubt or being cancelled included; of
   * siblings only one is meant to.
   */
  public long working(Symbol symbol, Side side) {
    var sum = totals.alone(symbol, side);
    if (totals.siblings() == 0) return sum;
    var groups = new java.util.HashMap<String, Long>();
    for (var order : live.values()) {
      var group = order.links().ocoGroup();
      if (group == null || order.terms().side() != side || !order.terms().symbol().equals(symbol))
        continue;
      groups.merge(group, order.openQty().lots(), Math::max);
    }
    for (var lots : groups.values()) sum = Math.addExact(sum, lots);
    return sum;
  }

  /** Lots of a position that orders of this side could close. */
  public long closable(Symbol symbol, Side side) {
    return Math.max(0, side == Side.SELL ? net(symbol) : -net(symbol));
  }

  /** Symbols with a position that is not flat. */
  public List<Symbol> positions() {
    var symbols = new java.util.ArrayList<Symbol>(netQty.size());
    netQty.forEach((symbol, _) -> symbols.add(symbol));
    return symbols;
  }

  /** Lots of this side that close something, whatever else is working. */
  public long reducible(Symbol symbol, Side side) {
    var net = net(symbol);
    var open = side == Side.SELL ? Math.max(0, net) : Math.max(0, -net);
    return Math.max(0, open - working(symbol, side));
  }

  /** The account as if it had not this order. */
  AccountState settingAside(ClOrdId clOrdId) {
    return withOrders(live.without(clOrdId), totals.replacing(live.get(clOrdId), null), closed);
  }

  /** No comparison with the venue was ever completed, or one is under way. */
  public boolean reconciling() {
    return !reconciliation.completed();
  }

  /** Brings a closed order back into memory. */
  public AccountState recalling(Order order) {
    return live.contains(order.clOrdId())
        ? this
        : withOrders(live, totals, closed.with(order.clOrdId(), order));
  }

  /** Lets the oldest closed orders go, so that at most this many stay in memory. */
  public AccountState forgettingBeyond(int most) {
    if (closed.size() <= most) return this;
    var kept = closed;
    var oldestFirst =
        closed.values().stream()
            .sorted(Comparator.comparingLong((Order o) -> o.revision().seq()))
            .limit((long) closed.size() - most)
            .toList();
    for (var order : oldestFirst) kept = kept.without(order.clOrdId());
    return withOrders(live, totals, kept);
  }

  /** All that the state says, as text of which a hash is taken. What is only cached is left out. */
  public String canonical() {
    return String.join(
        "\n",
        List.of(
            accountId.value(),
            Long.toString(seq),
            live.toString(),
            totals.toString(),
            netQty.toString(),
            instruments.toString(),
            reconciliation.toString(),
            tradingState.toString(),
            String.valueOf(lock),
            contingencies.toString()));
  }

  private AccountState withOrders(
      PersistentMap<ClOrdId, Order.Live> newLive,
      LiveTotals newTotals,
      PersistentMap<ClOrdId, Order> newClosed) {
    return new AccountState(
        accountId,
        seq,
        newLive,
        newTotals,
        newClosed,
        netQty,
        instruments,
        reconciliation,
        tradingState,
        lock,
        contingencies);
  }

  AccountState with(Order order) {
    var before = live.get(order.clOrdId());
    return switch (order) {
      case Order.Live open ->
          withOrders(
              live.with(open.clOrdId(), open),
              totals.replacing(before, open),
              closed.without(open.clOrdId()));
      case Order.Done _, Order.Denied _ ->
          withOrders(
              live.without(order.clOrdId()),
              totals.replacing(before, null),
              closed.with(order.clOrdId(), order));
    };
  }

  AccountState knowing(Instrument instrument) {
    return new AccountState(
        accountId,
        seq,
        live,
        totals,
        closed,
        netQty,
        instruments.with(instrument.symbol(), instrument),
        reconciliation,
        tradingState,
        lock,
        contingencies);
  }

  AccountState moved(Symbol symbol, long lots) {
    var net = Math.addExact(net(symbol), lots);
    return new AccountState(
        accountId,
        seq,
        live,
        totals,
        closed,
        net == 0 ? netQty.without(symbol) : netQty.with(symbol, net),
        instruments,
        reconciliation,
        tradingState,
        lock,
        contingencies);
  }

  AccountState with(Reconciliation newReconciliation) {
    return new AccountState(
        accountId,
        seq,
        live,
        totals,
        closed,
        netQty,
        instruments,
        newReconciliation,
        tradingState,
        lock,
        contingencies);
  }

  AccountState with(TradingState newState) {
    return new AccountState(
        accountId,
        seq,
        live,
        totals,
        closed,
        netQty,
        instruments,
        reconciliation,
        newState,
        lock,
        contingencies);
  }

  AccountState with(Contingencies next) {
    return new AccountState(
        accountId,
        seq,
        live,
        totals,
        closed,
        netQty,
        instruments,
        reconciliation,
        tradingState,
        lock,
        next);
  }

  AccountState lockedBy(@Nullable RiskLock newLock) {
    return new AccountState(
        accountId,
        seq,
        live,
        totals,
        closed,
        netQty,
        instruments,
        reconciliation,
        tradingState,
        newLock,
        contingencies);
  }

  AccountState at(long newSeq) {
    return new AccountState(
        accountId,
        newSeq,
        live,
        totals,
        closed,
        netQty,
        instruments,
        reconciliation,
        tradingState,
        lock,
        contingencies);
  }
}
