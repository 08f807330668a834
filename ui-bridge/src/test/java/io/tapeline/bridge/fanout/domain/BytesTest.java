package io.tapeline.bridge.fanout.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void aNumberIsWrittenAsJavaWritesIt() {
    var random = new SplittableRandom(9);
    for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
      assertThat(digits(power - 1)).isEqualTo("" + (power - 1));
      assertThat(digits(power)).isEqualTo("" + power);
      assertThat(digits(power + 1)).isEqualTo("" + (power + 1));
    }
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >>> random.nextInt(1, 64);
      assertThat(digits(value)).isEqualTo("" + value);
    }
    assertThat(digits(Long.MAX_VALUE)).isEqualTo("" + Long.MAX_VALUE);
  }

  @Test
  void numbersFindRoomInAnArrayThatIsFull() {
    var bytes = new Bytes(1);
    var expected = new StringBuilder();
    for (long i = 0; i < 1_000; i++) {
      bytes.digits(i * i * i);
      expected.append(i * i * i);
    }
    assertThat(new String(bytes.copy(), StandardCharsets.US_ASCII)).isEqualTo(expected.toString());
  }

  private static String digits(long value) {
    var bytes = new Bytes(1);
    bytes.digits(value);
    return new String(bytes.copy(), StandardCharsets.US_ASCII);
  }
}
