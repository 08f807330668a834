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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Every contract the gateway speaks of: those of the day, and those that a recording names. */
public final class Instruments {
  private final ConcurrentMap<Symbol, Contract> contracts = new ConcurrentHashMap<>();
  private final Map<String, Symbol> fronts = new ConcurrentHashMap<>();
  private final Catalogue catalogue;
  private final String venue;

  private final Set<Symbol> recorded = ConcurrentHashMap.newKeySet();
  private volatile LocalDate day;

  /**
   * The contracts of a day.
   *
   * @param venue that trades them
   */
  public Instruments(Catalogue catalogue, String venue, LocalDate today) {
    this.catalogue = catalogue;
    this.venue = venue;
    this.day = today;
    var _ = take(today);
  }

  /** Takes in a contract that a recording names; it is now the one of its root to show first. */
  void addRecorded(Symbol symbol, LocalDate recordedOn) {
    catalogue
        .forRecorded(symbol, recordedOn)
        .ifPresent(
            found -> {
              recorded.add(symbol);
              contracts.put(symbol, found);
              fronts.put(symbol.root(), symbol);
            });
  }

  /**
   * What a new day changed.
   *
   * @param fronts contracts that are their root's front one now
   * @param expired contracts that are not spoken of any more
   */
  record Roll(Set<Symbol> fronts, Set<Symbol> expired) {
    boolean isNothing() {
      return fronts.isEmpty() && expired.isEmpty();
    }
  }

  /** A new day has come, perhaps: contracts expire, and the next ones are the front ones. */
  Roll roll(LocalDate today) {
    if (!today.isAfter(day)) return new Roll(Set.of(), Set.of());
    day = today;
    var newFronts = take(today);
    var expired = new TreeSet<Symbol>();
    contracts.forEach(
        (symbol, contract) -> {
          if (contract.expiry().isBefore(today) && !recorded.contains(symbol)) expired.add(symbol);
        });
    expired.forEach(contracts::remove);
    return new Roll(newFronts, expired);
  }

  /** A root of which a recording names a contract keeps that one in front. */
  private Set<Symbol> take(LocalDate today) {
    var newFronts = new TreeSet<Symbol>();
    for (var contract : catalogue.contracts(today)) {
      var symbol = contract.symbol();
      if (!recorded.contains(symbol)) contracts.put(symbol, contract);
      var front = fronts.get(symbol.root());
      if (!contract.front() || symbol.equals(front)) continue;
      if (front != null && recorded.contains(front)) continue;
      fronts.put(symbol.root(), symbol);
      newFronts.add(symbol);
    }
    return newFronts;
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

  /**
   * What a practice exchange trades of these roots: the front contracts, and those that rolled but
   * have not expired, so that what is held in them can be closed.
   */
  List<Contract> traded(Collection<String> roots) {
    var traded = new ArrayList<Contract>();
    for (var front : fronts(roots))
      contracts.values().stream()
          .filter(each -> each.symbol().root().equals(front.symbol().root()))
          .filter(each -> !each.expiry().isAfter(front.expiry()))
          .sorted(Comparator.comparing(Contract::expiry))
          .forEach(traded::add);
    return traded;
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
