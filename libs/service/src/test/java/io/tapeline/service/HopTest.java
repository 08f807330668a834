package io.tapeline.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tapeline.timing.Figures;
import io.tapeline.timing.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The parts of the ways that a trader feels. */
class HopTest {
  private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");

  private final Timing timing = Timing.plain(new SimpleMeterRegistry());

  private Figures after(Duration way) {
    var hop = Hop.TICK_KAFKA.in(timing);
    Hop.took(hop, NOON, NOON.plus(way));
    return timing.states().getFirst().total();
  }

  @Test
  void aBrowserSpeaksOfItsOwnSixAndOfNoOther() {
    assertThat(Arrays.stream(Hop.values()).filter(hop -> Hop.ofBrowser(hop.label()).isPresent()))
        .containsExactly(
            Hop.TICK_FRAME,
            Hop.TICK_PAINT,
            Hop.TICK_ALL,
            Hop.CLICK_REST,
            Hop.CLICK_PAINT,
            Hop.CLICK_ALL);
    assertThat(Hop.ofBrowser("hop.tick.kafka")).isEmpty();
    assertThat(Hop.ofBrowser("hop.tick")).isEmpty();
  }

  @Test
  void aMinuteIsAWayAndMoreIsSomebodyWhoWasAway() {
    assertThat(after(Duration.ofMinutes(1).plusNanos(1)).count()).isZero();
    assertThat(after(Duration.ofMinutes(1)).max()).isEqualTo(60_000);
  }

  @Test
  void aClockThatIsAheadTakesNothingAway() {
    after(Duration.ofSeconds(-5));
    var figures = after(Duration.ofMillis(3));
    assertThat(figures.count()).isEqualTo(2);
    assertThat(figures.min()).isZero();
    assertThat(figures.max()).isEqualTo(3);
  }
}
