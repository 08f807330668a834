package io.tapeline.market.catalogue;

import static io.tapeline.model.TradingCalendar.businessDaysBefore;
import static io.tapeline.model.TradingCalendar.thisOrLastBusinessDay;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;

/** The last trading day of a contract month. */
enum ExpiryRule {
  /** Equity indices: the third Friday, or the business day before it. */
  THIRD_FRIDAY {
    @Override
    LocalDate lastDay(YearMonth month) {
      return thisOrLastBusinessDay(nth(3, DayOfWeek.FRIDAY, month));
    }
  },
  /** Currencies. Usually a Monday. */
  SECOND_BUSINESS_DAY_BEFORE_THIRD_WEDNESDAY {
    @Override
    LocalDate lastDay(YearMonth month) {
      return businessDaysBefore(nth(3, DayOfWeek.WEDNESDAY, month), 2);
    }
  },
  /** Gold and silver, their micros too. */
  THIRD_LAST_BUSINESS_DAY {
    @Override
    LocalDate lastDay(YearMonth month) {
      return businessDaysBefore(month.atEndOfMonth().plusDays(1), 3);
    }
  },
  /** 10-year notes and bonds: the seventh business day before the last one of the month. */
  TREASURY {
    @Override
    LocalDate lastDay(YearMonth month) {
      return businessDaysBefore(thisOrLastBusinessDay(month.atEndOfMonth()), 7);
    }
  },
  /**
   * Three business days before the 25th of the month before; where that is none, before the last
   * business day ahead of it.
   */
  CRUDE_OIL {
    @Override
    LocalDate lastDay(YearMonth month) {
      return businessDaysBefore(thisOrLastBusinessDay(month.minusMonths(1).atDay(25)), 3);
    }
  },
  /** A business day before the large contract. */
  MICRO_CRUDE_OIL {
    @Override
    LocalDate lastDay(YearMonth month) {
      return businessDaysBefore(CRUDE_OIL.lastDay(month), 1);
    }
  };

  abstract LocalDate lastDay(YearMonth month);

  private static LocalDate nth(int n, DayOfWeek weekday, YearMonth month) {
    return month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(n, weekday));
  }
}
