package io.tapeline.market.replay.domain;

import io.tapeline.market.book.domain.BookSide;
import io.tapeline.market.book.domain.OrderBook;
import io.tapeline.market.book.domain.RestingOrder;
import io.tapeline.market.book.domain.Unusable;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A market recorded order by order (mbo). */
final class OrderByOrderMarket extends RecordedMarket {
  /** A recorded fill of the trade in work: whose, how much of it was shown, how much in all. */
  private record Fill(RestingOrder order, long shownLots, long lots) {}

  private final OrderBook book = new OrderBook();
  private final TapeTrade trade = new TapeTrade();
  private final List<Fill> fills = new ArrayList<>();
  private boolean tradeInWork;

  OrderByOrderMarket(Instrument instrument, TradeListener trades) {
    super(instrument, RecordingKind.MBO, trades);
  }

  OrderBook book() {
    return book;
  }

  @Override
  @Nullable Unusable apply(Recording record) {
    byte action = record.action();
    if (action == 'F') return fill(record);
    endOfTrade(); // fills follow their trade directly; the book changes after them
    return switch (action) {
      case 'T' -> trade(record);
      case 'A' -> add(record);
      case 'M' -> modify(record);
      case 'C' -> cancel(record);
      case 'R' -> {
        book.clear();
        yield null;
      }
      case 'N' -> null;
      default -> Unusable.UNKNOWN_ACTION;
    };
  }

  private @Nullable Unusable trade(Recording record) {
    long price = record.price();
    var fault = priceFault(price);
    if (fault != null) return fault;
    if (record.size() == 0) return Unusable.NO_SIZE;
    trade.set(ticks(price), record);
    tradeInWork = true;
    count.trade(trade.ticks, trade.lots);
    return null;
  }

  private @Nullable Unusable fill(Recording record) {
    var order = book.find(record.orderId());
    if (order == null) return Unusable.UNKNOWN_ORDER;
    if (tradeInWork && hasDeskOrders()) {
      fills.add(new Fill(order, order.fill(record.size()), record.size()));
    }
    return null;
  }

  private boolean hasDeskOrders() {
    return !buys.isEmpty() || !sells.isEmpty();
  }

  private void endOfTrade() {
    if (!tradeInWork) return;
    tradeInWork = false;
    trades.traded(this, trade);
    fills.clear();
  }

  private @Nullable Unusable add(Recording record) {
    byte side = record.side();
    if (side != 'B' && side != 'A') return Unusable.NO_SIDE;
    long price = record.price();
    var fault = priceFault(price);
    if (fault != null) return fault;
    return book.add(record.orderId(), side == 'B', ticks(price), record.size());
  }

  private @Nullable Unusable modify(Recording record) {
    byte side = record.side();
    if (side != 'B' && side != 'A') return Unusable.NO_SIDE;
    long price = record.price();
    var fault = priceFault(price);
    if (fault != null) return fault;
    return book.modify(record.orderId(), side == 'B', ticks(price), record.size());
  }

  private @Nullable Unusable cancel(Recording record) {
    byte side = record.side();
    if (side != 'B' && side != 'A') return Unusable.NO_SIDE;
    return book.cancel(record.orderId(), side == 'B', record.size());
  }

  @Override
  void endOfEvent() {
    endOfTrade();
  }

  @Override
  void beginSnapshot() {
    book.beginSnapshot();
  }

  @Override
  void endSnapshot() {
    book.endSnapshot();
  }

  @Override
  boolean isCrossed() {
    return book.isCrossed();
  }

  /** The whole book is seen: what is not there now is not there. */
  @Override
  boolean letsMarketOrdersWait() {
    return false;
  }

  @Override
  long shown(DeskOrder order) {
    long shown = 0;
    var other = other(order);
    for (int rank = 0; rank < other.size(); rank++) {
      var level = other.level(rank);
      if (!order.reaches(level.ticks()) || shown >= order.leaves()) break;
      for (var resting = level.first(); resting != null; resting = resting.behind()) {
        shown += resting.available();
      }
    }
    return shown;
  }

  /**
   * Who came first makes the price: an order of the recording that was there before the desk's
   * trades at its own price, one that came later at the desk's.
   */
  @Override
  void take(DeskOrder order, TakeSink sink) {
    long wanted = order.leaves();
    var other = other(order);
    for (int rank = 0; rank < other.size() && wanted > 0; rank++) {
      var level = other.level(rank);
      if (!order.reaches(level.ticks())) return;
      long atLevel = 0;
      long atLimit = 0;
      for (var resting = level.first(); resting != null && wanted > 0; resting = resting.behind()) {
        long lots = Math.min(wanted, resting.available());
        book.take(resting, lots);
        wanted -= lots;
        if (resting.place() < order.place) atLevel += lots;
        else atLimit += lots;
      }
      if (atLevel > 0) sink.took(level.ticks(), atLevel);
      if (atLimit > 0) sink.took(order.limit, atLimit);
    }
  }

  private BookSide other(DeskOrder order) {
    return order.buy ? book.asks() : book.bids();
  }

  @Override
  void join(DeskOrder order) {
    order.place = book.nextPlace();
  }

  @Override
  long ahead(DeskOrder order) {
    var level = (order.buy ? book.bids() : book.asks()).find(order.limit);
    return level == null ? 0 : level.lotsBefore(order.place);
  }

  /**
   * A trade beyond its limit would have come to it first, all of it. Of a trade at its limit comes
   * to it what the recording gave to orders that stand behind it, the hidden part of icebergs
   * included.
   */
  @Override
  long reach(DeskOrder order, TapeTrade tapeTrade) {
    if (order.isPassedBy(tapeTrade.ticks)) return tapeTrade.lots;
    long lots = 0;
    for (var fill : fills) {
      var filled = fill.order();
      if (filled.isBid() != order.buy) continue;
      lots += isAhead(filled, order) ? fill.lots() - fill.shownLots() : fill.lots();
    }
    return Math.min(lots, tapeTrade.lots);
  }

  private static boolean isAhead(RestingOrder recorded, DeskOrder order) {
    long ticks = recorded.ticks();
    if (ticks == order.limit) return recorded.place() < order.place;
    return order.buy ? ticks > order.limit : ticks < order.limit;
  }

  @Override
  Quote quote(Instant at) {
    var bids = book.bids();
    var asks = book.asks();
    return quote(
        at,
        bids.isEmpty() ? null : new Price(bids.level(0).ticks()),
        bids.isEmpty() ? 0 : bids.level(0).lots(),
        asks.isEmpty() ? null : new Price(asks.level(0).ticks()),
        asks.isEmpty() ? 0 : asks.level(0).lots());
  }

  @Override
  Depth depth(Instant at) {
    return new Depth(symbol(), levels(book.bids()), levels(book.asks()), at);
  }

  private static List<Depth.Level> levels(BookSide side) {
    int size = Math.min(Depth.LEVELS, side.size());
    var levels = new ArrayList<Depth.Level>(size);
    for (int rank = 0; rank < size; rank++) {
      var level = side.level(rank);
      levels.add(new Depth.Level(new Price(level.ticks()), new Qty(level.lots()), level.orders()));
    }
    return levels;
  }
}
