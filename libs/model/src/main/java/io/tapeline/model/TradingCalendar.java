package io.tapeline.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * The calendar of CME Globex. A trading day starts at 17:00 in Chicago, whatever the season, ends
 * at 16:00 and is named after the day it ends on. What falls on a weekend or an exchange holiday
 * belongs to the next business day. Holidays are known by rule; extraordinary closings are not.
 *
 * <p>Clocks change on a Sunday at 2:00, so the trading day of the Monday after is the usual 23
 * hours; its 17:00 is 23:00 UTC in winter and 22:00 UTC in summer.
 */
public final class TradingCalendar {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final LocalTime START = LocalTime.of(17, 0);
  private static final LocalTime END = LocalTime.of(16, 0);
  private static final LocalTime EARLY_END = LocalTime.of(12, 0);
  private static final LocalTime REGULAR_START = LocalTime.of(8, 30);
  private static final LocalTime REGULAR_END = LocalTime.of(15, 0);

  /** Asked for many times with instants of the same day; one window answers nearly all. */
  private static volatile Day latest = dayOf(Instant.EPOCH);

  private TradingCalendar() {}

  /** What part of a trading day it is. */
  public enum Session {
    /** Regular trading hours of the pit, 8:30 to 15:00 in Chicago. */
    RTH,
    /** Electronic trading hours around them. */
    ETH,
    /** The daily break, weekends and holidays. */
    CLOSED
  }

  /**
   * A trading day.
   *
   * @param start its first moment
   * @param close when trading ends: 16:00 in Chicago, 12:00 on the eve of some holidays
   * @param end the first moment of the next one
   */
  public record Day(LocalDate date, Instant start, Instant close, Instant end) {
    public boolean contains(Instant at) {
      return !at.isBefore(start) && at.isBefore(end);
    }
  }

  /** The trading day an instant of venue time belongs to. */
  public static LocalDate of(Instant venueTime) {
    return day(venueTime).date();
  }

  /** The trading day an instant of venue time belongs to, with its bounds. */
  public static Day day(Instant venueTime) {
    var known = latest;
    if (known.contains(venueTime)) return known;
    var day = dayOf(venueTime);
    latest = day;
    return day;
  }

  private static Day dayOf(Instant venueTime) {
    var local = venueTime.atZone(CHICAGO);
    var date = local.toLocalDate();
    if (!local.toLocalTime().isBefore(START)) date = date.plusDays(1);
    return day(thisOrNextBusinessDay(date));
  }

  /** A trading day by its name, which is a business day. */
  public static Day day(LocalDate date) {
    return new Day(
        date,
        startOf(date),
        date.atTime(closesEarly(date) ? EARLY_END : END).atZone(CHICAGO).toInstant(),
        startOf(thisOrNextBusinessDay(date.plusDays(1))));
  }

  private static Instant startOf(LocalDate date) {
    return businessDaysBefore(date, 1).atTime(START).atZone(CHICAGO).toInstant();
  }

  /** What part of its trading day an instant of venue time is in. */
  public static Session session(Instant venueTime) {
    var local = venueTime.atZone(CHICAGO);
    var date = local.toLocalDate();
    var time = local.toLocalTime();
    boolean evening = !time.isBefore(START);
    if (evening) return isBusinessDay(date.plusDays(1)) ? Session.ETH : Session.CLOSED;
    if (!isBusinessDay(date)) return Session.CLOSED;
    if (!time.isBefore(closesEarly(date) ? EARLY_END : END)) return Session.CLOSED;
    return time.isBefore(REGULAR_START) || !time.isBefore(REGULAR_END) ? Session.ETH : Session.RTH;
  }

  /**
   * Whether US futures are settled that day. A Saturday's holiday is observed on Friday, except New
   * Year's, as the exchanges do.
   */
  public static boolean isBusinessDay(LocalDate day) {
    return !isWeekend(day) && !isHoliday(day);
  }

  /** The n-th business day before a day, itself not counted. */
  public static LocalDate businessDaysBefore(LocalDate day, int n) {
    var found = day;
    for (int i = 0; i < n; i++) {
      do {
        found = found.minusDays(1);
      } while (!isBusinessDay(found));
    }
    return found;
  }

  /** The day itself, or the last business day before it. */
  public static LocalDate thisOrLastBusinessDay(LocalDate day) {
    return isBusinessDay(day) ? day : businessDaysBefore(day, 1);
  }

  private static LocalDate thisOrNextBusinessDay(LocalDate day) {
    var found = day;
    while (!isBusinessDay(found)) found = found.plusDays(1);
    return found;
  }

  /** The eves of Independence Day and Christmas, and the day after Thanksgiving. */
  private static boolean closesEarly(LocalDate day) {
    int year = day.getYear();
    return day.equals(LocalDate.of(year, 7, 3))
        || day.equals(LocalDate.of(year, 12, 24))
        || day.equals(nth(4, DayOfWeek.THURSDAY, year, Month.NOVEMBER).plusDays(1));
  }

  private static boolean isHoliday(LocalDate day) {
    int year = day.getYear();
    return day.equals(sundayToMonday(LocalDate.of(year, 1, 1)))
        || day.equals(nth(3, DayOfWeek.MONDAY, year, Month.JANUARY))
        || day.equals(nth(3, DayOfWeek.MONDAY, year, Month.FEBRUARY))
        || day.equals(easterSunday(year).minusDays(2))
        || day.equals(last(DayOfWeek.MONDAY, year, Month.MAY))
        || (year >= 2022 && day.equals(observed(LocalDate.of(year, 6, 19))))
        || day.equals(observed(LocalDate.of(year, 7, 4)))
        || day.equals(nth(1, DayOfWeek.MONDAY, year, Month.SEPTEMBER))
        || day.equals(nth(4, DayOfWeek.THURSDAY, year, Month.NOVEMBER))
        || day.equals(observed(LocalDate.of(year, 12, 25)));
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private static LocalDate nth(int n, DayOfWeek weekday, int year, Month month) {
    return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(n, weekday));
  }

  private static LocalDate last(DayOfWeek weekday, int year, Month month) {
    return LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(weekday));
  }

  private static LocalDate observed(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY ? day.minusDays(1) : sundayToMonday(day);
  }

  private static LocalDate sundayToMonday(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SUNDAY ? day.plusDays(1) : day;
  }

  /** The Gregorian calendar's Easter, after Meeus, Jones and Butcher. */
  private static LocalDate easterSunday(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return LocalDate.of(year, f / 31, f % 31 + 1);
  }
}
