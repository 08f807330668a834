package io.tapeline.model;

import static io.tapeline.model.TradingCalendar.Session.CLOSED;
import static io.tapeline.model.TradingCalendar.Session.ETH;
import static io.tapeline.model.TradingCalendar.Session.RTH;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradingCalendarTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "2024-01-10T22:59:59.999999Z, 2024-01-10", // 16:59 in winter
    "2024-01-10T23:00:00Z, 2024-01-11",
    "2024-07-10T21:59:59Z, 2024-07-10", // 16:59 in summer
    "2024-07-10T22:00:00Z, 2024-07-11",
    "2024-01-12T23:30:00Z, 2024-01-16", // Friday evening: over the weekend and Martin Luther King
    "2024-01-14T23:30:00Z, 2024-01-16",
    "2023-12-25T23:00:00Z, 2023-12-26", // Christmas evening
    "2024-03-29T15:00:00Z, 2024-04-01", // Good Friday
  })
  void aTradingDayStartsAtFiveInChicago(Instant venueTime, LocalDate day) {
    assertThat(TradingCalendar.of(venueTime)).isEqualTo(day);
  }

  @Test
  void theDayAfterTheClocksChangeStartsAnHourEarlierInUtc() {
    var before = TradingCalendar.day(LocalDate.of(2024, 3, 8));
    var after = TradingCalendar.day(LocalDate.of(2024, 3, 11));

    assertThat(before.start()).isEqualTo(Instant.parse("2024-03-07T23:00:00Z"));
    assertThat(after.start()).isEqualTo(Instant.parse("2024-03-08T23:00:00Z"));
    assertThat(after.close()).isEqualTo(Instant.parse("2024-03-11T21:00:00Z"));
    assertThat(after.end()).isEqualTo(Instant.parse("2024-03-11T22:00:00Z"));
    assertThat(Duration.between(after.start(), after.end())).isEqualTo(Duration.ofHours(71));
  }

  @Test
  void daysFollowEachOtherWithoutAHoleForTenYears() {
    var day = TradingCalendar.day(LocalDate.of(2020, 1, 2));
    for (int i = 0; i < 2_500; i++) {
      var next = TradingCalendar.day(day.end());
      assertThat(next.start()).isEqualTo(day.end());
      assertThat(TradingCalendar.of(day.end().minusNanos(1))).isEqualTo(day.date());
      assertThat(day.close()).isBetween(day.start(), day.end());
      day = next;
    }
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "2024-03-08T14:30:00Z, RTH", // 8:30 in winter
    "2024-03-11T13:30:00Z, RTH", // 8:30 in summer
    "2024-03-11T13:29:59Z, ETH",
    "2024-03-11T20:00:00Z, ETH",
    "2024-03-11T21:00:00Z, CLOSED", // the break
    "2024-03-11T22:00:00Z, ETH",
    "2024-03-09T15:00:00Z, CLOSED", // Saturday
    "2024-03-10T22:00:00Z, ETH", // Sunday evening, summer time since that morning
    "2024-11-29T17:59:00Z, RTH", // the day after Thanksgiving
    "2024-11-29T18:00:00Z, CLOSED",
  })
  void sessionsFollowTheClockOfTheExchange(Instant venueTime, TradingCalendar.Session expected) {
    assertThat(TradingCalendar.session(venueTime)).isEqualTo(expected);
    assertThat(expected).isIn(RTH, ETH, CLOSED);
  }

  @Test
  void businessDaysAreCountedBackOverWeekendsAndHolidays() {
    var tuesday = LocalDate.of(2024, 1, 16); // after Martin Luther King's day

    assertThat(TradingCalendar.businessDaysBefore(tuesday, 1)).isEqualTo("2024-01-12");
    assertThat(TradingCalendar.businessDaysBefore(tuesday, 3)).isEqualTo("2024-01-10");
    assertThat(TradingCalendar.thisOrLastBusinessDay(tuesday)).isEqualTo(tuesday);
    assertThat(TradingCalendar.thisOrLastBusinessDay(LocalDate.of(2024, 3, 29)))
        .isEqualTo("2024-03-28"); // Good Friday
  }
}
