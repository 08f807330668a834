package io.tapeline.market.catalogue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;

/**
 * The days on which US futures exchanges settle nothing, by rule: good enough to find last trading
 * days. Extraordinary closings are not known, and a Saturday's holiday is observed on Friday except
 * New Year's, as the exchanges do.
 */
final class UsHolidays {
  private UsHolidays() {}

  static boolean isBusinessDay(LocalDate day) {
    return !isWeekend(day) && !isHoliday(day);
  }

  /** The n-th business day before a day, itself not counted. */
  static LocalDate businessDaysBefore(LocalDate day, int n) {
    var found = day;
    for (int i = 0; i < n; i++) {
      do {
        found = found.minusDays(1);
      } while (!isBusinessDay(found));
    }
    return found;
  }

  /** The day itself, or the last business day before it. */
  static LocalDate thisOrLastBusinessDay(LocalDate day) {
    return isBusinessDay(day) ? day : businessDaysBefore(day, 1);
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
