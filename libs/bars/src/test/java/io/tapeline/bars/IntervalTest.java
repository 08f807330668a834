package io.tapeline.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  @ParameterizedTest
  @ValueSource(strings = {"1s", "7s", "60s", "1m", "60m", "1h", "24h", "1d"})
  void whatIsWrittenIsReadBack(String text) {
    assertThat(Interval.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "0s", "61s", "61m", "25h", "2d", "1w", "-1m", "01m", "1 m", "1M"})
  void anythingElseIsRefusedWithASentence(String text) {
    assertThatThrownBy(() -> Interval.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an interval is");
  }

  @ParameterizedTest
  @CsvSource({
    "7s,1s", "10s,5s", "45s,15s", "60s,1m", "3m,1m", "4m,2m", "45m,15m", "60m,1h", "5h,1h",
    "24h,1h", "1d,1d"
  })
  void anIntervalIsMadeOfTheLongestThatDividesIt(String text, String base) {
    assertThat(Interval.parse(text).base()).hasToString(base);
  }

  @Test
  void everyStandardIntervalIsMadeOfWholeOnesOfTheNextFiner() {
    assertThat(Interval.STANDARD.stream().skip(1).map(i -> i + " of " + i.finer()))
        .containsExactly(
            "5s of 1s",
            "15s of 5s",
            "30s of 15s",
            "1m of 30s",
            "2m of 1m",
            "5m of 1m",
            "15m of 5m",
            "30m of 15m",
            "1h of 30m",
            "1d of 1h");
  }
}
