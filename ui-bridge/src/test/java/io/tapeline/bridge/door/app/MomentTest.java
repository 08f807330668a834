package io.tapeline.bridge.door.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentTest {
  private static final Instant NOW = Instant.parse("2026-01-02T09:30:00Z");

  private final Moment<String> moment = new Moment<>();
  private final List<UniEmitter<? super String>> questions = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();

  private void ask(Instant now) {
    moment
        .of("key", now, () -> Uni.createFrom().<String>emitter(questions::add))
        .subscribe()
        .with(answers::add, e -> answers.add(e.getMessage()));
  }

  @Test
  void aThousandWhoAskAtOnceAskOnce() {
    for (int i = 0; i < 1_000; i++) ask(NOW);
    assertThat(questions).hasSize(1);
    questions.getFirst().complete("yes");
    assertThat(answers).hasSize(1_000).containsOnly("yes");
  }

  @Test
  void anAnswerIsKeptForAMomentAndThenAskedForAgain() {
    ask(NOW);
    questions.getFirst().complete("yes");
    ask(NOW.plusSeconds(1));
    assertThat(questions).hasSize(1);
    ask(NOW.plusSeconds(6));
    questions.get(1).complete("no");
    assertThat(answers).containsExactly("yes", "yes", "no");
  }

  @Test
  void whoAsksAfterSomethingWasTakenAwayIsNotGivenAnAnswerFromBefore() {
    ask(NOW);
    moment.forget("key");
    ask(NOW);
    questions.get(1).complete("taken away");
    questions.getFirst().complete("granted");
    ask(NOW);
    assertThat(answers).containsExactly("taken away", "granted", "taken away");
  }

  @Test
  void aFailureIsNotKept() {
    ask(NOW);
    questions.getFirst().fail(new IllegalStateException("no database"));
    ask(NOW);
    questions.get(1).complete("yes");
    assertThat(answers).containsExactly("no database", "yes");
  }
}
