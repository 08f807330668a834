package io.tapeline.positions.app;

import io.tapeline.contract.InstrumentRow;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.Symbol;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The catalogue, for questions about contracts that were never traded here. */
@ApplicationScoped
public class Instruments {
  private final Map<Symbol, Instrument> known = new ConcurrentHashMap<>();

  Instruments() {}

  /** Takes a row of the catalogue. */
  public void heard(InstrumentRow row) {
    var symbol = new Symbol(row.symbol());
    known.put(
        symbol,
        new Instrument(
            symbol, row.tickSize(), Money.of(row.tickValue().toPlainString(), row.currency())));
  }

  Optional<Instrument> find(Symbol symbol) {
    return Optional.ofNullable(known.get(symbol));
  }
}
