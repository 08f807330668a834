package io.tapeline.positions.domain;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * The trading day of CME Globex: it starts at 17:00 in Chicago, whatever the season, and is named
 * after the day it ends on. What falls on a weekend belongs to Monday.
 */
public final class TradingDay {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final LocalTime START = LocalTime.of(17, 0);

  private TradingDay() {}

  /** The trading day an instant of venue time belongs to. */
  public static LocalDate of(Instant venueTime) {
    var local = venueTime.atZone(CHICAGO);
    var day = local.toLocalDate();
    if (!local.toLocalTime().isBefore(START)) day = day.plusDays(1);
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY
        ? day.with(TemporalAdjusters.next(DayOfWeek.MONDAY))
        : day;
  }
}
