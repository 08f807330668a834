package io.tapeline.orders.store;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The newest snapshot of every account: a cache beside the journal, never a source of truth. */
@ApplicationScoped
public class SnapshotRepository {
  private static final String NEWEST =
      "select seq, evolve_version, hash, body from account_snapshot where account_id = $1";
  private static final String SAVE =
      """
      insert into account_snapshot (account_id, seq, evolve_version, hash, body, at)
      values ($1, $2, $3, $4, $5, now())
      on conflict (account_id) do update
         set seq = excluded.seq, evolve_version = excluded.evolve_version,
             hash = excluded.hash, body = excluded.body, at = excluded.at
       where account_snapshot.seq < excluded.seq
          or account_snapshot.evolve_version <> excluded.evolve_version""";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * An account as it was at a seq.
   *
   * @param evolveVersion of the rules that made it
   * @param hash of all that the state says
   */
  public record Snapshot(long seq, int evolveVersion, String hash, String body) {}

  private final Pool postgres;

  @Inject
  SnapshotRepository(Pool postgres) {
    this.postgres = postgres;
  }

  public Uni<@Nullable Snapshot> newest(AccountId account) {
    return postgres
        .preparedQuery(NEWEST)
        .execute(Tuple.of(account.value()))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(
            rows -> {
              var all = rows.iterator();
              if (!all.hasNext()) return null;
              var row = all.next();
              return new Snapshot(
                  row.getLong(0), row.getInteger(1), row.getString(2), row.getString(3));
            });
  }

  /** A former owner's late snapshot does not replace a newer one. */
  public Uni<Void> save(AccountId account, Snapshot snapshot) {
    return postgres
        .preparedQuery(SAVE)
        .execute(
            Tuple.of(
                account.value(),
                snapshot.seq(),
                snapshot.evolveVersion(),
                snapshot.hash(),
                snapshot.body()))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .replaceWithVoid();
  }
}
