package io.tapeline.positions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradingDayTest {
  @ParameterizedTest(name = "{0} belongs to {1}")
  @CsvSource({
    "2024-01-10T22:59:59.999999Z, 2024-01-10",
    "2024-01-10T23:00:00Z, 2024-01-11",
    // summer time in Chicago: an hour earlier in UTC
    "2024-07-10T21:59:59Z, 2024-07-10",
    "2024-07-10T22:00:00Z, 2024-07-11",
    // Sunday evening, and a stray Friday evening
    "2024-01-07T23:00:00Z, 2024-01-08",
    "2024-01-05T23:30:00Z, 2024-01-08",
    // the clocks go forward on Sunday morning, 10 March 2024
    "2024-03-08T23:00:00Z, 2024-03-11",
    "2024-03-11T22:00:00Z, 2024-03-12"
  })
  void theDayStartsAtFiveInTheAfternoonInChicago(Instant venueTime, String day) {
    assertThat(TradingDay.of(venueTime)).hasToString(day);
  }
}
