package io.tapeline.bridge.door.store;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Users and what they were given. */
@ApplicationScoped
public class DoorStore {
  private static final String ADD_USER =
      """
      insert into desk_user (name, scope) values ($1, $2) on conflict (name) do nothing""";
  private static final String ADD_MEMBER =
      """
      insert into desk_user (name, scope) values ($1, $2)
      on conflict (name) do update set scope = excluded.scope""";
  private static final String GRANT =
      """
      insert into account_grant (user_name, account_id) select $1, unnest($2::text[])
      on conflict do nothing""";
  private static final String REVOKE_GRANT =
      """
      delete from account_grant where user_name = $1 and account_id = $2""";
  private static final String GRANTS =
      """
      select account_id from account_grant where user_name = $1""";
  private static final String ADD_LINK =
      """
      insert into sign_in_link (code_hash, user_name, created_at) values ($1, $2, $3)""";
  private static final String USE_LINK =
      """
      update sign_in_link set used_at = $2 where code_hash = $1 and used_at is null
      returning user_name""";
  private static final String ADD_SESSION =
      """
      insert into desk_session (token_hash, user_name, created_at, expires_at)
      values ($1, $2, $3, $4)""";
  private static final String SESSION =
      """
      select s.user_name, u.scope, s.expires_at
        from desk_session s join desk_user u on u.name = s.user_name
       where s.token_hash = $1 and s.expires_at > $2""";
  private static final String END_SESSION =
      """
      delete from desk_session where token_hash = $1""";
  private static final String ADD_TOKEN =
      """
      insert into api_token (token_hash, user_name, name, scope, created_at, expires_at)
      values ($1, $2, $3, $4, $5, $6) returning id""";
  private static final String TOKEN =
      """
      select user_name, scope, expires_at from api_token where token_hash = $1 and expires_at > $2""";
  private static final String TOKENS =
      """
      select id, name, scope, created_at, expires_at from api_token
       where user_name = $1 and expires_at > $2 order by id limit 1000""";
  private static final String END_TOKEN =
      """
      delete from api_token where id = $1 and user_name = $2""";
  private static final List<String> FORGET =
      List.of(
          "delete from desk_session where expires_at < $1",
          "delete from api_token where expires_at < $1",
          "delete from sign_in_link where used_at < $1 - interval '7 days'");

  private final Pool postgres;

  @Inject
  DoorStore(Pool postgres) {
    this.postgres = postgres;
  }

  /** Somebody who was let in, and until when that holds. */
  public record Pass(String user, String scope, Instant expiresAt) {}

  /** A token as its owner sees it: without the token. */
  public record TokenRow(
      String id, @Nullable String name, String scope, Instant createdAt, Instant expiresAt) {}

  public Uni<Void> addUser(String name, String scope) {
    return execute(ADD_USER, Tuple.of(name, scope)).replaceWithVoid();
  }

  /** A user who may go as far as somebody else says each time. */
  public Uni<Void> addMember(String name, String scope) {
    return execute(ADD_MEMBER, Tuple.of(name, scope)).replaceWithVoid();
  }

  public Uni<Void> grant(String user, Collection<String> accounts) {
    return execute(GRANT, Tuple.of(user, accounts.toArray(String[]::new))).replaceWithVoid();
  }

  public Uni<Void> revokeGrant(String user, String account) {
    return execute(REVOKE_GRANT, Tuple.of(user, account)).replaceWithVoid();
  }

  public Uni<Set<String>> grants(String user) {
    return execute(GRANTS, Tuple.of(user))
        .map(
            rows ->
                stream(rows).map(row -> row.getString(0)).collect(Collectors.toUnmodifiableSet()));
  }

  public Uni<Void> addLink(byte[] codeHash, String user, Instant now) {
    return execute(ADD_LINK, Tuple.of(Buffer.buffer(codeHash), user, utc(now))).replaceWithVoid();
  }

  /** Whom the code is for; empty when it is unknown or was used. Using it is atomic. */
  public Uni<Optional<String>> useLink(byte[] codeHash, Instant now) {
    return execute(USE_LINK, Tuple.of(Buffer.buffer(codeHash), utc(now)))
        .map(rows -> stream(rows).findFirst().map(row -> row.getString(0)));
  }

  public Uni<Void> addSession(byte[] hash, String user, Instant now, Instant expiresAt) {
    return execute(ADD_SESSION, Tuple.of(Buffer.buffer(hash), user, utc(now), utc(expiresAt)))
        .replaceWithVoid();
  }

  public Uni<Optional<Pass>> session(byte[] hash, Instant now) {
    return execute(SESSION, Tuple.of(Buffer.buffer(hash), utc(now))).map(DoorStore::pass);
  }

  public Uni<Void> endSession(byte[] hash) {
    return execute(END_SESSION, Tuple.of(Buffer.buffer(hash))).replaceWithVoid();
  }

  public Uni<String> addToken(
      byte[] hash,
      String user,
      @Nullable String name,
      String scope,
      Instant now,
      Instant expiresAt) {
    return execute(
            ADD_TOKEN,
            Tuple.tuple()
                .addValue(Buffer.buffer(hash))
                .addString(user)
                .addString(name)
                .addString(scope)
                .addOffsetDateTime(utc(now))
                .addOffsetDateTime(utc(expiresAt)))
        .map(rows -> Long.toString(rows.iterator().next().getLong(0)));
  }

  public Uni<Optional<Pass>> token(byte[] hash, Instant now) {
    return execute(TOKEN, Tuple.of(Buffer.buffer(hash), utc(now))).map(DoorStore::pass);
  }

  public Uni<List<TokenRow>> tokens(String user, Instant now) {
    return execute(TOKENS, Tuple.of(user, utc(now)))
        .map(
            rows ->
                stream(rows)
                    .map(
                        row ->
                            new TokenRow(
                                Long.toString(row.getLong("id")),
                                row.getString("name"),
                                row.getString("scope"),
                                row.getOffsetDateTime("created_at").toInstant(),
                                row.getOffsetDateTime("expires_at").toInstant()))
                    .toList());
  }

  /** False when the user has no such token. */
  public Uni<Boolean> endToken(long id, String user) {
    return execute(END_TOKEN, Tuple.of(id, user)).map(rows -> rows.rowCount() > 0);
  }

  /** Deletes what has expired. */
  public Uni<Void> forget(Instant now) {
    var done = Uni.createFrom().voidItem();
    for (var sql : FORGET)
      done = done.chain(() -> execute(sql, Tuple.of(utc(now))).replaceWithVoid());
    return done;
  }

  private Uni<RowSet<Row>> execute(String sql, Tuple arguments) {
    return postgres.preparedQuery(sql).execute(arguments);
  }

  private static Optional<Pass> pass(RowSet<Row> rows) {
    return stream(rows)
        .findFirst()
        .map(
            row ->
                new Pass(
                    row.getString("user_name"),
                    row.getString("scope"),
                    row.getOffsetDateTime("expires_at").toInstant()));
  }

  private static java.util.stream.Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
