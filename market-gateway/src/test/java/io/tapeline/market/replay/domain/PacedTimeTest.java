package io.tapeline.market.replay.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PacedTimeTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void atSpeedOneItPlaysAsItWasReceived() {
    var time = PacedTime.startingAt(Tape.START, 1, false).next(Tape.START + 3 * SECOND);
    assertThat(time.played()).isEqualTo(3 * SECOND);
    assertThat(time.next(Tape.START + 4 * SECOND).played()).isEqualTo(4 * SECOND);
  }

  @Test
  void speedDividesTime() {
    var time = PacedTime.startingAt(0, 5, false).next(SECOND);
    assertThat(time.played()).isEqualTo(SECOND / 5);
    assertThat(time.at(0.5).next(2 * SECOND).played()).isEqualTo(SECOND / 5 + 2 * SECOND);
  }

  @Test
  void asFastAsPossibleTakesNoTime() {
    var time = PacedTime.startingAt(0, Double.POSITIVE_INFINITY, true).next(99 * SECOND);
    assertThat(time.played()).isZero();
    assertThat(time.receivedAt(7 * SECOND, 200 * SECOND)).isEqualTo(99 * SECOND);
  }

  @Test
  void longPausesAreSkippedUnlessKept() {
    assertThat(PacedTime.startingAt(0, 1, false).next(5 * SECOND).played()).isEqualTo(5 * SECOND);
    assertThat(PacedTime.startingAt(0, 1, false).next(5 * SECOND + 1).played()).isZero();
    assertThat(PacedTime.startingAt(0, 1, true).next(60 * SECOND).played()).isEqualTo(60 * SECOND);
  }

  @Test
  void aPauseOfTheRecordingIsMeasuredBeforeItIsSpedUp() {
    assertThat(PacedTime.startingAt(0, 100, false).next(6 * SECOND).played()).isZero();
  }

  @Test
  void timeThatGoesBackStandsStill() {
    var time = PacedTime.startingAt(SECOND, 1, false).next(0);
    assertThat(time.played()).isZero();
    assertThat(time.received()).isEqualTo(SECOND);
  }

  @Test
  void betweenTwoStepsTheRecordingsTimeGoesOnToTheNext() {
    var time = PacedTime.startingAt(0, 2, false);
    assertThat(time.receivedAt(SECOND, 10 * SECOND)).isEqualTo(2 * SECOND);
    assertThat(time.receivedAt(60 * SECOND, 10 * SECOND)).isEqualTo(10 * SECOND);
    assertThat(time.receivedAt(-1, 10 * SECOND)).isZero();
  }

  @Test
  void aSpeedIsAboveZero() {
    assertThatThrownBy(() -> PacedTime.startingAt(0, 0, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PacedTime.startingAt(0, Double.NaN, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
