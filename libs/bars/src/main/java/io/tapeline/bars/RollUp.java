package io.tapeline.bars;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Longer bars from shorter ones: the one way there is. */
public final class RollUp {
  private RollUp() {}

  /**
   * Bars of one contract rolled up. A longer bar is final when all it is made of is and its time is
   * over, which shows by one that follows; the last one is as final as its last part says. Its
   * revision is the sum of theirs, so it grows when one of them does.
   *
   * @param bars of one shorter interval, oldest first, of which the longer one is made of whole
   *     ones
   */
  public static List<BarVersion> into(
      Interval interval, SessionCalendar calendar, List<BarVersion> bars) {
    var rolled = new ArrayList<BarVersion>();
    var day = new SessionCalendar.Day(Instant.MIN, Instant.MIN);
    for (var each : bars) {
      if (!day.contains(each.key().start())) day = calendar.day(each.key().start());
      var start = SessionCalendar.start(interval, each.key().start(), day);
      var key = new BarKey(each.key().symbol(), interval, start);
      var last = rolled.isEmpty() ? null : rolled.getLast();
      if (last == null || !last.key().equals(key)) {
        if (last != null) rolled.set(rolled.size() - 1, finished(last));
        rolled.add(new BarVersion(each.bar().as(key), ends(calendar, key, each), each.revision()));
      } else {
        rolled.set(
            rolled.size() - 1,
            new BarVersion(
                last.bar().with(each.bar()),
                ends(calendar, key, each),
                last.revision() + each.revision()));
      }
    }
    return rolled;
  }

  private static BarVersion finished(BarVersion version) {
    return new BarVersion(version.bar(), true, version.revision());
  }

  /** Whether a part is final and the last one there can be. */
  private static boolean ends(SessionCalendar calendar, BarKey key, BarVersion part) {
    if (!part.isFinal()) return false;
    var end = calendar.end(key.interval(), key.start());
    return !calendar.end(part.key().interval(), part.key().start()).isBefore(end);
  }
}
