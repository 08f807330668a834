package io.tapeline.market.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.bars.SessionCalendar;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CalendarHoursTest {
  private final CalendarHours globex =
      new CalendarHours(SessionCalendar.parse("17:00-16:00 America/Chicago"));

  @Test
  void anOrdinaryWeekIsAsTheCatalogueHasIt() {
    assertThat(globex.isOpen(Instant.parse("2026-01-11T22:59:59Z"))).isFalse(); // Sunday
    assertThat(globex.isOpen(Instant.parse("2026-01-11T23:00:00Z"))).isTrue();
    assertThat(globex.nextChange(Instant.parse("2026-01-12T15:00:00Z")))
        .hasValue(Instant.parse("2026-01-12T22:00:00Z"));
    assertThat(globex.nextChange(Instant.parse("2026-01-12T22:00:00Z")))
        .hasValue(Instant.parse("2026-01-12T23:00:00Z"));
  }

  @Test
  void aHolidayHasNoSessionFromTheEveningBefore() {
    // Thanksgiving 2026 is November 26: Wednesday's close is followed by Thursday's open.
    assertThat(globex.isOpen(Instant.parse("2026-11-25T21:59:59Z"))).isTrue();
    assertThat(globex.isOpen(Instant.parse("2026-11-26T00:00:00Z"))).isFalse();
    assertThat(globex.isOpen(Instant.parse("2026-11-26T16:00:00Z"))).isFalse();
    assertThat(globex.nextChange(Instant.parse("2026-11-25T22:00:00Z")))
        .hasValue(Instant.parse("2026-11-26T23:00:00Z"));
  }

  @Test
  void theDayAfterThanksgivingClosesAtNoon() {
    assertThat(globex.nextChange(Instant.parse("2026-11-27T15:00:00Z")))
        .hasValue(Instant.parse("2026-11-27T18:00:00Z"));
    assertThat(globex.isOpen(Instant.parse("2026-11-27T18:00:00Z"))).isFalse();
    assertThat(globex.nextChange(Instant.parse("2026-11-27T18:00:00Z"))) // Sunday
        .hasValue(Instant.parse("2026-11-29T23:00:00Z"));
  }

  @Test
  void theRecordedChristmasDayOpensInTheEvening() {
    assertThat(globex.isOpen(Instant.parse("2023-12-25T22:59:59Z"))).isFalse();
    assertThat(globex.isOpen(Instant.parse("2023-12-25T23:00:00Z"))).isTrue();
    assertThat(globex.nextChange(Instant.parse("2023-12-22T22:00:00Z")))
        .hasValue(Instant.parse("2023-12-25T23:00:00Z"));
  }
}
