package io.tapeline.bars;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Bars that left a book, kept as a table would: to rebuild bars and compare. */
public final class BarsInMemory implements Past {
  private final Map<String, NavigableMap<Instant, BarVersion>> bars = new TreeMap<>();

  public void write(List<BarVersion> changed) {
    for (var each : changed) of(each.key()).put(each.key().start(), each);
  }

  private NavigableMap<Instant, BarVersion> of(BarKey key) {
    return of(key.symbol(), key.interval());
  }

  public NavigableMap<Instant, BarVersion> of(String symbol, Interval interval) {
    return bars.computeIfAbsent(symbol + "|" + interval, _ -> new TreeMap<>());
  }

  /** The newest bar of each interval. */
  public List<BarVersion> newest(String symbol) {
    return Interval.STANDARD.stream()
        .map(interval -> of(symbol, interval))
        .filter(kept -> !kept.isEmpty())
        .map(kept -> kept.lastEntry().getValue())
        .toList();
  }

  @Override
  public Optional<BarVersion> find(BarKey key) {
    return Optional.ofNullable(of(key).get(key.start()));
  }

  @Override
  public List<BarVersion> between(String symbol, Interval interval, Instant from, Instant to) {
    return List.copyOf(of(symbol, interval).subMap(from, true, to, false).values());
  }

  @Override
  public long dropFrom(String symbol, Instant from) {
    long highest = -1;
    for (var interval : Interval.STANDARD) {
      var dropped = of(symbol, interval).tailMap(from, true);
      for (var each : dropped.values()) highest = Math.max(highest, each.revision());
      dropped.clear();
    }
    return highest;
  }
}
