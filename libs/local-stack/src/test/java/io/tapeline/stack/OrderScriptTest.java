package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.contract.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderScriptTest {
  private static final String PLACE =
      "{\"at\":\"2023-12-25T23:00:00Z\",\"account\":\"REPLAY\",\"op\":\"place\",\"body\":{\"clOrdId\":\"A1\",\"symbol\":\"ESH4\"}}";
  private static final String CANCEL =
      "{\"at\":\"2023-12-25T23:00:01.5Z\",\"account\":\"REPLAY\",\"op\":\"cancel\",\"body\":{\"clOrdId\":\"A1\"}}";

  @Test
  void everyLineIsAStepAndEmptyLinesAreNone() {
    var steps = OrderScript.parse("orders.jsonl", List.of(PLACE, "", CANCEL));
    assertThat(steps)
        .extracting(OrderScript.Step::op)
        .containsExactly(OrderScript.Op.PLACE, OrderScript.Op.CANCEL);
    assertThat(steps.get(1).at()).isEqualTo(Instant.parse("2023-12-25T23:00:01.500Z"));
    assertThat(steps.get(0).body().path("symbol").asText()).isEqualTo("ESH4");
  }

  @Test
  void aStepBackInTimeIsRefused() {
    assertThatThrownBy(() -> OrderScript.parse("orders.jsonl", List.of(CANCEL, PLACE)))
        .hasMessage("orders.jsonl, line 2: its time is before that of the line above.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{nonsense | line 1: this is not JSON",
        "{} | line 1: \"at\" is missing.",
        "{\"at\":\"noon\",\"account\":\"A\",\"op\":\"place\",\"body\":{\"clOrdId\":\"x\"}} | line 1: \"at\" is not a time",
        "{\"at\":\"2023-12-25T23:00:00Z\",\"account\":\"A\",\"op\":\"buy\",\"body\":{\"clOrdId\":\"x\"}} | neither place nor cancel: buy.",
        "{\"at\":\"2023-12-25T23:00:00Z\",\"account\":\"A\",\"op\":\"place\",\"body\":{}} | line 1: \"clOrdId\" is missing.",
      })
  void aBadLineIsNamed(String line, String sentence) {
    assertThatThrownBy(() -> OrderScript.parse("orders.jsonl", List.of(line)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ordStatus\":\"NEW\",\"pending\":[]} | true",
        "{\"ordStatus\":\"FILLED\"} | true",
        "{\"ordStatus\":\"PENDING_NEW\",\"pending\":[{\"kind\":\"NEW\"}]} | false",
        "{\"ordStatus\":\"DENIED\",\"pending\":[{\"kind\":\"NEW\"}]} | true",
      })
  void anOrderIsSettledWhenNothingIsOnItsWay(String row, boolean settled) throws Exception {
    assertThat(ScriptedReplay.isSettled(Json.MAPPER.readTree(row))).isEqualTo(settled);
  }
}
