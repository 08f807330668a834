package io.tapeline.bridge.fanout.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.bars.Bar;
import io.tapeline.bars.BarKey;
import io.tapeline.bars.BarVersion;
import io.tapeline.bars.Interval;
import io.tapeline.bars.SessionCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollingTest {
  private static final Interval MINUTE = Interval.parse("1m");

  /** 17:00 in Chicago: bars of seven minutes are counted from then. */
  private static final Instant OPEN = Instant.parse("2026-02-02T23:00:00Z");

  private final Rolling rolling =
      new Rolling(Interval.parse("7m"), SessionCalendar.parse("17:00-16:00 America/Chicago"));

  private static BarVersion minute(
      int number, int price, long volume, boolean isFinal, long revision) {
    var start = OPEN.plusSeconds(60L * number);
    var px = BigDecimal.valueOf(price);
    return new BarVersion(
        new Bar(new BarKey("ESH4", MINUTE, start), px, px, px, px, volume, volume, start, start),
        isFinal,
        revision);
  }

  @Test
  void nothingIsSaidBeforeHistoryIsThere() {
    assertThat(rolling.take(minute(3, 10, 1, false, 0))).isEmpty();

    var bars = rolling.begin(List.of(minute(0, 7, 5, true, 0), minute(2, 12, 5, true, 0)));

    assertThat(bars).hasSize(1);
    assertThat(bars.getFirst().key().start()).isEqualTo(OPEN);
    assertThat(bars.getFirst().bar().open()).isEqualTo(BigDecimal.valueOf(7));
    assertThat(bars.getFirst().bar().high()).isEqualTo(BigDecimal.valueOf(12));
    assertThat(bars.getFirst().bar().close()).isEqualTo(BigDecimal.valueOf(10));
    assertThat(bars.getFirst().bar().volume()).isEqualTo(11);
    assertThat(bars.getFirst().isFinal()).isFalse();
  }

  @Test
  void theNextBarMakesTheOneBeforeFinal() {
    rolling.begin(List.of(minute(0, 7, 5, true, 0)));

    var bars = rolling.take(minute(7, 20, 1, false, 0));

    assertThat(bars).extracting(BarVersion::isFinal).containsExactly(true, false);
    assertThat(bars.get(1).key().start()).isEqualTo(OPEN.plusSeconds(7 * 60));
  }

  @Test
  void whatDidNotChangeIsNotSaidAgain() {
    rolling.begin(List.of(minute(0, 7, 5, true, 0), minute(7, 8, 5, false, 0)));

    assertThat(rolling.take(minute(7, 8, 6, false, 0)))
        .extracting(bar -> bar.key().start())
        .containsExactly(OPEN.plusSeconds(7 * 60));
    assertThat(rolling.take(minute(7, 8, 6, false, 0))).isEmpty();
  }

  @Test
  void aLateCorrectionIsLookedUpInHistory() {
    rolling.begin(List.of(minute(0, 7, 5, true, 0), minute(1, 8, 5, false, 0)));

    assertThat(rolling.take(minute(0, 9, 5, true, 1))).isEmpty();
    assertThat(rolling.isIncomplete()).isTrue();

    var bars = rolling.begin(List.of(minute(0, 9, 5, true, 1), minute(1, 8, 5, false, 0)));
    assertThat(bars).hasSize(1);
    assertThat(bars.getFirst().bar().open()).isEqualTo(BigDecimal.valueOf(9));
    assertThat(bars.getFirst().revision()).isEqualTo(1);
  }
}
