package io.tapeline.bridge.fanout.domain;

import io.tapeline.bars.BarVersion;
import io.tapeline.bars.Interval;
import io.tapeline.bars.RollUp;
import io.tapeline.bars.SessionCalendar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Live bars of an interval that nobody publishes, made of a published one. The two newest are kept
 * in parts; what happens to older ones, and what was before the first part, history must say.
 */
public final class Rolling {
  private static final int KEPT = 2;

  private final Interval interval;
  private final SessionCalendar calendar;
  private final TreeMap<Instant, BarVersion> parts = new TreeMap<>();
  private Map<Instant, BarVersion> told = Map.of();
  private boolean complete;

  public Rolling(Interval interval, SessionCalendar calendar) {
    this.interval = interval;
    this.calendar = calendar;
  }

  /** Whether history must be asked before anything can be said. */
  public synchronized boolean isIncomplete() {
    return !complete;
  }

  /** Forgets everything: parts may have been missed. */
  public synchronized void restart() {
    complete = false;
    parts.clear();
    told = Map.of();
  }

  /** Goes on from history: every part of the two newest bars. */
  public synchronized List<BarVersion> begin(List<BarVersion> history) {
    if (!complete)
      for (var part : history) parts.merge(part.key().start(), part, BarVersion::newerOf);
    complete = true;
    return changed();
  }

  /**
   * A part as it is now.
   *
   * @return the bars that changed by it, oldest first; none while history is missing
   */
  public synchronized List<BarVersion> take(BarVersion part) {
    var start = part.key().start();
    if (complete && !parts.isEmpty() && start.isBefore(parts.lastKey())) {
      // Corrected late, or the market was wound back and later parts are void: history knows.
      complete = false;
      parts.clear();
    }
    parts.merge(start, part, BarVersion::newerOf);
    return complete ? changed() : List.of();
  }

  private List<BarVersion> changed() {
    var rolled = RollUp.into(interval, calendar, List.copyOf(parts.values()));
    var newest = rolled.subList(Math.max(0, rolled.size() - KEPT), rolled.size());
    if (newest.isEmpty()) return List.of();
    parts.headMap(newest.getFirst().key().start()).clear();
    var changed = new ArrayList<BarVersion>();
    var now = new TreeMap<Instant, BarVersion>();
    for (var bar : newest) {
      now.put(bar.key().start(), bar);
      if (!bar.equals(told.get(bar.key().start()))) changed.add(bar);
    }
    told = now;
    return changed;
  }
}
