package io.tapeline.market.sim.domain;

import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.function.Consumer;

/** Opens and closes markets at their hours. */
final class Sessions {
  private final Markets markets;
  private final Agenda agenda;
  private final Consumer<Symbol> ended;

  /**
   * Sessions of markets that are open so far.
   *
   * @param ended told of every close
   */
  Sessions(Markets markets, Agenda agenda, Consumer<Symbol> ended) {
    this.markets = markets;
    this.agenda = agenda;
    this.ended = ended;
  }

  void begin(Listing listing, Instant start) {
    if (!listing.hours().isOpen(start)) markets.of(listing.symbol()).beginClosed(start);
    await(listing, start);
  }

  private void await(Listing listing, Instant after) {
    listing
        .hours()
        .nextChange(after)
        .ifPresent(
            next ->
                agenda.at(
                    VenueTime.micros(next),
                    () -> {
                      change(listing, next);
                      await(listing, next);
                    }));
  }

  private void change(Listing listing, Instant at) {
    var market = markets.of(listing.symbol());
    if (listing.hours().isOpen(at)) {
      market.open(at);
    } else {
      market.close(at);
      ended.accept(listing.symbol());
    }
  }
}
