package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.Exchange;
import io.tapeline.market.exchange.domain.ExchangeCode;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeEvent.Accepted;
import io.tapeline.market.exchange.domain.ExchangeEvent.CancelRejected;
import io.tapeline.market.exchange.domain.ExchangeEvent.Canceled;
import io.tapeline.market.exchange.domain.ExchangeEvent.Expired;
import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.market.exchange.domain.ExchangeEvent.Rejected;
import io.tapeline.market.exchange.domain.ExchangeEvent.ReplaceRejected;
import io.tapeline.market.exchange.domain.ExchangeEvent.Replaced;
import io.tapeline.market.exchange.domain.ExchangeListener;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.exchange.domain.ReplaceOrder;
import io.tapeline.market.sim.domain.BookOrder.Rest;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The practice exchange. It trades round the clock, so a DAY order waits as a GTC order does; an
 * order that would meet one of its own account ends with {@link #SELF_TRADE}.
 *
 * <p>Time is its owner's to move: call {@link #advanceTo} with the present venue time often (every
 * few milliseconds), and right before {@code place} or {@code cancel}. How often does not change
 * what happens: the same seed and the same orders at the same venue times give the same tape.
 */
public final class SimExchange implements Exchange {
  /** The order met one of the same account; the older one stays. */
  public static final String SELF_TRADE = "SELF_TRADE";

  /** More than this is not played after the fact: the market slept, as the machine did. */
  public static final Duration LONGEST_CATCH_UP = Duration.ofSeconds(10);

  static final int MOST_OPEN_ORDERS = 10_000;
  static final long MOST_LOTS = 1_000_000;
  static final long FARTHEST_TICKS = 1_000_000_000_000L;

  private static final String ORDER_PREFIX = "S";
  private static final long LONGEST_CATCH_UP_MICROS = LONGEST_CATCH_UP.toNanos() / 1000;

  private final ExchangeListener listener;
  private final Map<Symbol, SimMarket> markets = new LinkedHashMap<>();
  private final DeskOrders orders = new DeskOrders();
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
      ExchangeListener listener,
      MarketListener marketListener) {
    this.listener = listener;
    now = VenueTime.micros(start);
    lastOrderNo = memory.lastOrderNo();
    for (var listing : listings) {
      var symbol = listing.symbol();
      var tape = memory.markets().getOrDefault(symbol, SimMemory.Tape.BLANK);
      long ownSeed = seed * 31 + symbol.value().hashCode();
      markets.put(symbol, new SimMarket(listing, tape, ownSeed, now, marketListener, this::filled));
    }
    restore(memory);
  }

  /** The number in an id this exchange gave: {@code S17} is the seventeenth order. */
  public static long orderNo(OrderId id) {
    if (!id.value().startsWith(ORDER_PREFIX))
      throw new IllegalArgumentException("not an id of this exchange: " + id);
    return Long.parseLong(id.value().substring(ORDER_PREFIX.length()));
  }

  /**
   * Plays the markets up to and including this venue time; one before the present is the present.
   */
  public void advanceTo(Instant venueTime) {
    long until = VenueTime.micros(venueTime);
    long asleep = until - now - LONGEST_CATCH_UP_MICROS;
    if (asleep > 0) {
      markets.values().forEach(market -> market.sleep(asleep));
      now += asleep;
    }
    for (var next = dueBy(until); next != null; next = dueBy(until)) {
      now = Math.max(now, next.nextAt());
      next.run(now);
    }
    now = Math.max(now, until);
  }

  @Override
  public void place(NewOrder order) {
    if (orders.find(order.account(), order.clOrdId()) != null) return;
    var desk = new DeskOrder(order, new OrderId(ORDER_PREFIX + ++lastOrderNo), venueTime());
    orders.add(desk);
    var refusal = refusal(order);
    if (refusal != null) {
      reject(desk, refusal);
      return;
    }
    listener.on(new Accepted(order.account(), order.clOrdId(), desk.venueOrderId, venueTime()));
    enter(desk);
  }

  @Override
  public void cancel(CancelOrder cancel) {
    var desk = orders.find(cancel.account(), cancel.clOrdId());
    if (desk == null) {
      refuse(cancel, null, ExchangeCode.UNKNOWN_ORDER, "no such order");
      return;
    }
    if (!desk.isOpen() || desk.inBook == null) {
      var text = "the order is " + desk.state().status();
      refuse(cancel, desk.venueOrderId, ExchangeCode.ORDER_ALREADY_DONE, text);
      return;
    }
    market(desk).cancel(desk.inBook, now);
    endCanceled(desk, ExchangeCode.REQUESTED, "canceled as asked");
  }

  @Override
  public void replace(ReplaceOrder replace) {
    var desk = orders.find(replace.account(), replace.clOrdId());
    if (desk == null) {
      refuse(replace, null, ExchangeCode.UNKNOWN_ORDER, "no such order");
      return;
    }
    if (!desk.isOpen() || desk.inBook == null) {
      var text = "the order is " + desk.state().status();
      refuse(replace, desk.venueOrderId, ExchangeCode.ORDER_ALREADY_DONE, text);
      return;
    }
    var terms = replace.terms();
    var refusal = desk.order.isSameBut(terms) ? refusal(terms) : invalid("another order");
    if (refusal != null) {
      refuse(replace, desk.venueOrderId, refusal.code(), refusal.text());
    } else if (terms.orderQty().compareTo(desk.cumQty()) <= 0) {
      market(desk).cancel(desk.inBook, now);
      endCanceled(desk, ExchangeCode.QTY_IS_FILLED, "no more lots are wanted than are filled");
    } else {
      replace(desk, desk.inBook, replace);
    }
  }

  private void replace(DeskOrder desk, DeskOrder.InBook inBook, ReplaceOrder replace) {
    var terms = replace.terms();
    desk.replace(terms, venueTime());
    listener.on(
        new Replaced(
            terms.account(),
            terms.clOrdId(),
            desk.venueOrderId,
            replace.requestNo(),
            terms,
            venueTime()));
    long limit = terms.price() == null ? BookOrder.anyPrice(terms.side()) : terms.price().ticks();
    settle(desk, market(desk).replace(inBook, limit, desk.leavesQty().lots(), now));
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
    return Optional.ofNullable(markets.get(symbol)).map(SimMarket::quote);
  }

  /** The book as it is, whatever was shown last; empty for a symbol it does not trade. */
  public Optional<Depth> depth(Symbol symbol) {
    return Optional.ofNullable(markets.get(symbol)).map(SimMarket::depth);
  }

  /** The ends of the tapes, for {@link SimMemory}. */
  public Map<Symbol, SimMemory.Tape> tapes() {
    var tapes = new LinkedHashMap<Symbol, SimMemory.Tape>();
    markets.forEach((symbol, market) -> tapes.put(symbol, market.tape()));
    return tapes;
  }

  private void restore(SimMemory memory) {
    orders.rememberNetQty(memory.netQty());
    var remembered = memory.orders().stream().map(DeskOrder::remembered).toList();
    remembered.forEach(orders::add);
    orders.rememberFills(remembered);
    for (var desk : remembered) {
      if (!desk.isOpen()) continue;
      if (markets.containsKey(desk.order.symbol())) comeBack(desk);
      else expire(desk, desk.order.symbol() + " no longer trades here");
    }
  }

  private @Nullable SimMarket dueBy(long until) {
    SimMarket next = null;
    for (var market : markets.values()) {
      if (market.nextAt() <= until && (next == null || market.nextAt() < next.nextAt()))
        next = market;
    }
    return next;
  }

  private record Refusal(String code, String text) {}

  private @Nullable Refusal refusal(NewOrder order) {
    if (!markets.containsKey(order.symbol()))
      return new Refusal(ExchangeCode.UNKNOWN_SYMBOL, order.symbol() + " does not trade here");
    if (order.ordType() != OrdType.MARKET && order.ordType() != OrdType.LIMIT)
      return new Refusal(ExchangeCode.UNSUPPORTED, order.ordType() + " orders are not taken");
    if (order.timeInForce() == TimeInForce.GTD)
      return new Refusal(ExchangeCode.UNSUPPORTED, "GTD orders are not taken");
    if (order.orderQty().isZero() || order.orderQty().lots() > MOST_LOTS)
      return invalid("quantity must be 1 to " + MOST_LOTS);
    if (order.stopPx() != null) return invalid("a " + order.ordType() + " order has no stop price");
    var price = order.price();
    if (order.ordType() == OrdType.MARKET)
      return price == null ? tooMany() : invalid("a MARKET order has no price");
    if (price == null) return invalid("a LIMIT order needs a price");
    boolean inRange = price.ticks() >= -FARTHEST_TICKS && price.ticks() <= FARTHEST_TICKS;
    return inRange ? tooMany() : invalid("price out of range");
  }

  private static Refusal invalid(String text) {
    return new Refusal(ExchangeCode.INVALID_ORDER, text);
  }

  private @Nullable Refusal tooMany() {
    return orders.openCount() <= MOST_OPEN_ORDERS
        ? null
        : new Refusal(ExchangeCode.TOO_MANY_ORDERS, MOST_OPEN_ORDERS + " orders are open");
  }

  private void enter(DeskOrder desk) {
    settle(desk, market(desk).submit(inBook(desk), now));
  }

  private void comeBack(DeskOrder desk) {
    settle(desk, market(desk).comeBack(inBook(desk)));
  }

  private DeskOrder.InBook inBook(DeskOrder desk) {
    var order = desk.order;
    long limit = order.price() == null ? BookOrder.anyPrice(order.side()) : order.price().ticks();
    var inBook = new DeskOrder.InBook(desk, orders.owner(order.account()), rest(order), limit);
    desk.inBook = inBook;
    return inBook;
  }

  private void settle(DeskOrder desk, OrderBook.Outcome outcome) {
    switch (outcome) {
      case FILLED, WAITS -> {}
      case NOT_FILLABLE ->
          endCanceled(desk, ExchangeCode.FOK_NOT_FILLABLE, "could not be filled whole");
      case SELF_TRADE ->
          endCanceled(desk, SELF_TRADE, "would have traded with an order of its own account");
      case REST_ENDED -> {
        if (desk.order.ordType() == OrdType.MARKET)
          endCanceled(desk, ExchangeCode.NO_LIQUIDITY, "nothing left on the other side");
        else endCanceled(desk, ExchangeCode.IOC_REST, "the rest could not be filled at once");
      }
    }
  }

  private static Rest rest(NewOrder order) {
    return switch (order.timeInForce()) {
      case FOK -> Rest.FORBIDDEN;
      case IOC -> Rest.ENDS;
      case DAY, GTC, GTD -> order.ordType() == OrdType.MARKET ? Rest.ENDS : Rest.WAITS;
    };
  }

  private SimMarket market(DeskOrder desk) {
    var market = markets.get(desk.order.symbol());
    if (market == null) throw new IllegalStateException(desk.order.symbol() + " is not listed");
    return market;
  }

  private void filled(DeskOrder desk, long px, long lots, Instant at) {
    tell(desk, orders.book(desk, desk.fill(px, lots, at)));
  }

  private void endCanceled(DeskOrder desk, String code, String text) {
    desk.end(OrdStatus.CANCELED, code, text, venueTime());
    var order = desk.order;
    tell(
        desk,
        new Canceled(
            order.account(),
            order.clOrdId(),
            desk.venueOrderId,
            desk.cumQty(),
            code,
            text,
            venueTime()));
  }

  private void expire(DeskOrder desk, String text) {
    desk.end(OrdStatus.EXPIRED, "EXPIRED", text, venueTime());
    var order = desk.order;
    tell(
        desk,
        new Expired(
            order.account(), order.clOrdId(), desk.venueOrderId, desk.cumQty(), text, venueTime()));
  }

  private void reject(DeskOrder desk, Refusal refusal) {
    desk.end(OrdStatus.REJECTED, refusal.code(), refusal.text(), venueTime());
    var order = desk.order;
    tell(
        desk,
        new Rejected(
            order.account(),
            order.clOrdId(),
            desk.venueOrderId,
            refusal.code(),
            refusal.text(),
            venueTime()));
  }

  private void refuse(
      CancelOrder cancel, @Nullable OrderId venueOrderId, String code, String text) {
    listener.on(
        new CancelRejected(
            cancel.account(),
            cancel.clOrdId(),
            venueOrderId,
            cancel.requestNo(),
            code,
            text,
            venueTime()));
  }

  private void refuse(
      ReplaceOrder replace, @Nullable OrderId venueOrderId, String code, String text) {
    listener.on(
        new ReplaceRejected(
            replace.account(),
            replace.clOrdId(),
            venueOrderId,
            replace.requestNo(),
            code,
            text,
            venueTime()));
  }

  private void tell(DeskOrder desk, ExchangeEvent event) {
    if (!desk.isOpen()) orders.ended(desk);
    listener.on(event);
  }
}
