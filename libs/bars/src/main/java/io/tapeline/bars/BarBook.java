package io.tapeline.bars;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bars of one contract in the making: all standard intervals at once. Follows from the trades
 * and their order alone, but for one thing: when somebody says that a moment has passed ({@link
 * #passed}), bars that ended by then are final, and a trade that comes later revises them.
 *
 * <p>What changed waits in {@link #drain} to be written; until then it is found here before the
 * {@link Past}.
 */
public final class BarBook {
  /** Trades remembered one by one, so that a correction finds what it corrects. */
  static final int REMEMBERED = 5_000;

  private static final long NONE = Long.MIN_VALUE;
  private static final List<Interval> INTERVALS = Interval.STANDARD;

  private final String symbol;
  private final SessionCalendar calendar;
  private final Past past;
  private final @Nullable BarVersion[] forming = new BarVersion[INTERVALS.size()];
  private final Instant[] doneTo = new Instant[INTERVALS.size()];
  private final boolean[] touched = new boolean[INTERVALS.size()];
  private final Map<BarKey, BarVersion> changed = new LinkedHashMap<>();
  private final LinkedHashMap<Long, Trade> remembered = new LinkedHashMap<>();
  private SessionCalendar.Day day = new SessionCalendar.Day(Instant.MIN, Instant.MIN);

  /** The second, since 1970, of the newest trade, while every bar in the making has it. */
  private long secondOfAll = NONE;

  private long lastId;
  private long pass;
  private long firstRevision;
  private long lost;

  /** A book without a trade; see {@link #restore}. */
  public BarBook(String symbol, SessionCalendar calendar, Past past) {
    this.symbol = symbol;
    this.calendar = calendar;
    this.past = past;
    Arrays.fill(doneTo, Instant.MIN);
  }

  /**
   * What must be known to go on after a restart, beside the bars.
   *
   * @param lastId the highest trade number taken
   * @param firstRevision with which new bars begin
   */
  public record Progress(long lastId, long pass, long firstRevision) {
    public static final Progress NONE = new Progress(0, 0, 0);
  }

  public Progress progress() {
    return new Progress(lastId, pass, firstRevision);
  }

  /**
   * Goes on where another book was.
   *
   * @param newest the newest bar of every interval that has one
   */
  public void restore(Progress progress, Collection<BarVersion> newest) {
    lastId = progress.lastId();
    pass = progress.pass();
    firstRevision = progress.firstRevision();
    for (var bar : newest) {
      int i = INTERVALS.indexOf(bar.key().interval());
      if (bar.isFinal()) {
        doneTo[i] = bar.key().start().plusNanos(1);
      } else {
        forming[i] = bar;
        doneTo[i] = bar.key().start();
      }
    }
  }

  /** Knows a trade again that is part of the bars already. */
  public void remember(Trade trade) {
    if (trade.id() <= lastId && trade.pass() == pass) keep(trade);
  }

  /** Takes a trade: the next one, a late one, one that was said before, or its correction. */
  public void take(Trade trade) {
    if (trade.pass() < pass) return;
    if (trade.pass() > pass) beginPass(trade);
    if (trade.id() <= lastId) {
      repeat(trade);
      return;
    }
    lastId = trade.id();
    if (trade.qty() == 0) return; // taken back before it was told
    if (goesOn(trade)) return;
    if (!day.contains(trade.at())) day = calendar.day(trade.at());
    if (isLate(trade.at())) {
      late(trade);
      return;
    }
    keep(trade);
    for (int i = 0; i < forming.length; i++) add(i, trade);
    secondOfAll = trade.at().getEpochSecond();
  }

  /** The usual case, cheaply: another trade of the second that is in every bar in the making. */
  private boolean goesOn(Trade trade) {
    if (trade.at().getEpochSecond() != secondOfAll) return false;
    keep(trade);
    for (int i = 0; i < forming.length; i++) {
      var now = forming[i];
      if (now == null) throw new IllegalStateException("no " + INTERVALS.get(i) + " bar to go on");
      form(i, new BarVersion(now.bar().with(Bar.of(now.key(), trade)), false, now.revision()));
    }
    return true;
  }

  private void add(int i, Trade trade) {
    var start = SessionCalendar.start(INTERVALS.get(i), trade.at(), day);
    var now = forming[i];
    if (now != null && now.key().start().equals(start)) {
      form(i, new BarVersion(now.bar().with(Bar.of(now.key(), trade)), false, now.revision()));
      return;
    }
    if (now != null) finish(i, now);
    var key = new BarKey(symbol, INTERVALS.get(i), start);
    form(i, new BarVersion(Bar.of(key, trade), false, firstRevision));
  }

  private void form(int i, BarVersion bar) {
    forming[i] = bar;
    doneTo[i] = bar.key().start();
    touched[i] = true;
    changed.put(bar.key(), bar);
  }

  private void finish(int i, BarVersion bar) {
    secondOfAll = NONE;
    forming[i] = null;
    touched[i] = false;
    doneTo[i] = bar.key().start().plusNanos(1);
    changed.put(bar.key(), new BarVersion(bar.bar(), true, bar.revision()));
  }

  /** Whether a bar that is final already would have to change. */
  private boolean isLate(Instant at) {
    for (int i = 0; i < forming.length; i++)
      if (SessionCalendar.start(INTERVALS.get(i), at, day).isBefore(doneTo[i])) return true;
    return false;
  }

  private void repeat(Trade trade) {
    var known = remembered.get(trade.id());
    if (known == null) {
      lost++;
      return;
    }
    if (known.equals(trade)) return;
    var from = second(known.at());
    var to = second(trade.at());
    if (!isKnownWhole(from) || !isKnownWhole(to)) {
      lost++;
      return;
    }
    remembered.put(trade.id(), trade);
    revise(from, ofItsTrades(from));
    if (to.equals(from)) return;
    if (!day.contains(trade.at())) day = calendar.day(trade.at());
    if (isLate(trade.at())) revise(to, ofItsTrades(to));
    else if (trade.qty() > 0) for (int i = 0; i < forming.length; i++) add(i, trade);
  }

  /** Into a second older than what is remembered one by one it goes by the bar that is there. */
  private void late(Trade trade) {
    var key = second(trade.at());
    boolean whole = isKnownWhole(key);
    keep(trade);
    var known = version(0, key);
    if (whole || known == null) revise(key, ofItsTrades(key));
    else revise(key, known.bar().with(Bar.of(key, trade)));
  }

  private BarKey second(Instant at) {
    return new BarKey(symbol, Interval.SECOND, calendar.start(Interval.SECOND, at));
  }

  /** Whether every trade of a second is remembered one by one. */
  private boolean isKnownWhole(BarKey second) {
    var known = version(0, second);
    return known == null || known.bar().trades() == tradesOf(second).size();
  }

  private List<Trade> tradesOf(BarKey second) {
    var end = second.start().plusSeconds(1);
    return remembered.values().stream()
        .filter(trade -> trade.qty() > 0)
        .filter(trade -> !trade.at().isBefore(second.start()) && trade.at().isBefore(end))
        .toList();
  }

  private @Nullable Bar ofItsTrades(BarKey second) {
    @Nullable Bar made = null;
    for (var each : tradesOf(second)) {
      var one = Bar.of(second, each);
      made = made == null ? one : made.with(one);
    }
    var known = version(0, second);
    return made == null && known != null ? known.bar().emptied() : made;
  }

  /** Puts a second in the place of what it was, and makes anew all that it is part of. */
  private void revise(BarKey second, @Nullable Bar madeOfSecond) {
    if (madeOfSecond == null) return;
    replace(0, second, madeOfSecond);
    for (int i = 1; i < forming.length; i++) {
      var interval = INTERVALS.get(i);
      var key = new BarKey(symbol, interval, calendar.start(interval, second.start()));
      var made = made(key, calendar.end(interval, key.start()));
      if (made != null) replace(i, key, made);
    }
  }

  /** A bar from the next finer ones. */
  private @Nullable Bar made(BarKey key, Instant end) {
    var finer = key.interval().finer();
    if (finer == null) return null;
    @Nullable Bar made = null;
    for (var part : between(finer, key.start(), end))
      made = made == null ? part.bar().as(key) : made.with(part.bar());
    return made;
  }

  private void replace(int i, BarKey key, Bar made) {
    secondOfAll = NONE;
    var now = forming[i];
    if (now != null && now.key().equals(key)) {
      form(i, new BarVersion(made, false, now.revision()));
      return;
    }
    if (now == null && !key.start().isBefore(doneTo[i])) {
      form(i, new BarVersion(made, false, firstRevision));
      return;
    }
    var known = version(i, key);
    long revision = known == null ? firstRevision : known.revision() + 1;
    changed.put(key, new BarVersion(made, true, revision));
  }

  private @Nullable BarVersion version(int i, BarKey key) {
    var now = forming[i];
    if (now != null && now.key().equals(key)) return now;
    var waiting = changed.get(key);
    return waiting != null ? waiting : past.find(key).orElse(null);
  }

  private Collection<BarVersion> between(Interval interval, Instant from, Instant to) {
    var found = new TreeMap<Instant, BarVersion>();
    for (var each : past.between(symbol, interval, from, to)) found.put(each.key().start(), each);
    for (var each : changed.values()) {
      var start = each.key().start();
      if (each.key().interval().equals(interval) && !start.isBefore(from) && start.isBefore(to))
        found.put(start, each);
    }
    return found.values();
  }

  /** A recording was wound: what was traded from there on is void, and traded again. */
  private void beginPass(Trade first) {
    secondOfAll = NONE;
    pass = first.pass();
    remembered.clear();
    if (first.passFrom() == null) return;
    var from = calendar.start(Interval.SECOND, first.passFrom());
    passed(from);
    long highest = past.dropFrom(symbol, from);
    var dropped = new ArrayList<BarKey>();
    for (var each : changed.values()) {
      if (each.key().start().isBefore(from)) continue;
      highest = Math.max(highest, each.revision());
      dropped.add(each.key());
    }
    dropped.forEach(changed::remove);
    for (int i = 0; i < forming.length; i++) highest = Math.max(highest, wind(i, from));
    firstRevision = Math.max(firstRevision, highest + 1);
    for (int i = 0; i < forming.length; i++) {
      var now = forming[i];
      if (now != null) form(i, new BarVersion(now.bar(), false, firstRevision));
    }
  }

  /** Brings an interval back to a moment, finer ones first; returns the revision it had there. */
  private long wind(int i, Instant from) {
    var interval = INTERVALS.get(i);
    var key = new BarKey(symbol, interval, calendar.start(interval, from));
    forming[i] = key.start().isBefore(from) ? forming[i] : null;
    doneTo[i] = key.start();
    if (!key.start().isBefore(from)) return -1;
    var before = version(i, key);
    var made = made(key, from);
    if (made == null && before != null) made = before.bar().emptied();
    forming[i] = made == null ? null : new BarVersion(made, false, 0);
    if (made != null) changed.put(key, new BarVersion(made, false, 0));
    return before == null ? -1 : before.revision();
  }

  /** A moment has passed, and every trade before it was taken. */
  public void passed(Instant moment) {
    for (int i = 0; i < forming.length; i++) {
      var now = forming[i];
      if (now != null && !calendar.end(now.key().interval(), now.key().start()).isAfter(moment))
        finish(i, now);
    }
  }

  /** Nothing comes any more. */
  public void end() {
    for (int i = 0; i < forming.length; i++) {
      var now = forming[i];
      if (now != null) finish(i, now);
    }
  }

  /** When the next bar ends that is not final; {@link Instant#MAX} when none is open. */
  public Instant nextEnd() {
    var second = forming[0];
    if (second != null) return second.key().start().plusSeconds(1);
    var next = Instant.MAX;
    for (var now : forming) {
      if (now == null) continue;
      var end = calendar.end(now.key().interval(), now.key().start());
      if (end.isBefore(next)) next = end;
    }
    return next;
  }

  /** What changed since it was last asked for, oldest change first: to be written at once. */
  public List<BarVersion> drain() {
    var all = List.copyOf(changed.values());
    changed.clear();
    return all;
  }

  /** Whether a final bar waits to be written. */
  public boolean hasFinal() {
    return changed.values().stream().anyMatch(BarVersion::isFinal);
  }

  /** How many bars wait to be written. */
  public int waiting() {
    return changed.size();
  }

  /**
   * The forming bars that changed since they were last asked for.
   *
   * @param upToSeconds longer ones wait
   */
  public List<BarVersion> touched(long upToSeconds) {
    var bars = new ArrayList<BarVersion>();
    for (int i = 0; i < forming.length; i++) {
      if (INTERVALS.get(i).seconds() > upToSeconds) break;
      var now = forming[i];
      if (touched[i] && now != null) bars.add(now);
      touched[i] = false;
    }
    return bars;
  }

  /** Corrections that came too late: nobody remembers what they correct. */
  public long lost() {
    return lost;
  }

  private void keep(Trade trade) {
    remembered.put(trade.id(), trade);
    if (remembered.size() > REMEMBERED) remembered.pollFirstEntry();
  }
}
