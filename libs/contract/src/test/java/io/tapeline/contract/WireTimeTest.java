package io.tapeline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTest {
  private static final DateTimeFormatter LIBRARY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void aTimeIsWrittenAsTheLibraryWouldAndReadBackEqual() {
    var random = new Random(26);
    for (var i = 0; i < 100_000; i++) {
      var first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
      var end = Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();
      var time = Instant.ofEpochSecond(random.nextLong(first, end), random.nextInt(1_000_000_000));
      assertThat(WireTime.text(time)).isEqualTo(LIBRARY.format(time));
      assertThat(read(WireTime.text(time))).isEqualTo(time.truncatedTo(ChronoUnit.MICROS));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T14:30:00Z,          2026-03-02T14:30:00Z",
    "2026-03-02T14:30:00.5Z,        2026-03-02T14:30:00.500Z",
    "2026-03-02T15:30:00.00+01:00,  2026-03-02T14:30:00Z",
    "2024-02-29T23:59:59.000001Z,   2024-02-29T23:59:59.000001Z",
    "2026-03-02T14:30:00.123456789Z,2026-03-02T14:30:00.123456789Z"
  })
  void whateverElseIsATimeIsReadToo(String text, Instant time) {
    assertThat(read(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30T14:30:00.000000Z",
        "2026-03-02T24:30:00.000000Z",
        "2026-03-02T14:60:00.000000Z",
        "2026-03-02T14:30:60.000000Z",
        "2026-13-02T14:30:00.000000Z",
        "2026-03-02T14:30:00.00000٣Z",
        "2026-03-02 14:30:00.000000Z",
        "2026-03-02T14:30:00.000000X",
        "yesterday"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void aYearThatTheFormHasNoPlaceForIsRefused() {
    assertThatThrownBy(() -> WireTime.text(Instant.MAX))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Instant read(String text) {
    return Json.read(('"' + text + '"').getBytes(StandardCharsets.UTF_8), Instant.class);
  }
}
