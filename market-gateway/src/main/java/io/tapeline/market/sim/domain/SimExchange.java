package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.Exchange;
import io.tapeline.market.exchange.domain.ExchangeCode;
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
import io.tapeline.model.Symbol;
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

  private static final String ORDER_PREFIX = "S";
  private static final long LONGEST_CATCH_UP_MICROS = LONGEST_CATCH_UP.toNanos() / 1000;

  private final ExchangeListener listener;
  private final DeskOrders orders = new DeskOrders();
  private final Agenda agenda = new Agenda();
  private final VenueNow now;
  private final OrderLife life;
  private final Markets markets;
  private final Admission admission;
  private long lastOrderNo;

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
    now = new VenueNow(start);
    lastOrderNo = memory.lastOrderNo();
    life =
        new OrderLife(
            listings,
            seed,
            memory,
            rules,
            orders,
            agenda,
            now,
            listener,
            marketListener,
            this::place);
    markets = life.markets();
    admission = new Admission(markets, orders, rules);
    life.restore(memory);
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
    life.behave(newConduct);
  }

  /**
   * Plays the markets up to and including this venue time; one before the present is the present.
   */
  public void advanceTo(Instant venueTime) {
    long until = VenueTime.micros(venueTime);
    long asleep = until - now.micros() - LONGEST_CATCH_UP_MICROS;
    if (asleep > 0) {
      markets.sleep(asleep);
      now.moveTo(now.micros() + asleep);
    }
    for (var next = markets.dueBy(until); ; next = markets.dueBy(until)) {
      long due = next == null ? Long.MAX_VALUE : next.nextAt();
      if (agenda.nextAt() <= Math.min(due, until)) {
        now.moveTo(agenda.nextAt());
        agenda.next();
        markets.settle();
      } else if (next == null) {
        break;
      } else {
        now.moveTo(due);
        next.run(now.micros());
      }
    }
    now.moveTo(until);
  }

  @Override
  public void place(NewOrder order) {
    if (orders.find(order.account(), order.clOrdId()) != null) return;
    var desk = new DeskOrder(order, new OrderId(ORDER_PREFIX + ++lastOrderNo), venueTime());
    orders.add(desk);
    var refusal = refusal(order, 1);
    if (refusal != null) {
      life.tell(desk, desk.reject(refusal, venueTime()));
      return;
    }
    life.join(desk);
    life.tell(desk, desk.accepted(venueTime()));
    life.begin(desk);
    life.market(desk).settle();
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
      life.cancel(desk, ExchangeCode.QTY_IS_FILLED, "no more lots are wanted than are filled");
    } else {
      life.replace(desk, terms, replace.requestNo());
    }
    life.market(desk).settle();
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
            ? life.conduct().refuses(cancel.account(), cancel.clOrdId(), cancel.requestNo())
            : isDone(desk);
    if (refusal != null) {
      refuse(cancel, desk.venueOrderId, refusal);
      return;
    }
    life.fillBeforeCancel(desk);
    if (desk.isOpen()) life.cancel(desk, ExchangeCode.REQUESTED, "canceled as asked");
    else refuse(cancel, desk.venueOrderId, isDone(desk));
    life.market(desk).settle();
  }

  /** A session is over: DAY orders end. */
  void endSession(Symbol symbol) {
    life.endSession(symbol);
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
    return now.instant();
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

  private @Nullable Refusal refusal(NewOrder order, long requestNo) {
    var refusal = admission.refusal(order, venueTime());
    return refusal != null
        ? refusal
        : life.conduct().refuses(order.account(), order.clOrdId(), requestNo);
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
}
