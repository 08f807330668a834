package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.ExchangeCode;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeListener;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;

/** What becomes of orders once the exchange has taken them, and what is said of it. */
final class OrderLife {
  private static final String SESSION_OVER = "the session is over";

  private final Markets markets;
  private final DeskOrders orders;
  private final Agenda agenda;
  private final VenueNow now;
  private final SimRules rules;
  private final ExchangeListener listener;
  private final Consumer<NewOrder> place;
  private final Siblings siblings = new Siblings(this::shrink);
  private final TrailedLevels levels;
  private final Brackets brackets;
  private final TradeReview reviews;
  private Conduct conduct = Conduct.PROPER;

  /**
   * Orders in markets that begin now.
   *
   * @param place takes an order of the exchange's own making as any other
   */
  OrderLife(
      Collection<Listing> listings,
      long seed,
      SimMemory memory,
      SimRules rules,
      DeskOrders orders,
      Agenda agenda,
      VenueNow now,
      ExchangeListener listener,
      MarketListener marketListener,
      Consumer<NewOrder> place) {
    this.orders = orders;
    this.agenda = agenda;
    this.now = now;
    this.rules = rules;
    this.listener = listener;
    this.place = place;
    levels = new TrailedLevels(agenda, this::tellLevel);
    brackets = new Brackets(orders, new Legs());
    reviews = new TradeReview(agenda, orders, now, this::tell);
    markets =
        new Markets(listings, memory.markets(), seed, now.micros(), marketListener, new Desk());
  }

  Markets markets() {
    return markets;
  }

  Conduct conduct() {
    return conduct;
  }

  void behave(Conduct newConduct) {
    conduct = newConduct;
  }

  void begin(DeskOrder desk) {
    var market = market(desk);
    scheduleExpiry(desk);
    if (!desk.waitsForTrigger()) {
      settle(desk, market.submit(inBook(desk), now.micros()));
      return;
    }
    var order = desk.order;
    var lastPx = market.lastPx();
    if (order.stopPx() == null && order.trail() != null && lastPx != null)
      desk.order = order.withStopPx(StopBook.firstLevel(order.side(), order.trail(), lastPx));
    market.await(desk);
  }

  private void scheduleExpiry(DeskOrder desk) {
    var at = desk.order.expireAt();
    if (desk.order.timeInForce() != TimeInForce.GTD || at == null) return;
    agenda.at(
        VenueTime.micros(at),
        () -> {
          if (desk.isOpen()) expire(desk, "its time is over");
        });
  }

  void replace(DeskOrder desk, NewOrder asked, long requestNo) {
    // What a change cannot name stays: the group, the bracket.
    var terms = desk.order.with(asked.orderQty(), asked.price(), asked.stopPx(), asked.trail());
    var market = market(desk);
    if (desk.inBook != null) {
      tell(desk, desk.replace(terms, requestNo, now.instant()));
      settle(
          desk, market.replace(desk.inBook, desk.limit(), desk.leavesQty().lots(), now.micros()));
      return;
    }
    market.forget(desk);
    var level = terms.stopPx() == null ? desk.order.stopPx() : terms.stopPx();
    var complete = level == null ? terms : terms.withStopPx(level);
    tell(desk, desk.replace(complete, requestNo, now.instant()));
    market.await(desk);
  }

  /** It traded with somebody while its cancel was on the way. */
  void fillBeforeCancel(DeskOrder desk) {
    var order = desk.order;
    var price = order.price();
    if (desk.inBook == null || price == null) return;
    long lots = conduct.fillsBeforeCancel(order.account(), order.clOrdId(), desk.leavesQty());
    if (lots <= 0) return;
    market(desk).cancel(desk.inBook, now.micros());
    filled(desk, price.ticks(), Math.min(lots, desk.leavesQty().lots()), now.instant());
  }

  /** A session is over: DAY orders end. */
  void endSession(Symbol symbol) {
    for (var desk : orders.open(symbol)) {
      if (desk.order.timeInForce() == TimeInForce.DAY) expire(desk, SESSION_OVER);
    }
  }

  void restore(SimMemory memory) {
    orders.rememberNetQty(memory.netQty());
    var remembered = memory.orders().stream().map(DeskOrder::remembered).toList();
    remembered.forEach(orders::add);
    orders.rememberFills(remembered);
    for (var desk : remembered) {
      if (!desk.isOpen()) continue;
      var market = markets.find(desk.order.symbol());
      if (market == null) expire(desk, desk.order.symbol() + " no longer trades here");
      else if (isOfAnEarlierSession(desk, market.hours())) expire(desk, SESSION_OVER);
      else comeBack(desk);
    }
  }

  /** A session ended while nobody was here; whoever changed the order last did so before. */
  private boolean isOfAnEarlierSession(DeskOrder desk, TradingHours hours) {
    return desk.order.timeInForce() == TimeInForce.DAY
        && hours
            .nextClose(desk.changed())
            .filter(close -> !close.isAfter(now.instant()))
            .isPresent();
  }

  void join(DeskOrder desk) {
    if (rules.nativeOco() || Brackets.isLeg(desk)) siblings.add(desk);
  }

  private void comeBack(DeskOrder desk) {
    join(desk);
    scheduleExpiry(desk);
    if (desk.waitsForTrigger()) market(desk).await(desk);
    else settle(desk, market(desk).comeBack(inBook(desk)));
  }

  private DeskOrder.InBook inBook(DeskOrder desk) {
    var inBook = new DeskOrder.InBook(desk, orders.owner(desk.order.account()));
    desk.inBook = inBook;
    return inBook;
  }

  private void settle(DeskOrder desk, OrderBook.Outcome outcome) {
    switch (outcome) {
      case FILLED, WAITS -> {}
      case NOT_FILLABLE -> cancel(desk, ExchangeCode.FOK_NOT_FILLABLE, "could not be filled whole");
      case SELF_TRADE ->
          cancel(
              desk, SimExchange.SELF_TRADE, "would have traded with an order of its own account");
      case REST_ENDED -> {
        if (desk.order.price() == null)
          cancel(desk, ExchangeCode.NO_LIQUIDITY, "nothing left on the other side");
        else cancel(desk, ExchangeCode.IOC_REST, "the rest could not be filled at once");
      }
    }
  }

  SimMarket market(DeskOrder desk) {
    return markets.of(desk.order.symbol());
  }

  private void filled(DeskOrder desk, long px, long lots, Instant at) {
    var order = desk.order;
    for (long piece : conduct.pieces(order.account(), order.clOrdId(), desk.cumQty(), lots)) {
      var fill = desk.fill(px, piece, at);
      orders.book(fill);
      tell(desk, fill);
      reviews.review(desk, fill, conduct.afterwards(fill));
    }
    brackets.filled(desk, px, lots);
    siblings.filled(desk, lots);
  }

  void cancel(DeskOrder desk, String code, String text) {
    leaveMarket(desk);
    tell(desk, desk.cancel(code, text, now.instant()));
  }

  private void expire(DeskOrder desk, String text) {
    leaveMarket(desk);
    tell(desk, desk.expire(text, now.instant()));
  }

  private void leaveMarket(DeskOrder desk) {
    var market = markets.find(desk.order.symbol());
    if (market == null) return;
    if (desk.inBook != null) market.cancel(desk.inBook, now.micros());
    else market.forget(desk);
  }

  /** A sibling was filled: that many lots fewer are wanted of this one. */
  private void shrink(DeskOrder desk, long lots) {
    if (!desk.isOpen()) return;
    var wanted = desk.order.orderQty().minusUpTo(new Qty(lots));
    if (wanted.compareTo(desk.cumQty()) <= 0) {
      cancel(desk, ExchangeCode.OCO, "a sibling of its group was filled");
      return;
    }
    resize(desk, wanted);
  }

  /** By the exchange itself, asked for by nobody. */
  private void resize(DeskOrder desk, Qty wanted) {
    tell(desk, desk.replace(desk.order.withQty(wanted), null, now.instant()));
    if (desk.inBook != null) {
      var _ =
          market(desk).replace(desk.inBook, desk.limit(), desk.leavesQty().lots(), now.micros());
    }
  }

  private void tellLevel(DeskOrder stop) {
    if (stop.isOpen() && stop.waitsForTrigger())
      tell(stop, stop.replace(stop.order, null, now.instant()));
  }

  void tell(DeskOrder desk, ExchangeEvent event) {
    if (!desk.isOpen() && orders.ended(desk)) siblings.ended(desk);
    listener.on(event);
  }

  /** What the exchange does for brackets. */
  private final class Legs implements Brackets.Desk {
    @Override
    public void place(NewOrder leg) {
      place.accept(leg);
    }

    @Override
    public void enlarge(DeskOrder leg, Qty to) {
      resize(leg, to);
    }
  }

  /** What happens to orders of the desk in a market. */
  private final class Desk implements SimMarket.Desk {
    @Override
    public void filled(DeskOrder order, long px, long lots, Instant at) {
      OrderLife.this.filled(order, px, lots, at);
    }

    @Override
    public void trailed(DeskOrder stop) {
      levels.moved(stop, now.micros());
    }

    @Override
    public boolean hasTraded() {
      return siblings.isBehind() || brackets.isBehind();
    }

    @Override
    public void traded() {
      while (hasTraded()) {
        siblings.follow();
        brackets.follow();
      }
    }

    @Override
    public void reached(DeskOrder stop) {
      if (!stop.isOpen()) return;
      tell(stop, stop.trigger(now.instant()));
      settle(stop, market(stop).submit(inBook(stop), now.micros()));
    }
  }
}
