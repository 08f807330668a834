package io.tapeline.bridge.absence.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchTest {
  private static final long SECOND = 1_000_000_000;

  private final Watch watch = new Watch(5 * SECOND, 0);

  @Test
  void aBridgeHasWatchedForAsLongAsItLookedWithoutABreak() {
    assertThat(watch.look(SECOND)).isEqualTo(1);
    assertThat(watch.look(6 * SECOND)).isEqualTo(6);
  }

  @Test
  void whoStoodStillKnowsNothingOfWhoCameMeanwhile() {
    watch.look(4 * SECOND);
    assertThat(watch.look(10 * SECOND)).isZero();
    assertThat(watch.look(11 * SECOND)).isEqualTo(1);
  }

  @Test
  void whoCouldNotReadWhatOthersHeardBeginsAnew() {
    watch.look(4 * SECOND);
    watch.restart(5 * SECOND);
    assertThat(watch.look(6 * SECOND)).isEqualTo(1);
  }

  @Test
  void aUserIsSilentSinceTheLastOfTheirConnectionsWasHeard() {
    var attendance = new Attendance();
    attendance.heard("ann", 10 * SECOND);
    attendance.heard("ann", 8 * SECOND);
    attendance.heard("bob", 2 * SECOND);
    assertThat(attendance.silentSeconds(12 * SECOND, 9 * SECOND))
        .containsOnly(java.util.Map.entry("ann", 2.0));
  }
}
