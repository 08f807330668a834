package io.tapeline.market.dbn;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which contract an instrument id means, and on which days: the exchange reuses ids. */
final class SymbolMap {
  private static final long NANOS_A_DAY = 86_400_000_000_000L;

  private record Days(long from, long until, String symbol) {}

  private final Map<Integer, List<Days>> byInstrument = new HashMap<>();
  private final Set<String> symbols = new TreeSet<>();

  SymbolMap(List<DbnHeader.Mapping> mappings) {
    for (var mapping : mappings) {
      // either side may be the number: it depends on what the file was asked for with
      if (isNumber(mapping.symbol())) add(mapping, mapping.symbol(), mapping.rawSymbol());
      else if (isNumber(mapping.rawSymbol())) add(mapping, mapping.rawSymbol(), mapping.symbol());
    }
  }

  private void add(DbnHeader.Mapping mapping, String instrumentId, String symbol) {
    byInstrument
        .computeIfAbsent(Integer.parseUnsignedInt(instrumentId), _ -> new ArrayList<>())
        .add(new Days(epochDay(mapping.fromDate()), epochDay(mapping.untilDate()), symbol));
    symbols.add(symbol);
  }

  Set<String> symbols() {
    return symbols;
  }

  /** What the id means at a time; days at the file's edge count for the records beyond it. */
  @Nullable String symbol(int instrumentId, long nanos) {
    var days = byInstrument.get(instrumentId);
    if (days == null) return null;
    if (days.size() == 1) return days.getFirst().symbol();
    long day = Math.floorDiv(nanos, NANOS_A_DAY);
    for (var span : days) if (span.from() <= day && day < span.until()) return span.symbol();
    return null;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 9
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Dates are written as decimal numbers: 20231225. */
  private static long epochDay(int date) {
    try {
      return LocalDate.of(date / 10_000, date / 100 % 100, date % 100).toEpochDay();
    } catch (DateTimeException _) {
      return Long.MAX_VALUE; // no date at all: the interval has no end
    }
  }
}
