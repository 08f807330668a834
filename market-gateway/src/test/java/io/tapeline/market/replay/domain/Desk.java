package io.tapeline.market.replay.domain;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.exchange.domain.ReplaceOrder;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A replay with someone at it who trades and writes everything down, a line each. */
final class Desk {
  static final AccountId ACCOUNT = new AccountId("REPLAY");
  static final Symbol ES = new Symbol("ESH4");

  final List<String> said = new ArrayList<>();
  final List<String> market = new ArrayList<>();
  final List<ExchangeEvent> events = new ArrayList<>();
  final Replay replay;

  Desk(Tape... tapes) {
    this(ReplaySettings.whole("R"), tapes);
  }

  Desk(ReplaySettings settings, Recording... tapes) {
    replay = new Replay(Arrays.asList(tapes), Desk::instrument, settings, new Notes(), this::hear);
  }

  static Desk started(Tape... tapes) {
    var desk = new Desk(tapes);
    desk.replay.start();
    return desk;
  }

  static Optional<Instrument> instrument(Symbol symbol) {
    return symbol.root().equals("ES")
        ? Optional.of(new Instrument(symbol, new BigDecimal("0.25"), Money.of("12.50", "USD")))
        : Optional.empty();
  }

  Desk toTheEnd() {
    while (!replay.isOver()) replay.advance();
    return this;
  }

  /** Plays everything received up to so many milliseconds from the beginning. */
  Desk to(long millis) {
    while (replay.nextTime() <= Tape.START + millis * 1_000_000) replay.advance();
    return this;
  }

  Desk buy(String id, long lots, @Nullable Long limit) {
    return place(id, Side.BUY, lots, limit, TimeInForce.DAY);
  }

  Desk sell(String id, long lots, @Nullable Long limit) {
    return place(id, Side.SELL, lots, limit, TimeInForce.DAY);
  }

  Desk place(String id, Side side, long lots, @Nullable Long limit, TimeInForce timeInForce) {
    replay.exchange().place(order(id, side, lots, limit, timeInForce));
    return this;
  }

  static NewOrder order(
      String id, Side side, long lots, @Nullable Long limit, TimeInForce timeInForce) {
    var clOrdId = new ClOrdId(id);
    return limit == null
        ? new NewOrder(
            ACCOUNT,
            clOrdId,
            ES,
            side,
            io.tapeline.model.OrdType.MARKET,
            timeInForce,
            new Qty(lots),
            null,
            null)
        : NewOrder.limit(ACCOUNT, clOrdId, ES, side, timeInForce, new Qty(lots), new Price(limit));
  }

  Desk cancel(String id) {
    replay.exchange().cancel(new CancelOrder(ACCOUNT, new ClOrdId(id), 2));
    return this;
  }

  Desk replace(String id, long requestNo, long lots, long limit) {
    var order = replay.exchange().find(ACCOUNT, new ClOrdId(id)).orElseThrow().order();
    var terms = order.with(new Qty(lots), new Price(limit), null, null);
    replay.exchange().replace(new ReplaceOrder(terms, requestNo));
    return this;
  }

  private static String terms(NewOrder terms) {
    var price = terms.price();
    return terms.orderQty().lots() + (price == null ? "" : " at " + price.ticks());
  }

  OrdStatus status(String id) {
    return replay.exchange().find(ACCOUNT, new ClOrdId(id)).orElseThrow().status();
  }

  /** Lots before a resting order; -1 where that is not known. */
  long ahead(String id) {
    return replay.exchange().volumeAhead(ACCOUNT, new ClOrdId(id)).orElse(-1);
  }

  /** What was said since the last time this was asked. */
  List<String> news() {
    var news = List.copyOf(said);
    said.clear();
    return news;
  }

  private void hear(ExchangeEvent event) {
    events.add(event);
    var id = event.clOrdId().value();
    said.add(
        switch (event) {
          case ExchangeEvent.Accepted _ -> id + " accepted";
          case ExchangeEvent.Rejected no -> id + " rejected " + no.code();
          case ExchangeEvent.Filled fill ->
              id + " filled " + fill.lastQty().lots() + " at " + fill.lastPx().ticks();
          case ExchangeEvent.Canceled end -> id + " canceled " + end.code();
          case ExchangeEvent.Expired _ -> id + " expired";
          case ExchangeEvent.Replaced on ->
              id + " replaced " + on.requestNo() + ": " + terms(on.terms());
          case ExchangeEvent.ReplaceRejected no ->
              id + " replace " + no.requestNo() + " rejected " + no.code();
          case ExchangeEvent.Triggered _ -> id + " triggered";
          case ExchangeEvent.Busted _, ExchangeEvent.Corrected _ ->
              throw new AssertionError("a recording takes nothing back: " + event);
          case ExchangeEvent.CancelRejected no -> id + " cancel rejected " + no.code();
        });
  }

  private final class Notes implements MarketListener {
    private String at(java.time.Instant at) {
      return java.time.Duration.between(java.time.Instant.ofEpochSecond(0, Tape.START), at)
              .toMillis()
          + " ms ";
    }

    private String side(@Nullable Price px, Qty qty) {
      return px == null ? "-" : qty.lots() + "@" + px.ticks();
    }

    @Override
    public void quote(Quote quote) {
      market.add(
          at(quote.venueTime())
              + quote.symbol()
              + " "
              + side(quote.bidPx(), quote.bidQty())
              + " "
              + side(quote.askPx(), quote.askQty())
              + " last "
              + side(quote.lastPx(), quote.lastQty()));
    }

    @Override
    public void depth(Depth depth) {
      market.add(
          at(depth.venueTime())
              + depth.symbol()
              + " depth "
              + depth.bids().size()
              + "x"
              + depth.asks().size());
    }

    @Override
    public void print(Print print) {
      market.add(
          at(print.venueTime())
              + print.symbol()
              + " #"
              + print.tradeId()
              + " "
              + print.qty().lots()
              + "@"
              + print.px().ticks()
              + " "
              + print.aggressor());
    }
  }
}
