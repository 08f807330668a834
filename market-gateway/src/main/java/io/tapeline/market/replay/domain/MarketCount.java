package io.tapeline.market.replay.domain;

import io.tapeline.market.book.domain.Unusable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what is read of one contract. */
final class MarketCount {
  private final long[] byKind = new long[RecordKind.values().length];
  private final long[] unusable = new long[Unusable.values().length];
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
    byKind[kind.ordinal()]++;
    if (reason != null) unusable[reason.ordinal()]++;
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
    for (var kind : RecordKind.values()) {
      if (byKind[kind.ordinal()] > 0) counts.put(kind.text(), byKind[kind.ordinal()]);
    }
    return counts;
  }

  Map<String, Long> unusable() {
    var counts = new TreeMap<String, Long>();
    for (var reason : Unusable.values()) {
      if (unusable[reason.ordinal()] > 0) counts.put(reason.name(), unusable[reason.ordinal()]);
    }
    return counts;
  }
}
