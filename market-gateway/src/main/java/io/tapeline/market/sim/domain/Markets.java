package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.model.Symbol;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The markets of an exchange, each with its own chances; their order is part of the run. */
final class Markets {
  private final Map<Symbol, SimMarket> markets = new LinkedHashMap<>();

  Markets(
      Collection<Listing> listings,
      Map<Symbol, SimMemory.Tape> tapes,
      long seed,
      long now,
      MarketListener listener,
      SimMarket.Desk desk) {
    for (var listing : listings) {
      var symbol = listing.symbol();
      var tape = tapes.getOrDefault(symbol, SimMemory.Tape.BLANK);
      long ownSeed = seed * 31 + symbol.value().hashCode();
      markets.put(symbol, new SimMarket(listing, tape, ownSeed, now, listener, desk));
    }
  }

  @Nullable SimMarket find(Symbol symbol) {
    return markets.get(symbol);
  }

  SimMarket of(Symbol symbol) {
    var market = markets.get(symbol);
    if (market == null) throw new IllegalStateException(symbol + " is not listed");
    return market;
  }

  /** The market that has something to do first, if by then. */
  @Nullable SimMarket dueBy(long until) {
    SimMarket next = null;
    for (var market : markets.values()) {
      if (market.nextAt() <= until && (next == null || market.nextAt() < next.nextAt()))
        next = market;
    }
    return next;
  }

  void sleep(long micros) {
    markets.values().forEach(market -> market.sleep(micros));
  }

  void settle() {
    markets.values().forEach(SimMarket::settle);
  }

  Map<Symbol, SimMemory.Tape> tapes() {
    var tapes = new LinkedHashMap<Symbol, SimMemory.Tape>();
    markets.forEach((symbol, market) -> tapes.put(symbol, market.tape()));
    return tapes;
  }
}
