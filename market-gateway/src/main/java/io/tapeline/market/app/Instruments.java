package io.tapeline.market.app;

import io.tapeline.bars.SessionCalendar;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.market.catalogue.Catalogue;
import io.tapeline.market.catalogue.Contract;
import io.tapeline.model.Instrument;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Every contract the gateway speaks of: those of the day, and those that a recording names. */
public final class Instruments {
  private final ConcurrentMap<Symbol, Contract> contracts = new ConcurrentHashMap<>();
  private final Map<String, Symbol> fronts = new ConcurrentHashMap<>();
  private final Catalogue catalogue;
  private final String venue;

  /**
   * The contracts of a day.
   *
   * @param venue that trades them
   */
  public Instruments(Catalogue catalogue, String venue, LocalDate today) {
    this.catalogue = catalogue;
    this.venue = venue;
    for (var contract : catalogue.contracts(today)) {
      contracts.put(contract.symbol(), contract);
      if (contract.front()) fronts.put(contract.symbol().root(), contract.symbol());
    }
  }

  /** Takes in a contract that a recording names; it is now the one of its root to show first. */
  void addRecorded(Symbol symbol, LocalDate day) {
    catalogue
        .forRecorded(symbol, day)
        .ifPresent(
            found -> {
              contracts.put(symbol, found);
              fronts.put(symbol.root(), symbol);
            });
  }

  /** The venue that trades them. */
  String venue() {
    return venue;
  }

  /** When a contract trades, also one that is not spoken of any more. */
  Optional<SessionCalendar> session(Symbol symbol) {
    return catalogue
        .product(symbol.root())
        .map(product -> SessionCalendar.parse(product.session()));
  }

  public Optional<Contract> contract(Symbol symbol) {
    return Optional.ofNullable(contracts.get(symbol));
  }

  /** What a contract was worth, also of one that is not spoken of any more. */
  Optional<Instrument> of(Symbol symbol, Instant at) {
    return contract(symbol)
        .or(() -> catalogue.forRecorded(symbol, LocalDate.ofInstant(at, ZoneOffset.UTC)))
        .map(Contract::instrument);
  }

  /** The front contracts of these roots; of all roots where none is named. */
  List<Contract> fronts(Collection<String> roots) {
    return contracts.values().stream()
        .filter(contract -> contract.symbol().equals(fronts.get(contract.symbol().root())))
        .filter(contract -> roots.isEmpty() || roots.contains(contract.symbol().root()))
        .sorted((a, b) -> a.symbol().compareTo(b.symbol()))
        .toList();
  }

  /** All of them as the wire has them, by symbol. */
  public List<InstrumentRow> rows() {
    return new TreeMap<>(contracts).values().stream().map(this::row).toList();
  }

  private InstrumentRow row(Contract contract) {
    var product = contract.product();
    var symbol = contract.symbol();
    return new InstrumentRow(
        symbol.value(),
        symbol.root(),
        product.exchange(),
        product.description(),
        contract.instrument().tickSize(),
        contract.instrument().tickValue().amount(),
        contract.instrument().tickValue().currency().getCurrencyCode(),
        contract.expiry(),
        product.session(),
        venue,
        symbol.equals(fronts.get(symbol.root())));
  }
}
