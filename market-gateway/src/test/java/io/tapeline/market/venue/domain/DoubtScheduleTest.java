package io.tapeline.market.venue.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoubtScheduleTest {
  @Test
  void questionsComeFurtherApartUntilTheyAreHalfAMinuteApart() {
    assertThat(IntStream.range(0, 8).mapToObj(DoubtSchedule::delay).map(d -> d.toSeconds()))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void theFirstQuestionComesASecondAfterTheDoubt() {
    assertThat(DoubtSchedule.nextAsk(Instant.EPOCH, 0)).isEqualTo(Instant.ofEpochSecond(1));
  }
}
