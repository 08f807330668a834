package io.tapeline.market.replay.domain;

import io.tapeline.market.book.domain.TopOfBook;
import io.tapeline.market.book.domain.TopOfBook.Top;
import io.tapeline.market.book.domain.Unusable;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A market of which the recording has the best prices and the trades (mbp-1). */
final class TopOfBookMarket extends RecordedMarket {
  private final TopOfBook book = new TopOfBook();
  private final TapeTrade trade = new TapeTrade();

  TopOfBookMarket(Instrument instrument, TradeListener trades) {
    super(instrument, RecordingKind.MBP_1, trades);
  }

  @Override
  @Nullable Unusable apply(Recording record) {
    var fault =
        switch (record.action()) {
          case 'T' -> trade(record);
          case 'A', 'M', 'C', 'R', 'N' -> null;
          default -> Unusable.UNKNOWN_ACTION;
        };
    if (fault != null) return fault;
    long bid = record.bidPrice();
    long ask = record.askPrice();
    if (priceFault(bid) == Unusable.OFF_TICK || priceFault(ask) == Unusable.OFF_TICK) {
      return Unusable.OFF_TICK;
    }
    set(book.bid(), bid, record.bidSize(), record.bidOrders());
    set(book.ask(), ask, record.askSize(), record.askOrders());
    buys.forEach(order -> follow(order, book.bid()));
    sells.forEach(order -> follow(order, book.ask()));
    return null;
  }

  private @Nullable Unusable trade(Recording record) {
    long price = record.price();
    var fault = priceFault(price);
    if (fault != null) return fault;
    if (record.size() == 0) return Unusable.NO_SIZE;
    trade.set(ticks(price), record);
    count.trade(trade.ticks, trade.lots);
    trades.traded(this, trade);
    return null;
  }

  private void set(Top top, long price, long lots, int orders) {
    if (price == Recording.NO_PRICE) top.clear();
    else top.set(ticks(price), lots, orders);
  }

  /**
   * No more can be ahead of an order than is shown at its price; better than the best, nothing is.
   */
  private static void follow(DeskOrder order, Top own) {
    if (own.isEmpty() || order.isPassedBy(own.ticks())) order.ahead = 0;
    else if (own.ticks() == order.limit) {
      order.ahead =
          order.ahead == DeskOrder.NOT_SHOWN ? own.lots() : Math.min(order.ahead, own.lots());
    }
  }

  @Override
  boolean isCrossed() {
    return book.isCrossed();
  }

  @Override
  long shown(DeskOrder order) {
    var other = other(order);
    return other.isEmpty() || !order.reaches(other.ticks()) ? 0 : other.available();
  }

  @Override
  void take(DeskOrder order, TakeSink sink) {
    var other = other(order);
    long lots = Math.min(order.leaves(), shown(order));
    if (lots == 0) return;
    other.take(lots);
    sink.took(order.takes ? other.ticks() : order.limit, lots);
  }

  private Top other(DeskOrder order) {
    return order.buy ? book.ask() : book.bid();
  }

  @Override
  void join(DeskOrder order) {
    follow(order, order.buy ? book.bid() : book.ask());
  }

  @Override
  long ahead(DeskOrder order) {
    return order.ahead;
  }

  @Override
  long reach(DeskOrder order, TapeTrade tapeTrade) {
    if (order.isPassedBy(tapeTrade.ticks)) return tapeTrade.lots;
    if (order.ahead == DeskOrder.NOT_SHOWN) return 0;
    long lots = Math.max(0, tapeTrade.lots - order.ahead);
    order.ahead = Math.max(0, order.ahead - tapeTrade.lots);
    return lots;
  }

  @Override
  Quote quote(Instant at) {
    var bid = book.bid();
    var ask = book.ask();
    return quote(at, price(bid), bid.lots(), price(ask), ask.lots());
  }

  @Override
  Depth depth(Instant at) {
    return new Depth(symbol(), level(book.bid()), level(book.ask()), at);
  }

  private static @Nullable Price price(Top top) {
    return top.isEmpty() ? null : new Price(top.ticks());
  }

  private static List<Depth.Level> level(Top top) {
    return top.isEmpty()
        ? List.of()
        : List.of(new Depth.Level(new Price(top.ticks()), new Qty(top.lots()), top.orders()));
  }
}
