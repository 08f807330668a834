package io.tapeline.market.replay.domain;

import io.tapeline.market.book.domain.Unusable;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.model.Instrument;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A market of which the recording has the trades alone. An order trades with what traded next: see
 * {@link RecordingKind#TRADES}.
 */
final class TradesOnlyMarket extends RecordedMarket {
  private final TapeTrade trade = new TapeTrade();

  TradesOnlyMarket(Instrument instrument, TradeListener trades) {
    super(instrument, RecordingKind.TRADES, trades);
  }

  @Override
  @Nullable Unusable apply(Recording record) {
    if (record.action() != 'T') return Unusable.UNKNOWN_ACTION;
    long price = record.price();
    var fault = priceFault(price);
    if (fault != null) return fault;
    if (record.size() == 0) return Unusable.NO_SIZE;
    trade.set(ticks(price), record);
    count.trade(trade.ticks, trade.lots);
    trades.traded(this, trade);
    return null;
  }

  @Override
  boolean isCrossed() {
    return false;
  }

  @Override
  boolean showsLiquidity() {
    return false;
  }

  @Override
  long shown(DeskOrder order) {
    return 0;
  }

  @Override
  void take(DeskOrder order, TakeSink sink) {}

  /** At the last trade or better it is taken to be marketable; what is shown is not known. */
  @Override
  void join(DeskOrder order) {
    if (count.trades > 0 && order.reaches(count.close)) order.takes = true;
  }

  @Override
  long ahead(DeskOrder order) {
    return DeskOrder.NOT_SHOWN;
  }

  @Override
  boolean meets(DeskOrder order, TapeTrade tapeTrade) {
    return true;
  }

  @Override
  long reach(DeskOrder order, TapeTrade tapeTrade) {
    return order.takes || order.isPassedBy(tapeTrade.ticks) ? tapeTrade.lots : 0;
  }

  @Override
  Quote quote(Instant at) {
    return quote(at, null, 0, null, 0);
  }

  @Override
  @Nullable Depth depth(Instant at) {
    return null;
  }
}
