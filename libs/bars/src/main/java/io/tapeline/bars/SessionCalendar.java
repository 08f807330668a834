package io.tapeline.bars;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * When a contract trades: {@code 17:00-16:00 America/Chicago}. A trading day begins at the opening
 * time of the exchange's own clock and lasts until the next one, the break included: what is traded
 * in a break, late or for practice, belongs to the day that was. So every moment has its day, and a
 * day is 23 or 25 hours long where clocks are changed.
 */
public final class SessionCalendar {
  private static final Pattern TEXT =
      Pattern.compile("([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9]) (\\S+)");

  /** No week passes without an opening and a close; days. */
  private static final int LONGEST_STATE = 8;

  private final LocalTime open;
  private final LocalTime close;
  private final ZoneId zone;

  /** A trading day: from its first moment to the first of the next one. */
  public record Day(Instant start, Instant end) {
    public boolean contains(Instant at) {
      return !at.isBefore(start) && at.isBefore(end);
    }
  }

  private SessionCalendar(LocalTime open, LocalTime close, ZoneId zone) {
    this.open = open;
    this.close = close;
    this.zone = zone;
  }

  /**
   * Reads a session as the catalogue has it.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static SessionCalendar parse(String session) {
    var match = TEXT.matcher(session);
    if (!match.matches())
      throw new IllegalArgumentException(
          "a session is like 17:00-16:00 America/Chicago: " + session);
    try {
      return new SessionCalendar(
          LocalTime.parse(match.group(1)),
          LocalTime.parse(match.group(2)),
          ZoneId.of(match.group(3)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a session: " + session, e);
    }
  }

  /** The trading day a moment belongs to. */
  public Day day(Instant at) {
    var date = at.atZone(zone).toLocalDate();
    var start = openOf(date);
    while (start.isAfter(at)) {
      date = date.minusDays(1);
      start = openOf(date);
    }
    var end = openOf(date.plusDays(1));
    return new Day(start, end);
  }

  private Instant openOf(LocalDate date) {
    return date.atTime(open).atZone(zone).toInstant();
  }

  /**
   * Whether regular trading goes on: within the hours of a day that closes from Monday to Friday.
   * Holidays are not known.
   */
  public boolean isOpen(Instant at) {
    var local = at.atZone(zone);
    var time = local.toLocalTime();
    boolean overnight = !close.isAfter(open);
    boolean opened = !time.isBefore(open);
    if (overnight ? !opened && !time.isBefore(close) : !opened || !time.isBefore(close))
      return false;
    var closes = overnight && opened ? local.toLocalDate().plusDays(1) : local.toLocalDate();
    return closes.getDayOfWeek() != DayOfWeek.SATURDAY && closes.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  /** The next moment at which regular trading begins or ends. */
  public Instant nextChange(Instant after) {
    boolean open = isOpen(after);
    var times = this.open.isBefore(close) ? List.of(this.open, close) : List.of(close, this.open);
    var today = after.atZone(zone).toLocalDate();
    for (var date = today; ; date = date.plusDays(1)) {
      for (var time : times) {
        var at = date.atTime(time).atZone(zone).toInstant();
        if (at.isAfter(after) && isOpen(at) != open) return at;
      }
      if (date.isAfter(today.plusDays(LONGEST_STATE)))
        throw new IllegalStateException("a session that never changes: " + this.open + "-" + close);
    }
  }

  /** The start of the bar a moment belongs to. Bars are counted from the day's first moment. */
  public Instant start(Interval interval, Instant at) {
    return start(interval, at, day(at));
  }

  static Instant start(Interval interval, Instant at, Day day) {
    if (interval.isDay()) return day.start();
    long open = day.start().getEpochSecond();
    long passed = at.getEpochSecond() - open;
    return Instant.ofEpochSecond(open + passed / interval.seconds() * interval.seconds());
  }

  /** The first moment after the bar that starts then; no bar goes beyond its day. */
  public Instant end(Interval interval, Instant start) {
    var day = day(start);
    if (interval.isDay()) return day.end();
    var end = start.plusSeconds(interval.seconds());
    return end.isBefore(day.end()) ? end : day.end();
  }
}
