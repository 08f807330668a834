package io.tapeline.market.app;

import io.tapeline.bars.BarVersion;
import io.tapeline.bars.Trade;
import io.tapeline.contract.BarRow;
import io.tapeline.contract.TradePrint;

/** Between bars and the wire. */
final class BarRows {
  private BarRows() {}

  static BarRow row(BarVersion version, String source) {
    var bar = version.bar();
    return new BarRow(
        bar.symbol(),
        bar.interval().toString(),
        bar.start(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.trades(),
        version.isFinal(),
        source,
        version.revision());
  }

  static Trade trade(TradePrint print) {
    var pass = print.pass();
    return new Trade(
        print.tradeId(),
        print.venueTime(),
        print.px(),
        print.qty(),
        pass == null ? 0 : pass,
        print.passFrom());
  }
}
