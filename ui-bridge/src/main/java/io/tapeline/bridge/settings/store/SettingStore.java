package io.tapeline.bridge.settings.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Named texts of a user. A version is never used twice, so that one that was read can be told
 * apart.
 */
@ApplicationScoped
public class SettingStore {
  /** A user's settings; more are refused. */
  public static final int MOST = 32;

  private static final String FIND =
      """
      select body, version from setting where user_name = $1 and name = $2""";
  private static final String PUT =
      """
      insert into setting (user_name, name, body) select $1, $2, $3
       where exists (select from setting where user_name = $1 and name = $2)
          or (select count(*) from setting where user_name = $1) < $4
      on conflict (user_name, name)
      do update set body = excluded.body, version = nextval('setting_version'), updated_at = now()
      returning version""";
  private static final String ADD =
      """
      insert into setting (user_name, name, body) select $1, $2, $3
       where (select count(*) from setting where user_name = $1) < $4
      on conflict do nothing returning version""";
  private static final String CHANGE =
      """
      update setting set body = $3, version = nextval('setting_version'), updated_at = now()
       where user_name = $1 and name = $2 and version = $4 returning version""";
  private static final String REMOVE =
      """
      delete from setting where user_name = $1 and name = $2""";

  private final Pool postgres;

  @Inject
  SettingStore(Pool postgres) {
    this.postgres = postgres;
  }

  /** A text as it was put. */
  public record Setting(String body, long version) {}

  public Uni<Optional<Setting>> find(String user, String name) {
    return postgres
        .preparedQuery(FIND)
        .execute(Tuple.of(user, name))
        .map(rows -> first(rows).map(row -> new Setting(row.getString(0), row.getLong(1))));
  }

  /** The new version; empty when the user has too many settings. */
  public Uni<Optional<Long>> put(String user, String name, String body) {
    return version(PUT, Tuple.of(user, name, body, MOST));
  }

  /** The new version; empty when there is such a setting already, or too many. */
  public Uni<Optional<Long>> add(String user, String name, String body) {
    return version(ADD, Tuple.of(user, name, body, MOST));
  }

  /** The new version; empty when the one that was changed is no longer the newest. */
  public Uni<Optional<Long>> change(String user, String name, String body, long version) {
    return version(CHANGE, Tuple.of(user, name, body, version));
  }

  public Uni<Void> remove(String user, String name) {
    return postgres.preparedQuery(REMOVE).execute(Tuple.of(user, name)).replaceWithVoid();
  }

  private Uni<Optional<Long>> version(String sql, Tuple arguments) {
    return postgres
        .preparedQuery(sql)
        .execute(arguments)
        .map(rows -> first(rows).map(row -> row.getLong(0)));
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    @Nullable Row row = rows.iterator().hasNext() ? rows.iterator().next() : null;
    return Optional.ofNullable(row);
  }
}
