package io.tapeline.market.catalogue;

import io.tapeline.market.sim.domain.Listing;
import io.tapeline.model.Symbol;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The products the desk knows and, for a given day, the contracts they are traded by. */
public final class Catalogue {
  private final Map<String, Product> products = new LinkedHashMap<>();

  Catalogue(Collection<Product> products) {
    for (var product : products) {
      if (this.products.put(product.root(), product) != null)
        throw new IllegalArgumentException(product.root() + " is in the catalogue twice");
    }
  }

  public List<Product> products() {
    return List.copyOf(products.values());
  }

  public Optional<Product> product(String root) {
    return Optional.ofNullable(products.get(root));
  }

  /**
   * The contracts of a day, by root and then by expiry: the front one of each root, the next ones,
   * and one that has rolled but still trades.
   */
  public List<Contract> contracts(LocalDate today) {
    return products.values().stream()
        .flatMap(product -> contracts(product, today).stream())
        .toList();
  }

  /** The contract of a root to trade: the nearest whose roll day has not come. */
  public Optional<Contract> front(String root, LocalDate today) {
    return Optional.ofNullable(products.get(root))
        .flatMap(product -> contracts(product, today).stream().filter(Contract::front).findFirst());
  }

  /**
   * What a practice exchange is to trade: the front contract of each root.
   *
   * @throws IllegalArgumentException naming a root that is not in the catalogue
   */
  public List<Listing> listings(Collection<String> roots, LocalDate today) {
    return roots.stream()
        .map(
            root ->
                front(root, today)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "no instrument " + root + " in the catalogue"))
                    .listing())
        .toList();
  }

  /** A contract by its symbol, among those of the day. */
  public Optional<Contract> contract(Symbol symbol, LocalDate today) {
    return Optional.ofNullable(products.get(symbol.root()))
        .flatMap(
            product ->
                contracts(product, today).stream()
                    .filter(contract -> contract.symbol().equals(symbol))
                    .findFirst());
  }

  /**
   * The contract a recording names, of any month. A symbol says only the last digit of its year:
   * the contract meant is the first of that digit that had not expired on the day of the recording.
   * Its front flag is that of the recording's day.
   *
   * @return empty where the root is not in the catalogue
   */
  public Optional<Contract> forRecorded(Symbol symbol, LocalDate recorded) {
    var product = products.get(symbol.root());
    if (product == null) return Optional.empty();
    var code = symbol.value();
    int month = Product.monthOf(code.charAt(code.length() - 2));
    int lastDigit = code.charAt(code.length() - 1) - '0';
    int year = recorded.getYear();
    while (year % 10 != lastDigit
        || product.lastDay().lastDay(YearMonth.of(year, month)).isBefore(recorded)) year++;
    boolean front = contract(symbol, recorded).map(Contract::front).orElse(false);
    return Optional.of(product.contract(YearMonth.of(year, month), front));
  }

  private static List<Contract> contracts(Product product, LocalDate today) {
    var contracts = new ArrayList<Contract>();
    int listed = 0;
    // no contract outlives its month; crude oil ends the month before
    for (var month = YearMonth.from(today);
        listed < product.listed();
        month = month.plusMonths(1)) {
      if (!product.trades(month) || product.lastDay().lastDay(month).isBefore(today)) continue;
      boolean rolled = !today.isBefore(product.rollDay(month));
      contracts.add(product.contract(month, !rolled && listed == 0));
      if (!rolled) listed++;
    }
    return contracts;
  }
}
