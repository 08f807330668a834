package io.tapeline.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionCalendarTest {
  private final SessionCalendar globex = SessionCalendar.parse("17:00-16:00 America/Chicago");

  @Test
  void aDayBeginsAtTheOpenOfTheExchangesOwnClock() {
    var winter = globex.day(Instant.parse("2023-12-26T03:00:00Z"));
    assertThat(winter.start()).isEqualTo("2023-12-25T23:00:00Z");
    var summer = globex.day(Instant.parse("2024-07-02T03:00:00Z"));
    assertThat(summer.start()).isEqualTo("2024-07-01T22:00:00Z");
  }

  @Test
  void aDayIsAsLongAsTheClockSays() {
    var spring = globex.day(Instant.parse("2024-03-10T09:00:00Z"));
    assertThat(Duration.between(spring.start(), spring.end())).isEqualTo(Duration.ofHours(23));
    var autumn = globex.day(Instant.parse("2024-11-03T09:00:00Z"));
    assertThat(Duration.between(autumn.start(), autumn.end())).isEqualTo(Duration.ofHours(25));
  }

  @Test
  void theBreakBelongsToTheDayThatWas() {
    var lastTrade = Instant.parse("2023-12-26T22:30:00Z");
    assertThat(globex.start(Interval.DAY, lastTrade)).isEqualTo("2023-12-25T23:00:00Z");
  }

  @Test
  void noBarGoesBeyondItsDay() {
    var hours = Interval.parse("7h");
    var start = globex.start(hours, Instant.parse("2023-12-26T22:30:00Z"));
    assertThat(start).isEqualTo("2023-12-26T20:00:00Z");
    assertThat(globex.end(hours, start)).isEqualTo("2023-12-26T23:00:00Z");
  }

  @Test
  void tradingGoesFromSundayEveningToFridayAfternoon() {
    assertThat(globex.isOpen(Instant.parse("2023-12-24T22:59:59Z"))).isFalse(); // Sunday
    assertThat(globex.isOpen(Instant.parse("2023-12-24T23:00:00Z"))).isTrue();
    assertThat(globex.isOpen(Instant.parse("2023-12-26T21:59:59Z"))).isTrue();
    assertThat(globex.isOpen(Instant.parse("2023-12-26T22:00:00Z"))).isFalse(); // the break
    assertThat(globex.isOpen(Instant.parse("2023-12-29T21:59:59Z"))).isTrue(); // Friday
    assertThat(globex.isOpen(Instant.parse("2023-12-29T23:30:00Z"))).isFalse();
    assertThat(globex.isOpen(Instant.parse("2023-12-30T15:00:00Z"))).isFalse();
  }

  @Test
  void theNextChangeIsTheNextOpeningOrClose() {
    assertThat(globex.nextChange(Instant.parse("2023-12-26T15:00:00Z")))
        .isEqualTo("2023-12-26T22:00:00Z");
    assertThat(globex.nextChange(Instant.parse("2023-12-26T22:00:00Z")))
        .isEqualTo("2023-12-26T23:00:00Z");
    assertThat(globex.nextChange(Instant.parse("2023-12-29T22:00:00Z"))) // Friday
        .isEqualTo("2023-12-31T23:00:00Z");
    // Over the night in which clocks go forward.
    assertThat(globex.nextChange(Instant.parse("2024-03-09T15:00:00Z")))
        .isEqualTo("2024-03-10T22:00:00Z");
  }

  @Test
  void aSessionThatIsNoneIsRefused() {
    assertThatThrownBy(() -> SessionCalendar.parse("all day"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SessionCalendar.parse("17:00-16:00 Mars/Olympus"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
