package io.tapeline.bridge.fanout.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
  private static Wire.Journaled read(String line) {
    return Wire.journaled(line.getBytes(UTF_8));
  }

  @Test
  void theOrderRowIsPassedOnAsItIsWritten() {
    var order =
        "{\"clOrdId\":\"a\",\"text\":\"ü } \\\" é\",\"price\": \"4805.50\",\"pending\":[{\"x\":{}}]}";
    var line =
        read(
            "{\"seq\":7,\"event\":{\"x\":[{}],\"type\":\"OrderFilled\"},\"order\": "
                + order
                + " ,\"z\":1}");
    assertThat(line.seq()).isEqualTo(7);
    assertThat(line.type()).isEqualTo("OrderFilled");
    assertThat(line.clOrdId()).isEqualTo("a");
    assertThat(new String(line.order(), UTF_8)).isEqualTo(order);
  }

  @Test
  void aLineMayConcernNoOrderAndAnEventOfAnUnknownKind() {
    assertThat(read("{\"order\":null,\"seq\":7,\"event\":{\"type\":\"New\"}}").order()).isNull();
    assertThat(read("{\"seq\":7}").type()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"seq\":7",
        "{\"seq\":7}{}",
        "{\"order\":{\"clOrdId\":\"a\"}}",
        "{\"seq\":7,\"order\":{\"x\":1}}",
        "{\"seq\":\"x\"}"
      })
  void whatIsNoLineOfAJournalIsRefused(String line) {
    assertThatThrownBy(() -> read(line)).isInstanceOf(IllegalArgumentException.class);
  }
}
