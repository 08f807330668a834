package io.tapeline.positions.store;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What admins asked of accounts, once each, and what came of it; bodies and answers as JSON. */
@ApplicationScoped
public class AccountCommandTable {
  private static final String ASK =
      """
      insert into account_command (account_id, command_id, fingerprint, at, body)
      values ($1, $2, $3, $4, $5::text::jsonb) on conflict do nothing""";
  private static final String FIND =
      """
      select fingerprint, answer::text as answer from account_command where account_id = $1 and command_id = $2""";
  private static final String OPEN =
      """
      select account_id, body::text as body from account_command
      where account_id = any($1) and answer is null order by no limit 100""";
  private static final String ANSWER =
      """
      update account_command set answer = $3::text::jsonb
      where account_id = $1 and command_id = $2 and answer is null""";

  private final Pool postgres;

  @Inject
  AccountCommandTable(Pool postgres) {
    this.postgres = postgres;
  }

  /** What is known of a command. */
  public record Known(String fingerprint, @Nullable String answer) {}

  /** A command that has no answer yet. */
  public record Open(AccountId accountId, String body) {}

  /** What came of a command. */
  public record Answer(String commandId, String json) {}

  /** Notes a command, unless one of that id is known; and says what is known of it then. */
  public Uni<Known> ask(
      AccountId accountId, String commandId, String fingerprint, Instant at, String body) {
    return postgres
        .preparedQuery(ASK)
        .execute(Tuple.of(accountId.value(), commandId, fingerprint, Times.offset(at), body))
        .chain(() -> find(accountId, commandId));
  }

  public Uni<Known> find(AccountId accountId, String commandId) {
    return postgres
        .preparedQuery(FIND)
        .execute(Tuple.of(accountId.value(), commandId))
        .map(rows -> rows.iterator().next())
        .map(row -> new Known(row.getString("fingerprint"), row.getString("answer")));
  }

  /** In the order in which they were asked. */
  public Uni<List<Open>> open(Collection<AccountId> accountIds) {
    return postgres
        .preparedQuery(OPEN)
        .execute(Tuple.of(accountIds.stream().map(AccountId::value).toArray(String[]::new)))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Open(
                                new AccountId(row.getString("account_id")), row.getString("body")))
                    .toList());
  }

  /** Answers a command from which no line follows. */
  public Uni<Void> answer(AccountId accountId, Answer answer) {
    return answer(postgres, accountId, answer);
  }

  /** Fails with {@link StaleFoldException} when it is answered already. */
  static Uni<Void> answer(SqlClient client, AccountId accountId, Answer answer) {
    return client
        .preparedQuery(ANSWER)
        .execute(Tuple.of(accountId.value(), answer.commandId(), answer.json()))
        .invoke(
            updated -> {
              if (updated.rowCount() != 1) throw new StaleFoldException(1);
            })
        .replaceWithVoid();
  }
}
