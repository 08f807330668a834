package io.tapeline.market.catalogue;

import io.tapeline.market.sim.domain.Listing;
import io.tapeline.market.sim.domain.TradingHours;
import io.tapeline.model.Instrument;
import io.tapeline.model.Symbol;
import java.time.LocalDate;

/**
 * A contract of the catalogue.
 *
 * @param expiry last trading day, by rule
 * @param front whether this is the contract of its root to trade
 */
public record Contract(Instrument instrument, Product product, LocalDate expiry, boolean front) {
  public Symbol symbol() {
    return instrument.symbol();
  }

  /** As the practice exchange is to trade it, round the clock and at any price. */
  public Listing listing() {
    return listing(TradingHours.ALWAYS, false);
  }

  /**
   * As the practice exchange is to trade it.
   *
   * @param limited whether at prices within a session's limits alone
   */
  public Listing listing(TradingHours hours, boolean limited) {
    return new Listing(
        symbol(),
        instrument.price(product.simStart()),
        product.simCharacter(),
        hours,
        limited ? product.limitPercent() : 0);
  }
}
