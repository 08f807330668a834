package io.tapeline.market.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.venue.domain.Speed;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long RECORDED = 1_703_545_200 * SECOND;
  private static final long NOW = 77 * SECOND;

  @Test
  void theFirstStepIsDueAtOnce() {
    assertThat(new Pacer(1, false).untilDue(RECORDED, NOW)).isZero();
  }

  @Test
  void aSecondTakesASecondOrAFifthOfOne() {
    assertThat(playing(1, false).untilDue(RECORDED + SECOND, NOW)).isEqualTo(SECOND);
    assertThat(playing(5, false).untilDue(RECORDED + SECOND, NOW)).isEqualTo(SECOND / 5);
    assertThat(playing(Speed.MAX, false).untilDue(RECORDED + SECOND, NOW)).isZero();
  }

  @Test
  void aLongPauseIsSkippedUnlessGapsAreKept() {
    assertThat(playing(1, false).untilDue(RECORDED + 6 * SECOND, NOW)).isZero();
    assertThat(playing(1, true).untilDue(RECORDED + 6 * SECOND, NOW)).isEqualTo(6 * SECOND);
    assertThat(playing(1, false).untilDue(RECORDED + 5 * SECOND, NOW)).isEqualTo(5 * SECOND);
  }

  @Test
  void whileItStandsNothingIsDueAndAfterwardsItGoesOnWhereItWas() {
    var pacer = playing(1, false);
    pacer.stand(NOW + SECOND);
    assertThat(pacer.untilDue(RECORDED + 2 * SECOND, NOW + 9 * SECOND)).isEqualTo(Long.MAX_VALUE);
    pacer.goOn(NOW + 10 * SECOND);
    assertThat(pacer.untilDue(RECORDED + 2 * SECOND, NOW + 10 * SECOND)).isEqualTo(SECOND);
  }

  @Test
  void recordedTimeGoesOnBetweenStepsButNotPastTheNext() {
    var pacer = playing(5, false);
    assertThat(pacer.receivedNow(RECORDED + 3 * SECOND, NOW + SECOND / 5))
        .isEqualTo(RECORDED + SECOND);
    assertThat(pacer.receivedNow(RECORDED + 3 * SECOND, NOW + SECOND))
        .isEqualTo(RECORDED + 3 * SECOND);
  }

  @Test
  void anotherSpeedCountsFromNowOn() {
    var pacer = playing(1, false);
    pacer.speed(4, RECORDED + 5 * SECOND, NOW + SECOND);
    assertThat(pacer.untilDue(RECORDED + 5 * SECOND, NOW + SECOND)).isEqualTo(SECOND);
  }

  private static Pacer playing(double speed, boolean keepGaps) {
    var pacer = new Pacer(speed, keepGaps);
    pacer.played(RECORDED, NOW);
    return pacer;
  }
}
