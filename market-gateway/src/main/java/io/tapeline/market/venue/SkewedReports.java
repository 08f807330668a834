package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeEvent.Accepted;
import io.tapeline.market.exchange.domain.ExchangeEvent.Busted;
import io.tapeline.market.exchange.domain.ExchangeEvent.CancelRejected;
import io.tapeline.market.exchange.domain.ExchangeEvent.Canceled;
import io.tapeline.market.exchange.domain.ExchangeEvent.Corrected;
import io.tapeline.market.exchange.domain.ExchangeEvent.Expired;
import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.market.exchange.domain.ExchangeEvent.Rejected;
import io.tapeline.market.exchange.domain.ExchangeEvent.ReplaceRejected;
import io.tapeline.market.exchange.domain.ExchangeEvent.Replaced;
import io.tapeline.market.exchange.domain.ExchangeEvent.Triggered;
import java.time.Duration;

/** Reports by a clock that is wrong. */
final class SkewedReports {
  private SkewedReports() {}

  static ExchangeEvent skewed(ExchangeEvent event, Duration by) {
    if (by.isZero()) return event;
    var at = event.venueTime().plus(by);
    return switch (event) {
      case Accepted e -> new Accepted(e.account(), e.clOrdId(), e.venueOrderId(), at);
      case Rejected e ->
          new Rejected(e.account(), e.clOrdId(), e.venueOrderId(), e.code(), e.text(), at);
      case Filled e ->
          new Filled(
              e.account(),
              e.clOrdId(),
              e.venueOrderId(),
              e.execId(),
              e.symbol(),
              e.side(),
              e.lastQty(),
              e.lastPx(),
              e.cumQty(),
              e.leavesQty(),
              at,
              e.realizedTicks());
      case Busted e ->
          new Busted(
              e.account(),
              e.clOrdId(),
              e.venueOrderId(),
              e.execId(),
              e.bustedExecId(),
              e.symbol(),
              e.text(),
              at);
      case Corrected e ->
          new Corrected(
              e.account(),
              e.clOrdId(),
              e.venueOrderId(),
              e.execId(),
              e.correctedExecId(),
              e.symbol(),
              e.side(),
              e.lastQty(),
              e.lastPx(),
              at,
              e.realizedTicks());
      case Replaced e ->
          new Replaced(e.account(), e.clOrdId(), e.venueOrderId(), e.requestNo(), e.terms(), at);
      case ReplaceRejected e ->
          new ReplaceRejected(
              e.account(), e.clOrdId(), e.venueOrderId(), e.requestNo(), e.code(), e.text(), at);
      case Triggered e -> new Triggered(e.account(), e.clOrdId(), e.venueOrderId(), at);
      case Canceled e ->
          new Canceled(
              e.account(), e.clOrdId(), e.venueOrderId(), e.cumQty(), e.code(), e.text(), at);
      case Expired e ->
          new Expired(e.account(), e.clOrdId(), e.venueOrderId(), e.cumQty(), e.text(), at);
      case CancelRejected e ->
          new CancelRejected(
              e.account(), e.clOrdId(), e.venueOrderId(), e.requestNo(), e.code(), e.text(), at);
    };
  }
}
