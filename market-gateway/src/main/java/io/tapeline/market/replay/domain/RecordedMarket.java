package io.tapeline.market.replay.domain;

import io.tapeline.market.book.domain.Unusable;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One contract as its recording shows it: applies records, shows what it has, and says what of it
 * an order of the desk can have. What each can do differs by how much it sees.
 */
abstract sealed class RecordedMarket permits OrderByOrderMarket, TopOfBookMarket, TradesOnlyMarket {

  /**
   * Hears of a trade once everything the recording says about it is known, the book still before
   * it.
   */
  interface TradeListener {
    void traded(RecordedMarket market, TapeTrade trade);
  }

  /** Takes what an order gets, price by price. */
  interface TakeSink {
    void took(long ticks, long lots);
  }

  /** The desk's working orders, those that trade first at the front. */
  final List<DeskOrder> buys = new ArrayList<>();

  final List<DeskOrder> sells = new ArrayList<>();
  final MarketCount count = new MarketCount();

  private static final BigDecimal NANO = BigDecimal.valueOf(1, 9);

  private final Instrument instrument;
  private final RecordingKind kind;
  private final long tickNanos;
  final TradeListener trades;

  RecordedMarket(Instrument instrument, RecordingKind kind, TradeListener trades) {
    this.instrument = instrument;
    this.kind = kind;
    this.trades = trades;
    this.tickNanos = instrument.tickSize().divide(NANO).longValueExact();
  }

  static RecordedMarket of(Instrument instrument, RecordingKind kind, TradeListener trades) {
    return switch (kind) {
      case MBO -> new OrderByOrderMarket(instrument, trades);
      case MBP_1 -> new TopOfBookMarket(instrument, trades);
      case TRADES -> new TradesOnlyMarket(instrument, trades);
    };
  }

  Instrument instrument() {
    return instrument;
  }

  Symbol symbol() {
    return instrument.symbol();
  }

  RecordingKind kind() {
    return kind;
  }

  /** Applies a record of this contract; says why when it cannot. */
  abstract @Nullable Unusable apply(Recording record);

  /** The event whose records were applied is complete. */
  void endOfEvent() {}

  void beginSnapshot() {}

  void endSnapshot() {}

  /** Bids at or above asks: the venue is not matching. */
  abstract boolean isCrossed();

  /** Whether orders are shown that can be taken at once. */
  boolean showsLiquidity() {
    return true;
  }

  /**
   * Whether the rest of a market order waits for what is shown next: there is more than is seen.
   */
  boolean letsMarketOrdersWait() {
    return true;
  }

  /** Lots shown that an order could take at once. */
  abstract long shown(DeskOrder order);

  /** Gives an order what is shown and in its reach, up to its leaves. */
  abstract void take(DeskOrder order, TakeSink sink);

  /** Gives an order its place in the queue at its price, before it takes or rests. */
  abstract void join(DeskOrder order);

  /** Lots before an order at its price, or {@link DeskOrder#NOT_SHOWN}. */
  abstract long ahead(DeskOrder order);

  /** Whether a trade can have come to a resting order, its price apart. */
  boolean meets(DeskOrder order, TapeTrade trade) {
    return order.takes || trade.tookFrom(order.buy);
  }

  /** How many lots of a trade that is within its limit come to a resting order. */
  abstract long reach(DeskOrder order, TapeTrade trade);

  /** At which price a resting order gets them. */
  long tradePrice(DeskOrder order, TapeTrade trade) {
    return order.takes || trade.aggressor == 'N' ? trade.ticks : order.limit;
  }

  abstract Quote quote(Instant at);

  /** Depth, or null where the recording has none. */
  abstract @Nullable Depth depth(Instant at);

  final long ticks(long price) {
    return Math.floorDiv(price, tickNanos);
  }

  /** Why a price cannot be used, if so. */
  final @Nullable Unusable priceFault(long price) {
    if (price == Recording.NO_PRICE) return Unusable.NO_PRICE;
    return price % tickNanos == 0 ? null : Unusable.OFF_TICK;
  }

  final Quote quote(
      Instant at, @Nullable Price bid, long bidLots, @Nullable Price ask, long askLots) {
    return new Quote(
        symbol(),
        bid,
        new Qty(bidLots),
        ask,
        new Qty(askLots),
        count.trades == 0 ? null : new Price(count.close),
        new Qty(count.closeLots),
        at);
  }
}
