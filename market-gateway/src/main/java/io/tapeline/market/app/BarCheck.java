package io.tapeline.market.app;

import io.tapeline.bars.BarBook;
import io.tapeline.bars.BarVersion;
import io.tapeline.bars.BarsInMemory;
import io.tapeline.bars.Interval;
import io.tapeline.bars.SessionCalendar;
import io.tapeline.contract.BarRow;
import io.tapeline.market.store.BarStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the bars of a contract anew from the tape and holds those in the table against them. */
final class BarCheck {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SHOWN = 20;
  private static final int MOST = 1_000_000;

  private BarCheck() {}

  /**
   * What came of it.
   *
   * @param trades on the tape
   * @param compared final bars
   * @param different how many of them are not as the tape says
   * @param examples the first of those
   */
  record Result(String symbol, long trades, long compared, long different, List<Pair> examples) {
    Result {
      examples = List.copyOf(examples);
    }
  }

  record Pair(@Nullable BarRow stored, @Nullable BarRow rebuilt) {}

  static Result check(
      BarStore store, Prints prints, String venue, String symbol, SessionCalendar session) {
    var rebuilt = new BarsInMemory();
    var book = new BarBook(symbol, session, rebuilt);
    long trades = 0;
    @Nullable Instant first = null;
    boolean whole = true;
    try (var reading = prints.from(Map.of(), 0)) {
      var ends = reading.ends();
      var at = new HashMap<Integer, Long>();
      var wholePartitions = new HashSet<Integer>();
      var limit = System.nanoTime() + PATIENCE.toNanos();
      while (!isThere(at, ends) && System.nanoTime() < limit) {
        var came = reading.poll(POLL);
        if (came.isEmpty()) break;
        for (var each : came) {
          boolean tapesFirst = at.put(each.partition(), each.offset() + 1) == null;
          if (tapesFirst && each.offset() == 0) wholePartitions.add(each.partition());
          var print = each.print();
          if (print == null || !venue.equals(print.venue()) || !symbol.equals(print.symbol()))
            continue;
          if (first == null) {
            first = print.venueTime();
            whole = wholePartitions.contains(each.partition());
          }
          trades++;
          book.take(BarRows.trade(print));
          if (book.waiting() > 2_000) rebuilt.write(book.drain());
        }
      }
    }
    rebuilt.write(book.drain());
    return compare(
        store,
        rebuilt,
        venue,
        symbol,
        first == null || whole ? Instant.MIN : session.day(first).end(),
        trades);
  }

  private static boolean isThere(Map<Integer, Long> at, Map<Integer, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> at.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  /** Only bars of days that the tape still has whole, and that are final both here and there. */
  private static Result compare(
      BarStore store,
      BarsInMemory rebuilt,
      String venue,
      String symbol,
      Instant from,
      long trades) {
    long compared = 0;
    var different = new ArrayList<Pair>();
    for (var interval : Interval.STANDARD) {
      var stored = new HashMap<Instant, BarVersion>();
      var newest = store.last(venue, symbol, interval, BarStore.FAR, 1);
      // What is newer is being written: the tape may be ahead of the table by a moment.
      var upTo = newest.isEmpty() ? Instant.MIN : newest.getFirst().key().start();
      for (var each : store.last(venue, symbol, interval, BarStore.FAR, MOST))
        stored.put(each.key().start(), each);
      for (var each : rebuilt.of(symbol, interval).values()) {
        var kept = stored.remove(each.key().start());
        var start = each.key().start();
        boolean settled = each.isFinal() && (kept == null ? start.isBefore(upTo) : kept.isFinal());
        if (!settled || start.isBefore(from)) continue;
        compared++;
        if (kept == null || !same(kept, each))
          different.add(
              new Pair(kept == null ? null : BarRows.row(kept, venue), BarRows.row(each, venue)));
      }
      for (var each : stored.values())
        if (each.isFinal() && !each.bar().isEmpty() && !each.key().start().isBefore(from))
          different.add(new Pair(BarRows.row(each, venue), null));
    }
    return new Result(
        symbol,
        trades,
        compared,
        different.size(),
        different.subList(0, Math.min(SHOWN, different.size())));
  }

  private static boolean same(BarVersion kept, BarVersion rebuilt) {
    var a = kept.bar();
    var b = rebuilt.bar();
    return a.open().compareTo(b.open()) == 0
        && a.high().compareTo(b.high()) == 0
        && a.low().compareTo(b.low()) == 0
        && a.close().compareTo(b.close()) == 0
        && a.volume() == b.volume()
        && a.trades() == b.trades();
  }
}
