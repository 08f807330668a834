package io.tapeline.positions.app;

import static io.tapeline.positions.app.RiskRows.plain;

import io.tapeline.contract.RoundTripRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.app.Excursions.Excursion;
import io.tapeline.positions.domain.BatchFold.Trip;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Round trips as everybody sees them. */
final class TradeRows {
  private TradeRows() {}

  /**
   * A round trip that was taken back, or made by a correction, says nothing of how far prices went.
   */
  static RoundTripRow told(AccountId accountId, Trip trip, Excursions excursions) {
    boolean justClosed = !trip.voided() && trip.pairing().exit().seq() == trip.seq();
    return row(accountId, trip, justClosed ? excursions.of(accountId, trip.pairing()) : null);
  }

  static RoundTripRow row(AccountId accountId, Trip trip, @Nullable Excursion excursion) {
    var pairing = trip.pairing();
    var entry = pairing.entry();
    var exit = pairing.exit();
    var instrument = pairing.instrument();
    return new RoundTripRow(
        pairing.tradeId(),
        accountId.value(),
        trip.seq(),
        instrument.symbol().value(),
        pairing.side(),
        pairing.qty(),
        instrument.decimal(entry.lastPx()),
        instrument.decimal(exit.lastPx()),
        entry.venueTime(),
        exit.venueTime(),
        Duration.between(entry.venueTime(), exit.venueTime()).toMillis(),
        plain(pairing.pnl()),
        plain(pairing.fees()),
        instrument.tickValue().currency().getCurrencyCode(),
        excursion == null ? null : plain(excursion.adverse()),
        excursion == null ? null : plain(excursion.favourable()),
        pairing.tradingDay(),
        TradingCalendar.session(exit.venueTime()).name(),
        entry.strategy(),
        distinct(entry.clOrdId().value(), exit.clOrdId().value()),
        List.of(entry.execId().value(), exit.execId().value()),
        trip.voided() ? true : null);
  }

  /** Whether two rows say the same of a trade, but for how far prices went. */
  static boolean sameTrade(RoundTripRow a, RoundTripRow b) {
    return a.seq() == b.seq()
        && a.qty() == b.qty()
        && a.side() == b.side()
        && a.symbol().equals(b.symbol())
        && a.entryPx().compareTo(b.entryPx()) == 0
        && a.exitPx().compareTo(b.exitPx()) == 0
        && a.pnl().compareTo(b.pnl()) == 0
        && a.fees().compareTo(b.fees()) == 0
        && a.execIds().equals(b.execIds())
        && (a.voided() == null) == (b.voided() == null);
  }

  private static List<String> distinct(String entry, String exit) {
    return Stream.of(entry, exit).distinct().toList();
  }
}
