package io.tapeline.orders.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.vertx.pgclient.PgException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private record Statement(List<String> accounts, CompletableFuture<Void> end) {}

  private final List<Statement> statements = new ArrayList<>();
  private final GroupCommit commits =
      new GroupCommit(
          batches -> {
            var accounts = batches.stream().map(batch -> batch.accountId().value()).toList();
            var statement = new Statement(accounts, new CompletableFuture<>());
            statements.add(statement);
            return Uni.createFrom().completionStage(statement.end());
          });

  private CompletableFuture<Void> commit(String account) {
    var batch =
        new Batch(
            UUID.randomUUID(),
            new AccountId(account),
            Instant.EPOCH,
            List.of(new Batch.Line(1, Instant.EPOCH, null, "{}")),
            List.of(),
            List.of(),
            List.of());
    return commits.commit(batch).subscribeAsCompletionStage();
  }

  private List<List<String>> asked() {
    return statements.stream().map(Statement::accounts).toList();
  }

  private void succeeds(int statement) {
    statements.get(statement).end().complete(null);
  }

  private void fails(int statement, Throwable failure) {
    statements.get(statement).end().completeExceptionally(failure);
  }

  private static PgException known(String constraint) {
    return new PgException(
        "there already",
        "ERROR",
        "23505",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        constraint);
  }

  @Test
  void nothingWaitsForCompany() {
    var first = commit("A");
    assertThat(asked()).containsExactly(List.of("A"));
    assertThat(first).isNotDone();
    succeeds(0);
    assertThat(first).isCompleted();
  }

  @Test
  void whatComesWhileTwoAreUnderWayIsOneStatement() {
    var _ = commit("A");
    var _ = commit("B");
    var third = commit("C");
    var fourth = commit("D");
    assertThat(asked()).containsExactly(List.of("A"), List.of("B"));
    succeeds(1);
    assertThat(asked()).containsExactly(List.of("A"), List.of("B"), List.of("C", "D"));
    succeeds(2);
    assertThat(third).isCompleted();
    assertThat(fourth).isCompleted();
  }

  @Test
  void theOneThatIsNotNewIsToldAndItsCompanyIsWritten() {
    var _ = commit("A");
    var _ = commit("B");
    var stale = commit("C");
    var sound = commit("D");
    succeeds(0);
    fails(2, known("account_event_pkey"));
    assertThat(asked()).endsWith(List.of("C"));
    fails(3, known("account_event_pkey"));
    assertThat(asked()).endsWith(List.of("D"));
    succeeds(4);
    assertThat(sound).isCompleted();
    assertThat(stale)
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseInstanceOf(JournalConflictException.class);
  }

  @Test
  void anAnswerThatWasLostIsInDoubtForAllOfThemAndNothingIsSentTwice() {
    var _ = commit("A");
    var _ = commit("B");
    var third = commit("C");
    var fourth = commit("D");
    succeeds(0);
    fails(2, new IllegalStateException("connection closed"));
    assertThat(asked()).hasSize(3);
    assertThat(third).isCompletedExceptionally();
    assertThat(fourth).isCompletedExceptionally();
  }

  @Test
  void aFailureMakesRoomForWhatWaits() {
    var _ = commit("A");
    var _ = commit("B");
    var _ = commit("C");
    fails(0, new IllegalStateException("connection closed"));
    assertThat(asked()).endsWith(List.of("C"));
  }
}
