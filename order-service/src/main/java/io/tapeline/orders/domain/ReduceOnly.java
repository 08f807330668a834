package io.tapeline.orders.domain;

import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.orders.domain.Order.Live;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the lots of a position are shared among the orders that may only reduce it. Siblings count
 * once, what is on its way at the market comes first, then the oldest.
 */
final class ReduceOnly {
  private ReduceOnly() {}

  /** One claim on a position: an order, or orders of which one is meant to trade. */
  private record Claim(String key, Symbol symbol, Side side, boolean urgent, long seq, long lots) {
    Claim plus(Claim other) {
      return new Claim(
          key,
          symbol,
          side,
          urgent || other.urgent,
          Math.min(seq, other.seq),
          Math.max(lots, other.lots));
    }
  }

  /** Lots that each may trade without ever increasing the position. */
  record Granted(Map<String, Long> lots) {
    Granted {
      lots = Map.copyOf(lots);
    }

    long of(Bracket bracket) {
      return lots.getOrDefault(key(bracket), 0L);
    }

    long of(Live live) {
      return live.terms().reduceOnly()
          ? Math.min(lots.getOrDefault(key(live), 0L), live.leavesQty().lots())
          : live.leavesQty().lots();
    }
  }

  private record Position(Symbol symbol, Side side) {}

  static Granted grant(AccountState account) {
    var claims = new HashMap<String, Claim>();
    for (var bracket : account.contingencies().brackets().values()) {
      if (bracket.remaining() > 0) add(claims, claim(account, bracket));
    }
    for (var live : account.live().values()) {
      if (live.terms().reduceOnly() && !live.links().isLeg()) add(claims, claim(live));
    }
    var inOrder = new ArrayList<>(claims.values());
    inOrder.sort(Comparator.comparing((Claim c) -> !c.urgent()).thenComparingLong(Claim::seq));
    var left = new HashMap<Position, Long>();
    var granted = new HashMap<String, Long>();
    for (var claim : inOrder) {
      var position = new Position(claim.symbol(), claim.side());
      var budget =
          left.computeIfAbsent(position, _ -> leftByOthers(account, claim.symbol(), claim.side()));
      var lots = Math.min(budget, claim.lots());
      granted.put(claim.key(), lots);
      left.put(position, budget - lots);
    }
    return new Granted(granted);
  }

  private static void add(Map<String, Claim> claims, Claim claim) {
    claims.merge(claim.key(), claim, Claim::plus);
  }

  private static Claim claim(AccountState account, Bracket bracket) {
    var urgent = false;
    for (var leg : bracket.legs()) {
      var order = leg.live() == null ? null : account.live().get(leg.live());
      urgent |= order != null && isAtTheMarket(order);
    }
    return new Claim(
        key(bracket),
        bracket.instrument().symbol(),
        bracket.side().opposite(),
        urgent,
        bracket.createdSeq(),
        bracket.remaining());
  }

  private static Claim claim(Live live) {
    return new Claim(
        key(live),
        live.terms().symbol(),
        live.terms().side(),
        isAtTheMarket(live),
        live.revision().createdSeq(),
        live.leavesQty().lots());
  }

  /** It trades before anything can be done about it. */
  static boolean isAtTheMarket(Live live) {
    return !live.held() && live.atVenue(live.terms().change()).ordType() == OrdType.MARKET;
  }

  private static String key(Bracket bracket) {
    return "bracket " + bracket.id();
  }

  private static String key(Live live) {
    @Nullable String group = live.links().ocoGroup();
    return group == null ? "order " + live.clOrdId() : "group " + group;
  }

  /** What orders at the market that were not told to only reduce take first. */
  private static long leftByOthers(AccountState account, Symbol symbol, Side side) {
    var lots = account.closable(symbol, side);
    for (var live : account.live().values()) {
      if (!live.terms().reduceOnly()
          && live.terms().side() == side
          && live.terms().symbol().equals(symbol)
          && isAtTheMarket(live)) lots -= live.leavesQty().lots();
    }
    return Math.max(0, lots);
  }

  /** Lots of a position that what is on its way at the market does not take already. */
  static long unclaimed(AccountState account, Symbol symbol, Side side) {
    return Math.max(0, account.closable(symbol, side) - account.totals().atMarket(symbol, side));
  }
}
