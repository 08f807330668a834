package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a market said, each kind by itself and all in order. */
final class Tape implements MarketListener {
  final List<Quote> quotes = new ArrayList<>();
  final List<Depth> depths = new ArrayList<>();
  final List<Print> prints = new ArrayList<>();
  final List<Object> all = new ArrayList<>();

  @Override
  public void quote(Quote quote) {
    quotes.add(quote);
    all.add(quote);
  }

  @Override
  public void depth(Depth depth) {
    depths.add(depth);
    all.add(depth);
  }

  @Override
  public void print(Print print) {
    prints.add(print);
    all.add(print);
  }

  void clear() {
    quotes.clear();
    depths.clear();
    prints.clear();
    all.clear();
  }
}
