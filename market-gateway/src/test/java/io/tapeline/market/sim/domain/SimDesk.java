package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.ReplaceOrder;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conversation with the practice exchange before its agents have come, in short words. */
final class SimDesk {
  static final Instant START = Instant.parse("2026-11-22T18:00:00Z");
  static final Symbol ES = new Symbol("ESZ6");
  static final AccountId ANN = new AccountId("ANN");
  private static final AccountId CROWD = new AccountId("CROWD");

  final SimExchange exchange;
  final List<ExchangeEvent> events = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final Tape tape = new Tape();
  private int crowd;

  SimDesk() {
    this(SimRules.PLAIN, SimMemory.NONE);
  }

  SimDesk(SimRules rules, SimMemory memory) {
    var drowsy = new MarketCharacter(0, 0.000_1, 0, 30, 60, 5, 3, 0);
    var listing = new Listing(ES, new Price(26_800), drowsy);
    exchange = new SimExchange(List.of(listing), 1, START, memory, rules, this::hear, tape);
  }

  SimDesk(SimMemory memory, Listing listing, Instant start) {
    exchange =
        new SimExchange(List.of(listing), 1, start, memory, SimRules.PLAIN, this::hear, tape);
  }

  /** What was traded, by anybody. */
  List<Print> prints() {
    return tape.prints;
  }

  /** Two strangers trade one lot at that price: the last trade is there. */
  SimDesk tradeAt(long px) {
    var seller = new AccountId("S" + ++crowd);
    var id = new ClOrdId("x" + crowd);
    exchange.place(
        NewOrder.limit(seller, id, ES, Side.SELL, TimeInForce.DAY, new Qty(1), new Price(px)));
    exchange.place(
        NewOrder.limit(CROWD, id, ES, Side.BUY, TimeInForce.IOC, new Qty(1), new Price(px)));
    return this;
  }

  /** Strangers wait with that much at that price. */
  SimDesk rests(Side side, long lots, long px) {
    var id = new ClOrdId("r" + ++crowd);
    exchange.place(
        NewOrder.limit(CROWD, id, ES, side, TimeInForce.GTC, new Qty(lots), new Price(px)));
    return this;
  }

  SimDesk place(
      String id,
      Side side,
      OrdType type,
      long lots,
      @Nullable Long price,
      @Nullable Long stop,
      @Nullable Long trail) {
    return place(order(id, side, type, TimeInForce.GTC, lots, price, stop, trail, null, null));
  }

  SimDesk place(NewOrder order) {
    exchange.place(order);
    return this;
  }

  static NewOrder order(
      String id,
      Side side,
      OrdType type,
      TimeInForce timeInForce,
      long lots,
      @Nullable Long price,
      @Nullable Long stop,
      @Nullable Long trail,
      @Nullable Instant expireAt,
      @Nullable String group) {
    return new NewOrder(
        ANN,
        new ClOrdId(id),
        ES,
        side,
        type,
        timeInForce,
        new Qty(lots),
        price == null ? null : new Price(price),
        stop == null ? null : new Price(stop),
        trail,
        expireAt,
        group);
  }

  SimDesk replace(
      String id, long lots, @Nullable Long price, @Nullable Long stop, @Nullable Long trail) {
    var terms =
        state(id)
            .order()
            .with(
                new Qty(lots),
                price == null ? null : new Price(price),
                stop == null ? null : new Price(stop),
                trail);
    exchange.replace(new ReplaceOrder(terms, 2));
    return this;
  }

  SimDesk cancel(String id) {
    exchange.cancel(new CancelOrder(ANN, new ClOrdId(id), 2));
    return this;
  }

  SimDesk after(Duration time) {
    exchange.advanceTo(START.plus(time));
    return this;
  }

  OrderState state(String id) {
    return exchange.find(ANN, new ClOrdId(id)).orElseThrow();
  }

  long level(String id) {
    var stopPx = state(id).order().stopPx();
    if (stopPx == null) throw new AssertionError(id + " has no level");
    return stopPx.ticks();
  }

  /** What was said to ANN since the last time this was asked. */
  List<String> news() {
    var news = List.copyOf(said);
    said.clear();
    return news;
  }

  private void hear(ExchangeEvent event) {
    if (!event.account().equals(ANN)) return;
    events.add(event);
    said.add(event.clOrdId() + " " + words(event));
  }

  private static String words(ExchangeEvent event) {
    return switch (event) {
      case ExchangeEvent.Accepted _ -> "accepted";
      case ExchangeEvent.Rejected no -> "rejected " + no.code();
      case ExchangeEvent.Filled fill ->
          "filled " + fill.lastQty().lots() + " at " + fill.lastPx().ticks();
      case ExchangeEvent.Busted bust -> "busted " + bust.bustedExecId();
      case ExchangeEvent.Corrected it ->
          "corrected " + it.correctedExecId() + " to " + it.lastPx().ticks();
      case ExchangeEvent.Canceled end -> "canceled " + end.code();
      case ExchangeEvent.Expired end -> "expired: " + end.text();
      case ExchangeEvent.Replaced on ->
          "replaced " + on.requestNo() + ": " + on.terms().orderQty().lots();
      case ExchangeEvent.ReplaceRejected no -> "replace rejected " + no.code();
      case ExchangeEvent.CancelRejected no -> "cancel rejected " + no.code();
      case ExchangeEvent.Triggered _ -> "triggered";
    };
  }
}
