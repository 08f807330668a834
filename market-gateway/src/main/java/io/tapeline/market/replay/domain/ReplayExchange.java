package io.tapeline.market.replay.domain;

import static io.tapeline.market.exchange.domain.ExchangeCode.FOK_NOT_FILLABLE;
import static io.tapeline.market.exchange.domain.ExchangeCode.INVALID_ORDER;
import static io.tapeline.market.exchange.domain.ExchangeCode.IOC_REST;
import static io.tapeline.market.exchange.domain.ExchangeCode.MARKET_CLOSED;
import static io.tapeline.market.exchange.domain.ExchangeCode.NO_LIQUIDITY;
import static io.tapeline.market.exchange.domain.ExchangeCode.ORDER_ALREADY_DONE;
import static io.tapeline.market.exchange.domain.ExchangeCode.QTY_IS_FILLED;
import static io.tapeline.market.exchange.domain.ExchangeCode.REQUESTED;
import static io.tapeline.market.exchange.domain.ExchangeCode.TOO_MANY_ORDERS;
import static io.tapeline.market.exchange.domain.ExchangeCode.UNKNOWN_ORDER;
import static io.tapeline.market.exchange.domain.ExchangeCode.UNKNOWN_SYMBOL;
import static io.tapeline.market.exchange.domain.ExchangeCode.UNSUPPORTED;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.Exchange;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeEvent.Accepted;
import io.tapeline.market.exchange.domain.ExchangeEvent.Canceled;
import io.tapeline.market.exchange.domain.ExchangeEvent.Expired;
import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.market.exchange.domain.ExchangeEvent.Rejected;
import io.tapeline.market.exchange.domain.ExchangeEvent.Replaced;
import io.tapeline.market.exchange.domain.ExchangeListener;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.ReplaceOrder;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The desk's orders against the recorded market. MARKET and LIMIT; DAY, GTC, IOC and FOK.
 *
 * <ul>
 *   <li>A marketable order takes what is shown, best price first and in its limit, never more than
 *       is shown, and never the same lots twice: what the desk took of a recorded order stays taken
 *       while that order keeps its place.
 *   <li>What is left of a limit order rests behind everything at its price. It fills when recorded
 *       trades reach it: a trade beyond its price, or one at its price that went to orders behind
 *       it; never more than was traded. It fills too when the other side comes to its price, with
 *       what that shows.
 *   <li>What is left of a market order is canceled, NO_LIQUIDITY, where the whole book is seen
 *       (mbo); where it is not, it waits for what is shown or traded next.
 *   <li>While bids stand at or above asks (before an open) nothing shown can be taken: limit orders
 *       rest and take part in the opening trade, others are rejected, MARKET_CLOSED.
 *   <li>Orders of the desk do not trade with each other and are not seen on the tape. DAY orders
 *       live until the recording is over: it knows no sessions.
 * </ul>
 *
 * <p>Remembers all working orders, the last 100,000 done ones and the last 100,000 executions of
 * each account.
 */
public final class ReplayExchange implements Exchange {
  private final Map<Symbol, RecordedMarket> markets;
  private final ExchangeListener listener;
  private final String orderIdPrefix;
  private final DeskLedger ledger = new DeskLedger();
  private long ordersTaken;
  private long now;
  private boolean over;

  ReplayExchange(
      Map<Symbol, RecordedMarket> markets, ExchangeListener listener, String orderIdPrefix) {
    this.markets = markets;
    this.listener = listener;
    this.orderIdPrefix = orderIdPrefix;
  }

  @Override
  public void place(NewOrder order) {
    if (ledger.find(order.account(), order.clOrdId()) != null) return;
    var id = new OrderId(orderIdPrefix + "-" + ++ordersTaken);
    var desk = new DeskOrder(order, id, venueTime());
    boolean full = ledger.isFull();
    ledger.add(desk);
    var market = markets.get(order.symbol());
    if (full) reject(desk, TOO_MANY_ORDERS, DeskLedger.MAX_WORKING + " orders are working");
    else if (market == null) reject(desk, UNKNOWN_SYMBOL, order.symbol() + " is not recorded");
    else if (isFit(desk, market)) accept(desk, market);
  }

  /** Whether the order can be taken; if not it has been rejected. */
  private boolean isFit(DeskOrder desk, RecordedMarket market) {
    var order = desk.order;
    boolean limit = order.ordType() == OrdType.LIMIT;
    if (!limit && order.ordType() != OrdType.MARKET) {
      reject(desk, UNSUPPORTED, "order type " + order.ordType());
    } else if (order.protection() != null) {
      reject(desk, UNSUPPORTED, "no brackets are kept here");
    } else if (order.timeInForce() == TimeInForce.GTD) {
      reject(desk, UNSUPPORTED, "time in force " + order.timeInForce());
    } else if (isImmediate(order) && !market.showsLiquidity()) {
      reject(
          desk,
          UNSUPPORTED,
          "time in force " + order.timeInForce() + ": the recording has trades alone");
    } else if (order.orderQty().isZero()) {
      reject(desk, INVALID_ORDER, "no lots");
    } else if (!areFit(order)) {
      reject(desk, INVALID_ORDER, "a limit order has a price, a market order none");
    } else if (market.isCrossed() && (!limit || isImmediate(order))) {
      reject(desk, MARKET_CLOSED, "the recorded book is crossed: its market is not open yet");
    } else {
      return true;
    }
    return false;
  }

  private static boolean isImmediate(NewOrder order) {
    return switch (order.timeInForce()) {
      case IOC, FOK -> true;
      case DAY, GTC, GTD -> false;
    };
  }

  private void accept(DeskOrder desk, RecordedMarket market) {
    var order = desk.order;
    say(new Accepted(order.account(), order.clOrdId(), desk.venueOrderId, venueTime()));
    enter(desk, market);
  }

  private void enter(DeskOrder desk, RecordedMarket market) {
    var order = desk.order;
    market.join(desk);
    if (order.timeInForce() == TimeInForce.FOK && market.shown(desk) < desk.leaves()) {
      cancel(desk, FOK_NOT_FILLABLE, "only " + market.shown(desk) + " lots are shown");
      return;
    }
    desk.takes = desk.takes || order.ordType() == OrdType.MARKET || market.shown(desk) > 0;
    if (!market.isCrossed()) take(desk, market);
    if (!desk.isWorking()) return;
    boolean canWait = market.letsMarketOrdersWait() && !over;
    if (isImmediate(order)) cancel(desk, IOC_REST, "no more is shown");
    else if (order.ordType() == OrdType.LIMIT || canWait) rest(desk, market);
    else cancel(desk, NO_LIQUIDITY, "no more is shown");
  }

  /**
   * In place: the same price and no more lots than before keep the place in the queue; else it is
   * lost, and what is shown may be taken as by a new order.
   */
  @Override
  public void replace(ReplaceOrder replace) {
    var desk = ledger.find(replace.account(), replace.clOrdId());
    var market = desk == null ? null : markets.get(desk.order.symbol());
    if (desk == null || market == null) {
      refuse(replace, desk, UNKNOWN_ORDER, "no order " + replace.clOrdId());
    } else if (!desk.isWorking()) {
      refuse(replace, desk, ORDER_ALREADY_DONE, "order is " + desk.status);
    } else if (!desk.order.isSameBut(replace.terms())
        || !areFit(replace.terms())
        || replace.terms().orderQty().isZero()) {
      refuse(replace, desk, INVALID_ORDER, "quantity and limit may be changed, nothing else");
    } else if (replace.terms().orderQty().lots() <= desk.cumLots) {
      leave(desk);
      cancel(desk, QTY_IS_FILLED, "no more lots are wanted than are filled");
    } else {
      replace(desk, market, replace);
    }
  }

  private void replace(DeskOrder desk, RecordedMarket market, ReplaceOrder replace) {
    var terms = replace.terms();
    boolean keepsPlace =
        Objects.equals(terms.price(), desk.order.price())
            && terms.orderQty().compareTo(desk.order.orderQty()) <= 0;
    if (!keepsPlace) leave(desk);
    desk.replace(terms);
    desk.changedAt = venueTime();
    say(
        new Replaced(
            terms.account(),
            terms.clOrdId(),
            desk.venueOrderId,
            replace.requestNo(),
            terms,
            venueTime()));
    if (keepsPlace) return;
    desk.loseItsPlace();
    enter(desk, market);
  }

  private static boolean areFit(NewOrder terms) {
    return (terms.price() != null) == (terms.ordType() == OrdType.LIMIT);
  }

  private void refuse(ReplaceOrder replace, @Nullable DeskOrder desk, String code, String text) {
    say(replace.refused(desk == null ? null : desk.venueOrderId, code, text, venueTime()));
  }

  private void rest(DeskOrder desk, RecordedMarket market) {
    if (market.showsLiquidity() && desk.order.ordType() == OrdType.LIMIT) desk.takes = false;
    var queue = queue(desk, market);
    int at = queue.size();
    while (at > 0 && desk.ranksBefore(queue.get(at - 1))) at--;
    queue.add(at, desk);
  }

  @Override
  public void cancel(CancelOrder cancel) {
    var desk = ledger.find(cancel.account(), cancel.clOrdId());
    if (desk == null) {
      say(cancel.refused(null, UNKNOWN_ORDER, "no order " + cancel.clOrdId(), venueTime()));
    } else if (desk.isWorking()) {
      leave(desk);
      cancel(desk, REQUESTED, "canceled as asked");
    } else {
      var text = "order is " + desk.status;
      say(cancel.refused(desk.venueOrderId, ORDER_ALREADY_DONE, text, venueTime()));
    }
  }

  /** Ends all working orders, as when the recording is wound back. */
  public void expireAll(String text) {
    for (var desk : ledger.working().toList()) {
      leave(desk);
      end(desk, OrdStatus.EXPIRED, null, text);
      var order = desk.order;
      say(
          new Expired(
              order.account(),
              order.clOrdId(),
              desk.venueOrderId,
              new Qty(desk.cumLots),
              text,
              venueTime()));
    }
  }

  /** A recorded trade comes to the orders it can have come to: those that trade first, first. */
  void traded(RecordedMarket market, TapeTrade trade) {
    if (!market.buys.isEmpty()) traded(market, market.buys, trade);
    if (!market.sells.isEmpty()) traded(market, market.sells, trade);
  }

  private void traded(RecordedMarket market, List<DeskOrder> queue, TapeTrade trade) {
    long given = 0;
    for (var desk : List.copyOf(queue)) {
      if (!desk.reaches(trade.ticks)) return;
      if (!market.meets(desk, trade)) continue;
      long lots = Math.min(desk.leaves(), market.reach(desk, trade) - given);
      if (lots <= 0) continue;
      given += lots;
      fill(desk, market.tradePrice(desk, trade), lots);
    }
  }

  /** An event is complete: the other side may have come to resting orders. */
  void settle(RecordedMarket market) {
    if (market.buys.isEmpty() && market.sells.isEmpty()) return;
    if (market.isCrossed()) return;
    for (var desk : List.copyOf(market.buys)) take(desk, market);
    for (var desk : List.copyOf(market.sells)) take(desk, market);
  }

  private void take(DeskOrder desk, RecordedMarket market) {
    market.take(desk, (ticks, lots) -> fill(desk, ticks, lots));
  }

  private void fill(DeskOrder desk, long ticks, long lots) {
    desk.cumLots += lots;
    desk.changedAt = venueTime();
    var order = desk.order;
    var fill =
        new Filled(
            order.account(),
            order.clOrdId(),
            desk.venueOrderId,
            new ExecId(desk.venueOrderId + "-" + (desk.fills.size() + 1)),
            order.symbol(),
            order.side(),
            new Qty(lots),
            new Price(ticks),
            new Qty(desk.cumLots),
            new Qty(desk.leaves()),
            desk.changedAt);
    desk.fills.add(fill);
    ledger.filled(fill);
    desk.status = OrdStatus.PARTIALLY_FILLED;
    if (desk.leaves() == 0) {
      leave(desk);
      desk.status = OrdStatus.FILLED;
      ledger.ended(desk);
    }
    say(fill);
  }

  private void reject(DeskOrder desk, String code, String text) {
    end(desk, OrdStatus.REJECTED, code, text);
    var order = desk.order;
    say(new Rejected(order.account(), order.clOrdId(), desk.venueOrderId, code, text, venueTime()));
  }

  private void cancel(DeskOrder desk, String code, String text) {
    end(desk, OrdStatus.CANCELED, code, text);
    var order = desk.order;
    say(
        new Canceled(
            order.account(),
            order.clOrdId(),
            desk.venueOrderId,
            new Qty(desk.cumLots),
            code,
            text,
            venueTime()));
  }

  private void end(DeskOrder desk, OrdStatus status, @Nullable String code, String text) {
    desk.status = status;
    desk.code = code;
    desk.text = text;
    desk.changedAt = venueTime();
    ledger.ended(desk);
  }

  private void leave(DeskOrder desk) {
    var market = markets.get(desk.order.symbol());
    if (market != null) queue(desk, market).remove(desk);
  }

  private static List<DeskOrder> queue(DeskOrder desk, RecordedMarket market) {
    return desk.buy ? market.buys : market.sells;
  }

  private void say(ExchangeEvent event) {
    listener.on(event);
  }

  @Override
  public Optional<OrderState> find(AccountId account, ClOrdId clOrdId) {
    return Optional.ofNullable(ledger.find(account, clOrdId)).map(DeskOrder::state);
  }

  @Override
  public List<OrderState> openOrders(AccountId account) {
    return ledger
        .working()
        .filter(desk -> desk.order.account().equals(account))
        .map(DeskOrder::state)
        .toList();
  }

  @Override
  public List<Filled> executions(AccountId account) {
    return ledger.executions(account);
  }

  @Override
  public Map<Symbol, Long> netQty(AccountId account) {
    return ledger.netQty(account);
  }

  /**
   * Recorded lots that stand before a resting order at its price; empty when it does not rest or
   * its queue is not shown.
   */
  public OptionalLong volumeAhead(AccountId account, ClOrdId clOrdId) {
    var desk = ledger.find(account, clOrdId);
    if (desk == null || !desk.isWorking()) return OptionalLong.empty();
    var market = markets.get(desk.order.symbol());
    long ahead = market == null ? DeskOrder.NOT_SHOWN : market.ahead(desk);
    return ahead == DeskOrder.NOT_SHOWN ? OptionalLong.empty() : OptionalLong.of(ahead);
  }

  /** The receive time of the newest record, or later where time has passed since. */
  @Override
  public Instant venueTime() {
    return Instant.ofEpochSecond(0, now);
  }

  long now() {
    return now;
  }

  /** Time never goes back: what is received late happens now. */
  void moveTo(long nanos) {
    now = Math.max(now, nanos);
  }

  /** Nothing is recorded any more: the last book stands. */
  void over() {
    over = true;
  }
}
