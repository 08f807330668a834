package io.tapeline.market.replay.domain;

import io.tapeline.market.book.domain.Unusable;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what is read of one contract. */
final class MarketCount {
  private final EnumMap<RecordKind, long[]> byKind = new EnumMap<>(RecordKind.class);
  private final EnumMap<Unusable, long[]> unusable = new EnumMap<>(Unusable.class);
  private long records;
  private long first;
  private long last;

  long trades;
  long volume;
  long open;
  long high;
  long low;
  long close;
  long closeLots;

  void record(RecordKind kind, @Nullable Unusable reason, long received) {
    if (records++ == 0) first = received;
    last = received;
    byKind.computeIfAbsent(kind, _ -> new long[1])[0]++;
    if (reason != null) unusable.computeIfAbsent(reason, _ -> new long[1])[0]++;
  }

  void trade(long ticks, long lots) {
    if (trades++ == 0) {
      open = ticks;
      high = ticks;
      low = ticks;
    }
    high = Math.max(high, ticks);
    low = Math.min(low, ticks);
    close = ticks;
    closeLots = lots;
    volume += lots;
  }

  long records() {
    return records;
  }

  /** Nanoseconds since 1970; means nothing before the first record. */
  long first() {
    return first;
  }

  long last() {
    return last;
  }

  Map<String, Long> byKind() {
    var counts = new TreeMap<String, Long>();
    byKind.forEach((kind, n) -> counts.put(kind.text(), n[0]));
    return counts;
  }

  Map<String, Long> unusable() {
    var counts = new TreeMap<String, Long>();
    unusable.forEach((reason, n) -> counts.put(reason.name(), n[0]));
    return counts;
  }
}
