package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.Exchange;
import io.tapeline.market.exchange.domain.ExchangeCode;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.market.exchange.domain.ExchangeListener;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.exchange.domain.ReplaceOrder;
import io.tapeline.market.exchange.domain.SessionState;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrderId;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The practice exchange. A contract trades in the hours of its {@link Listing}; at a close DAY
 * orders end. An order that would meet one of its own account ends with {@link #SELF_TRADE}; the
 * older one stays.
 *
 * <p>Time is its owner's to move: call {@link #advanceTo} with the present venue time often (every
 * few milliseconds), and right before {@code place}, {@code replace} or {@code cancel}. How often
 * does not change what happens: the same seed and the same orders at the same venue times give the
 * same tape.
 */
public final class SimExchange implements Exchange {
  /** The order met one of the same account; the older one stays. */
  public static final String SELF_TRADE = "SELF_TRADE";

  /** Trading stands still: nothing new is taken, cancels are. */
  public static final String HALTED = "HALTED";

  /** The price is beyond limit up or limit down. */
  public static final String PRICE_LIMIT = "PRICE_LIMIT";

  /** More than this is not played after the fact: the market slept, as the machine did. */
  public static final Duration LONGEST_CATCH_UP = Duration.ofSeconds(10);

  static final int MOST_OPEN_ORDERS = 10_000;

  private static final String SESSION_OVER = "the session is over";
  private static final String ORDER_PREFIX = "S";
  private static final long LONGEST_CATCH_UP_MICROS = LONGEST_CATCH_UP.toNanos() / 1000;

  private final ExchangeListener listener;
  private final Markets markets;
  private final DeskOrders orders = new DeskOrders();
  private final Agenda agenda = new Agenda();
  private final Siblings siblings = new Siblings(this::shrink);
  private final TrailedLevels levels = new TrailedLevels(agenda, this::tellLevel);
  private final Admission admission;
  private final TradeReview reviews;
  private final SimRules rules;
  private Conduct conduct = Conduct.PROPER;
  private long lastOrderNo;
  private long now;

  /**
   * An exchange as it comes up, with what it is to remember. What cannot go on of that, such as an
   * order for a contract no longer listed, is told to the listener at once.
   *
   * @param listings what it trades; the order is part of the run
   * @param start the venue time at which its markets open, in full
   */
  public SimExchange(
      Collection<Listing> listings,
      long seed,
      Instant start,
      SimMemory memory,
      SimRules rules,
      ExchangeListener listener,
      MarketListener marketListener) {
    this.listener = listener;
    this.rules = rules;
    now = VenueTime.micros(start);
    lastOrderNo = memory.lastOrderNo();
    markets = new Markets(listings, memory.markets(), seed, now, marketListener, new Desk());
    admission = new Admission(markets, orders);
    reviews = new TradeReview(agenda, orders, () -> now, this::tell);
    restore(memory);
    var sessions = new Sessions(markets, agenda, this::endSession);
    for (var listing : listings) sessions.begin(listing, start);
  }

  /** The number in an id this exchange gave: {@code S17} is the seventeenth order. */
  public static long orderNo(OrderId id) {
    if (!id.value().startsWith(ORDER_PREFIX))
      throw new IllegalArgumentException("not an id of this exchange: " + id);
    return Long.parseLong(id.value().substring(ORDER_PREFIX.length()));
  }

  /** How it behaves from now on. */
  public void behave(Conduct newConduct) {
    conduct = newConduct;
  }

  /**
   * Plays the markets up to and including this venue time; one before the present is the present.
   */
  public void advanceTo(Instant venueTime) {
    long until = VenueTime.micros(venueTime);
    long asleep = until - now - LONGEST_CATCH_UP_MICROS;
    if (asleep > 0) {
      markets.sleep(asleep);
      now += asleep;
    }
    for (var next = markets.dueBy(until); ; next = markets.dueBy(until)) {
      long due = next == null ? Long.MAX_VALUE : next.nextAt();
      if (agenda.nextAt() <= Math.min(due, until)) {
        now = Math.max(now, agenda.nextAt());
        agenda.next();
        markets.settle();
      } else if (next == null) {
        break;
      } else {
        now = Math.max(now, due);
        next.run(now);
      }
    }
    now = Math.max(now, until);
  }

  @Override
  public void place(NewOrder order) {
    if (orders.find(order.account(), order.clOrdId()) != null) return;
    var desk = new DeskOrder(order, new OrderId(ORDER_PREFIX + ++lastOrderNo), venueTime());
    orders.add(desk);
    var refusal = refusal(order, 1);
    if (refusal != null) {
      tell(desk, desk.reject(refusal, venueTime()));
      return;
    }
    if (rules.nativeOco()) siblings.add(desk);
    tell(desk, desk.accepted(venueTime()));
    begin(desk);
    market(desk).settle();
  }

  private void begin(DeskOrder desk) {
    var market = market(desk);
    scheduleExpiry(desk);
    if (!desk.waitsForTrigger()) {
      settle(desk, market.submit(inBook(desk), now));
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

  @Override
  public void replace(ReplaceOrder replace) {
    var desk = orders.find(replace.account(), replace.clOrdId());
    if (desk == null) {
      refuse(replace, null, new Refusal(ExchangeCode.UNKNOWN_ORDER, "no such order"));
      return;
    }
    if (!desk.isOpen()) {
      refuse(replace, desk.venueOrderId, isDone(desk));
      return;
    }
    var terms = replace.terms();
    var refusal =
        desk.order.isSameBut(terms)
            ? refusal(terms, replace.requestNo())
            : Refusal.invalid("only quantity, price, stop price and trail may be changed");
    if (refusal != null) {
      refuse(replace, desk.venueOrderId, refusal);
    } else if (terms.orderQty().compareTo(desk.cumQty()) <= 0) {
      cancel(desk, ExchangeCode.QTY_IS_FILLED, "no more lots are wanted than are filled");
    } else {
      replace(desk, terms, replace.requestNo());
    }
    market(desk).settle();
  }

  private void replace(DeskOrder desk, NewOrder terms, long requestNo) {
    var market = market(desk);
    if (desk.inBook != null) {
      tell(desk, desk.replace(terms, requestNo, venueTime()));
      settle(desk, market.replace(desk.inBook, desk.limit(), desk.leavesQty().lots(), now));
      return;
    }
    market.forget(desk);
    var level = terms.stopPx() == null ? desk.order.stopPx() : terms.stopPx();
    var complete = level == null ? terms : terms.withStopPx(level);
    tell(desk, desk.replace(complete, requestNo, venueTime()));
    market.await(desk);
  }

  @Override
  public void cancel(CancelOrder cancel) {
    var desk = orders.find(cancel.account(), cancel.clOrdId());
    if (desk == null) {
      refuse(cancel, null, new Refusal(ExchangeCode.UNKNOWN_ORDER, "no such order"));
      return;
    }
    var refusal =
        desk.isOpen()
            ? conduct.refuses(cancel.account(), cancel.clOrdId(), cancel.requestNo())
            : isDone(desk);
    if (refusal != null) {
      refuse(cancel, desk.venueOrderId, refusal);
      return;
    }
    fillBeforeCancel(desk);
    if (desk.isOpen()) cancel(desk, ExchangeCode.REQUESTED, "canceled as asked");
    else refuse(cancel, desk.venueOrderId, isDone(desk));
    market(desk).settle();
  }

  /** It traded with somebody while its cancel was on the way. */
  private void fillBeforeCancel(DeskOrder desk) {
    var order = desk.order;
    var price = order.price();
    if (desk.inBook == null || price == null) return;
    long lots = conduct.fillsBeforeCancel(order.account(), order.clOrdId(), desk.leavesQty());
    if (lots <= 0) return;
    market(desk).cancel(desk.inBook, now);
    filled(desk, price.ticks(), Math.min(lots, desk.leavesQty().lots()), venueTime());
  }

  /** A session is over: DAY orders end. */
  void endSession(Symbol symbol) {
    for (var desk : orders.open(symbol)) {
      if (desk.order.timeInForce() == TimeInForce.DAY) expire(desk, SESSION_OVER);
    }
  }

  /** Trading stands still, or goes on. */
  public void halt(Symbol symbol, boolean halted) {
    var market = markets.find(symbol);
    if (market != null) market.halt(halted, venueTime());
  }

  /** Whether a contract trades now; CLOSED where it is not listed. Any thread may ask. */
  public SessionState session(Symbol symbol) {
    var market = markets.find(symbol);
    return market == null ? SessionState.CLOSED : market.session();
  }

  @Override
  public Optional<OrderState> find(AccountId account, ClOrdId clOrdId) {
    return Optional.ofNullable(orders.find(account, clOrdId)).map(DeskOrder::state);
  }

  @Override
  public List<OrderState> openOrders(AccountId account) {
    return orders.open(account);
  }

  /** The latest {@value DeskOrders#FILLS_REMEMBERED} of the account. */
  @Override
  public List<Filled> executions(AccountId account) {
    return orders.executions(account);
  }

  @Override
  public Map<Symbol, Long> netQty(AccountId account) {
    return orders.netQty(account);
  }

  @Override
  public Instant venueTime() {
    return VenueTime.instant(now);
  }

  /** The best prices as they are, whatever was shown last; empty for a symbol it does not trade. */
  public Optional<Quote> quote(Symbol symbol) {
    return Optional.ofNullable(markets.find(symbol)).map(SimMarket::quote);
  }

  /** The book as it is, whatever was shown last; empty for a symbol it does not trade. */
  public Optional<Depth> depth(Symbol symbol) {
    return Optional.ofNullable(markets.find(symbol)).map(SimMarket::depth);
  }

  /** The ends of the tapes, for {@link SimMemory}. */
  public Map<Symbol, SimMemory.Tape> tapes() {
    return markets.tapes();
  }

  private void restore(SimMemory memory) {
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
        && hours.nextClose(desk.changed()).filter(close -> !close.isAfter(venueTime())).isPresent();
  }

  private void comeBack(DeskOrder desk) {
    if (rules.nativeOco()) siblings.add(desk);
    scheduleExpiry(desk);
    if (desk.waitsForTrigger()) market(desk).await(desk);
    else settle(desk, market(desk).comeBack(inBook(desk)));
  }

  private @Nullable Refusal refusal(NewOrder order, long requestNo) {
    var refusal = admission.refusal(order, venueTime());
    return refusal != null ? refusal : conduct.refuses(order.account(), order.clOrdId(), requestNo);
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
          cancel(desk, SELF_TRADE, "would have traded with an order of its own account");
      case REST_ENDED -> {
        if (desk.order.price() == null)
          cancel(desk, ExchangeCode.NO_LIQUIDITY, "nothing left on the other side");
        else cancel(desk, ExchangeCode.IOC_REST, "the rest could not be filled at once");
      }
    }
  }

  private SimMarket market(DeskOrder desk) {
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
    siblings.filled(desk, lots);
  }

  private void cancel(DeskOrder desk, String code, String text) {
    leaveMarket(desk);
    tell(desk, desk.cancel(code, text, venueTime()));
  }

  private void expire(DeskOrder desk, String text) {
    leaveMarket(desk);
    tell(desk, desk.expire(text, venueTime()));
  }

  private void leaveMarket(DeskOrder desk) {
    var market = markets.find(desk.order.symbol());
    if (market == null) return;
    if (desk.inBook != null) market.cancel(desk.inBook, now);
    else market.forget(desk);
  }

  private static Refusal isDone(DeskOrder desk) {
    return new Refusal(ExchangeCode.ORDER_ALREADY_DONE, "the order is " + desk.state().status());
  }

  private void refuse(CancelOrder cancel, @Nullable OrderId id, Refusal refusal) {
    listener.on(cancel.refused(id, refusal.code(), refusal.text(), venueTime()));
  }

  private void refuse(ReplaceOrder replace, @Nullable OrderId id, Refusal refusal) {
    listener.on(replace.refused(id, refusal.code(), refusal.text(), venueTime()));
  }

  /** A sibling was filled: that many lots fewer are wanted of this one. */
  private void shrink(DeskOrder desk, long lots) {
    if (!desk.isOpen()) return;
    var wanted = desk.order.orderQty().minusUpTo(new Qty(lots));
    if (wanted.compareTo(desk.cumQty()) <= 0) {
      cancel(desk, ExchangeCode.OCO, "a sibling of its group was filled");
      return;
    }
    tell(desk, desk.replace(desk.order.withQty(wanted), null, venueTime()));
    if (desk.inBook != null) {
      var _ = market(desk).replace(desk.inBook, desk.limit(), desk.leavesQty().lots(), now);
    }
  }

  private void tellLevel(DeskOrder stop) {
    if (stop.isOpen() && stop.waitsForTrigger())
      tell(stop, stop.replace(stop.order, null, venueTime()));
  }

  private void tell(DeskOrder desk, ExchangeEvent event) {
    if (!desk.isOpen() && orders.ended(desk)) siblings.ended(desk);
    listener.on(event);
  }

  /** What happens to orders of the desk in a market. */
  private final class Desk implements SimMarket.Desk {
    @Override
    public void filled(DeskOrder order, long px, long lots, Instant at) {
      SimExchange.this.filled(order, px, lots, at);
    }

    @Override
    public void trailed(DeskOrder stop) {
      levels.moved(stop, now);
    }

    @Override
    public boolean hasTraded() {
      return siblings.isBehind();
    }

    @Override
    public void traded() {
      siblings.follow();
    }

    @Override
    public void reached(DeskOrder stop) {
      if (!stop.isOpen()) return;
      tell(stop, stop.trigger(venueTime()));
      settle(stop, market(stop).submit(inBook(stop), now));
    }
  }
}
