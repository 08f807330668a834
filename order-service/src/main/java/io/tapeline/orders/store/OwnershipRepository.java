package io.tapeline.orders.store;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who owns which accounts, which of them are quarantined, and how far each was published. */
@ApplicationScoped
public class OwnershipRepository {
  private static final String CLAIM =
      """
      insert into account_partition (partition, owner_url, epoch, since)
      select p, $2, 1, now() from unnest($1::int[]) as p
      on conflict (partition) do update
         set owner_url = excluded.owner_url, epoch = account_partition.epoch + 1, since = excluded.since""";
  private static final String OWNER =
      "select owner_url from account_partition where partition = $1";
  private static final String QUARANTINES =
      "select account_id, reason from account_quarantine where account_id = any($1)";
  private static final String QUARANTINE =
      """
      insert into account_quarantine (account_id, since, reason) values ($1, now(), $2)
      on conflict (account_id) do nothing""";
  private static final String RELEASE = "delete from account_quarantine where account_id = $1";
  private static final String MARKS =
      "select account_id, seq, next_offset from relay_mark where account_id = any($1)";
  private static final String SAVE_MARKS =
      """
      insert into relay_mark (account_id, seq, partition, next_offset)
      select m.account_id, m.seq, m.partition, m.next_offset
        from unnest($1::text[], $2::bigint[], $3::int[], $4::bigint[]) as m(account_id, seq, partition, next_offset)
      on conflict (account_id) do update
         set seq = excluded.seq, partition = excluded.partition, next_offset = excluded.next_offset""";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * How far an account was seen published.
   *
   * @param nextOffset where to go on reading its partition of the topic
   */
  public record Mark(AccountId accountId, long seq, int partition, long nextOffset) {}

  private final Pool postgres;

  @Inject
  OwnershipRepository(Pool postgres) {
    this.postgres = postgres;
  }

  public Uni<Void> claim(int partition, String ownerUrl) {
    return postgres
        .preparedQuery(CLAIM)
        .execute(Tuple.of(new Integer[] {partition}, ownerUrl))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .replaceWithVoid();
  }

  /** Where the owner of a partition answers; null: nobody ever owned it. */
  public Uni<@Nullable String> owner(int partition) {
    return postgres
        .preparedQuery(OWNER)
        .execute(Tuple.of(partition))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(
            rows -> {
              var all = rows.iterator();
              return all.hasNext() ? all.next().getString(0) : null;
            });
  }

  /** The quarantined ones among these accounts, with the reason. */
  public Uni<Map<AccountId, String>> quarantines(List<AccountId> accounts) {
    return postgres
        .preparedQuery(QUARANTINES)
        .execute(Tuple.of((Object) names(accounts)))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(
            rows -> {
              var found = new HashMap<AccountId, String>();
              for (var row : rows) found.put(new AccountId(row.getString(0)), row.getString(1));
              return found;
            });
  }

  public Uni<Void> quarantine(AccountId account, String reason) {
    return postgres
        .preparedQuery(QUARANTINE)
        .execute(Tuple.of(account.value(), reason))
        .replaceWithVoid();
  }

  public Uni<Void> release(AccountId account) {
    return postgres.preparedQuery(RELEASE).execute(Tuple.of(account.value())).replaceWithVoid();
  }

  public Uni<Map<AccountId, Mark>> marks(int partition, List<AccountId> accounts) {
    return postgres
        .preparedQuery(MARKS)
        .execute(Tuple.of((Object) names(accounts)))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(
            rows -> {
              var found = new HashMap<AccountId, Mark>();
              for (var row : rows) {
                var id = new AccountId(row.getString(0));
                found.put(id, new Mark(id, row.getLong(1), partition, row.getLong(2)));
              }
              return found;
            });
  }

  public Uni<Void> save(List<Mark> marks) {
    if (marks.isEmpty()) return Uni.createFrom().voidItem();
    return postgres
        .preparedQuery(SAVE_MARKS)
        .execute(
            Tuple.of(
                marks.stream().map(m -> m.accountId().value()).toArray(String[]::new),
                marks.stream().map(Mark::seq).toArray(Long[]::new),
                marks.stream().map(Mark::partition).toArray(Integer[]::new),
                marks.stream().map(Mark::nextOffset).toArray(Long[]::new)))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .replaceWithVoid();
  }

  private static String[] names(List<AccountId> accounts) {
    return accounts.stream().map(AccountId::value).toArray(String[]::new);
  }
}
