package io.tapeline.orders.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.RandomJournals;
import java.io.UncheckedIOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a snapshot holds is the state itself. */
class StateTextTest {
  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverHappenedToAnAccountItsTextReadsBackAsTheSameState(long seed) {
    for (var state : RandomJournals.states(seed)) {
      var again = StateText.read(StateText.write(state));
      assertThat(again.canonical()).isEqualTo(state.canonical());
      assertThat(again.closed().toString()).isEqualTo(state.closed().toString());
      assertThat(StateText.write(again)).isEqualTo(StateText.write(state));
    }
  }

  @Test
  void theJournalsTriedHoldOrdersOfEveryKind() {
    var texts = new StringBuilder();
    seeds().forEach(seed -> RandomJournals.states(seed).forEach(s -> texts.append(s)));
    assertThat(texts.toString())
        .contains("Live[", "Done[", "Denied[", "Doubt[", "Execution[", "Reconciliation[");
  }

  @Test
  void aTextOfOtherRecordsIsRefused() {
    var text = StateText.write(AccountState.empty(new io.tapeline.model.AccountId("A")));
    assertThatThrownBy(() -> StateText.read(text.replace("\"seq\"", "\"sequence\"")))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> StateText.read(text.replace("\"seq\":0,", "")))
        .isInstanceOf(UncheckedIOException.class);
  }
}
