package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

/** Trades that are taken back or get another price, when their time has come. */
final class TradeReview {
  private final Agenda agenda;
  private final DeskOrders orders;
  private final VenueNow now;
  private final BiConsumer<DeskOrder, ExchangeEvent> tell;

  TradeReview(
      Agenda agenda, DeskOrders orders, VenueNow now, BiConsumer<DeskOrder, ExchangeEvent> tell) {
    this.agenda = agenda;
    this.orders = orders;
    this.now = now;
    this.tell = tell;
  }

  void review(DeskOrder desk, Filled fill, Conduct.Afterwards verdict) {
    switch (verdict) {
      case Conduct.Afterwards.Stands _ -> {}
      case Conduct.Afterwards.Busted(var after) -> later(after, () -> bust(desk, fill, after));
      case Conduct.Afterwards.Corrected(var after, var byTicks) ->
          later(
              after,
              () ->
                  tell.accept(
                      desk, desk.correct(fill, fill.lastPx().plusTicks(byTicks), venueTime())));
    }
  }

  /** Only once the order is done: what it may still trade is never more than it was. */
  private void bust(DeskOrder desk, Filled fill, Duration after) {
    if (desk.isOpen()) {
      later(after, () -> bust(desk, fill, after));
      return;
    }
    orders.unbook(fill);
    tell.accept(desk, desk.bust(fill, "the trade was annulled", venueTime()));
  }

  private void later(Duration after, Runnable task) {
    agenda.at(now.micros() + Math.max(1, after.toNanos() / 1000), task);
  }

  private Instant venueTime() {
    return now.instant();
  }
}
