package io.tapeline.market.app;

import io.tapeline.bars.BarKey;
import io.tapeline.bars.BarVersion;
import io.tapeline.bars.Interval;
import io.tapeline.bars.RollUp;
import io.tapeline.bars.SessionCalendar;
import io.tapeline.contract.BarRow;
import io.tapeline.market.store.BarStore;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bars as they are asked for: of any interval, what is not in the table yet included. */
public final class BarHistory {
  public static final int MOST = 20_000;

  /** A longer interval is made of that many shorter bars at most in one answer. */
  private static final int MOST_PARTS = 200_000;

  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private final BarStore store;
  private final String venue;
  private final Function<Symbol, Optional<SessionCalendar>> sessions;
  private final Function<String, List<BarVersion>> live;
  private final @Nullable Instant shownUpTo;

  BarHistory(
      BarStore store,
      String venue,
      Function<Symbol, Optional<SessionCalendar>> sessions,
      Function<String, List<BarVersion>> live,
      @Nullable Instant shownUpTo) {
    this.store = store;
    this.venue = venue;
    this.sessions = sessions;
    this.live = live;
    this.shownUpTo = shownUpTo;
  }

  /**
   * A stretch of bars, oldest first.
   *
   * @param next where to ask on, inclusive; null at the end
   */
  public record Stretch(List<BarRow> bars, @Nullable Instant next) {}

  /**
   * Reads bars.
   *
   * @param from the first start, inclusive; null: the newest ones
   * @param to the last start, exclusive; null: to the forming bar
   * @return empty where the contract's root is not known
   */
  public Optional<Stretch> read(
      Symbol symbol, Interval interval, @Nullable Instant from, @Nullable Instant to, int limit) {
    return sessions
        .apply(symbol)
        .map(
            session -> read(session, symbol.value(), interval, from, to == null ? FAR : to, limit));
  }

  private Stretch read(
      SessionCalendar session,
      String symbol,
      Interval interval,
      @Nullable Instant from,
      Instant to,
      int limit) {
    var base = interval.base();
    long ratio = Math.max(1, interval.seconds() / base.seconds());
    int parts = (int) Math.min(MOST_PARTS, ratio * (limit + 1L));
    // First what is not written yet: what is written meanwhile is then in the table.
    var beyond = live.apply(symbol);
    var kept =
        from == null
            ? store.last(venue, symbol, base, to, parts)
            : store.between(venue, symbol, base, from, to, parts);
    boolean all = kept.size() < parts;
    var bars =
        merged(
            kept,
            beyond,
            base,
            from == null && !all ? start(kept) : from,
            all ? to : end(kept, to));
    var shown = new ArrayList<BarVersion>(bars);
    if (!interval.equals(base)) {
      shown.clear();
      shown.addAll(RollUp.into(interval, session, bars));
      if (!shown.isEmpty() && isDayOver(session, shown.getLast(), beyond))
        shown.add(finished(shown.removeLast()));
    }
    shown.removeIf(each -> each.bar().isEmpty() || isAhead(each.key()));
    if (from == null) {
      // The first one may be made of a part of its parts.
      int first = Math.max(all ? 0 : Math.min(1, shown.size()), shown.size() - limit);
      return new Stretch(rows(shown.subList(first, shown.size())), null);
    }
    shown.removeIf(each -> each.key().start().isBefore(from));
    if (!all && !shown.isEmpty() && !interval.equals(base)) {
      var cut = shown.removeLast();
      if (shown.size() <= limit) return new Stretch(rows(shown), cut.key().start());
    }
    if (shown.size() <= limit) return new Stretch(rows(shown), null);
    return new Stretch(rows(shown.subList(0, limit)), shown.get(limit).key().start());
  }

  /** The end of a recording ends a day before its time, and with it all that is in it. */
  private boolean isDayOver(SessionCalendar session, BarVersion last, List<BarVersion> beyond) {
    if (last.isFinal()) return false;
    var symbol = last.key().symbol();
    var day = new BarKey(symbol, Interval.DAY, session.day(last.key().start()).start());
    for (var each : beyond) if (each.key().equals(day)) return each.isFinal();
    var end = day.start().plusNanos(1_000);
    var kept = store.between(venue, symbol, Interval.DAY, day.start(), end, 1);
    return !kept.isEmpty() && kept.getFirst().isFinal();
  }

  private static BarVersion finished(BarVersion version) {
    return new BarVersion(version.bar(), true, version.revision());
  }

  /** In a recording that was wound back there are no bars of what has yet to come. */
  private boolean isAhead(BarKey key) {
    return shownUpTo != null && key.start().isAfter(shownUpTo);
  }

  private static List<BarVersion> merged(
      List<BarVersion> kept,
      List<BarVersion> beyond,
      Interval base,
      @Nullable Instant from,
      Instant to) {
    Map<Instant, BarVersion> byStart = new TreeMap<>();
    for (var each : kept) byStart.put(each.key().start(), each);
    var newer = new HashMap<Instant, BarVersion>();
    for (var each : beyond) {
      var start = each.key().start();
      boolean asked = (from == null || !start.isBefore(from)) && start.isBefore(to);
      if (asked && each.key().interval().equals(base)) newer.put(start, each);
    }
    newer.forEach((start, each) -> byStart.merge(start, each, BarVersion::newerOf));
    return List.copyOf(byStart.values());
  }

  private static @Nullable Instant start(List<BarVersion> kept) {
    return kept.isEmpty() ? null : kept.getFirst().key().start();
  }

  private static Instant end(List<BarVersion> kept, Instant to) {
    return kept.isEmpty() ? to : kept.getLast().key().start().plusNanos(1);
  }

  private List<BarRow> rows(List<BarVersion> bars) {
    return bars.stream().map(each -> BarRows.row(each, venue)).toList();
  }
}
