package io.tapeline.market.replay.domain;

import io.tapeline.model.Price;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts what was counted together for people. */
final class FactsReport {
  private FactsReport() {}

  static ReplayFacts of(
      List<Recording> recordings,
      List<Source.Target> counted,
      List<Source> sources,
      boolean finished) {
    var files = new ArrayList<ReplayFacts.File>();
    var byKind = new TreeMap<String, Long>();
    var unusable = new TreeMap<String, Long>();
    for (var recording : recordings) {
      var kind = recording.kind();
      files.add(
          new ReplayFacts.File(
              recording.name(), kind.schema(), List.copyOf(recording.symbols()), kind.allows()));
      addAll(byKind, recording.passedOver());
      recording.passedOver().values().forEach(n -> unusable.merge("OTHER_SCHEMA", n, Long::sum));
    }
    for (var target : counted) {
      addAll(byKind, target.count().byKind());
      addAll(unusable, target.count().unusable());
    }
    return new ReplayFacts(
        files,
        byKind.values().stream().mapToLong(Long::longValue).sum(),
        byKind,
        unusable,
        counted.stream().map(FactsReport::market).toList(),
        sources.stream().map(Source::problem).filter(Objects::nonNull).toList(),
        counted.stream()
            .map(Source.Target::count)
            .filter(count -> count.records() > 0)
            .map(MarketCount::first)
            .min(Comparator.naturalOrder())
            .map(FactsReport::instant)
            .orElse(null),
        counted.stream()
            .map(Source.Target::count)
            .filter(count -> count.records() > 0)
            .map(MarketCount::last)
            .max(Comparator.naturalOrder())
            .map(FactsReport::instant)
            .orElse(null),
        finished);
  }

  private static ReplayFacts.Market market(Source.Target target) {
    var count = target.count();
    var market = target.market();
    boolean traded = count.trades > 0;
    return new ReplayFacts.Market(
        target.label(),
        count.records(),
        count.byKind(),
        count.unusable(),
        count.trades,
        count.volume,
        traded ? decimal(market, count.open) : null,
        traded ? decimal(market, count.high) : null,
        traded ? decimal(market, count.low) : null,
        traded ? decimal(market, count.close) : null,
        market == null ? null : top(market),
        count.records() == 0 ? null : instant(count.first()),
        count.records() == 0 ? null : instant(count.last()));
  }

  private static ReplayFacts.@Nullable Top top(RecordedMarket market) {
    if (!market.showsLiquidity()) return null;
    var quote = market.quote(Instant.EPOCH);
    var bid = quote.bidPx();
    var ask = quote.askPx();
    return new ReplayFacts.Top(
        bid == null ? null : decimal(market, bid.ticks()),
        quote.bidQty().lots(),
        ask == null ? null : decimal(market, ask.ticks()),
        quote.askQty().lots());
  }

  private static @Nullable BigDecimal decimal(@Nullable RecordedMarket market, long ticks) {
    return market == null ? null : market.instrument().decimal(new Price(ticks));
  }

  private static void addAll(Map<String, Long> sums, Map<String, Long> more) {
    more.forEach((key, n) -> sums.merge(key, n, Long::sum));
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
