package io.tapeline.bridge.absence.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What all bridges together know of who is there. Only the database's clock counts, and only users
 * whose setting is on have a row.
 */
@ApplicationScoped
public class PresenceStore {
  /** A row per user whose setting is on. What other settings hold must not be read as this one. */
  private static final String WANTED =
      """
      (select user_name, (body::json ->> 'graceSeconds')::int as grace
         from setting where name = 'cancel-on-disconnect'
          and case when name = 'cancel-on-disconnect' then (body::json ->> 'on')::boolean end)""";

  private static final String HEARD =
      """
      insert into presence (user_name, heard_at)
      select w.user_name, now() - h.silent * interval '1 second'
        from unnest($1::text[], $2::float8[]) as h(user_name, silent) join"""
          + WANTED
          + """
      as w on w.user_name = h.user_name and h.silent <= w.grace
      on conflict (user_name)
      do update set heard_at = greatest(presence.heard_at, excluded.heard_at)""";

  /** What was heard before the setting was turned off means nothing once it is on again. */
  private static final String FORGET =
      "delete from presence where user_name not in (select user_name from " + WANTED + " as w)";

  private static final String CLAIM =
      """
      update presence p set claimed_until = now() + interval '10 seconds'
        from"""
          + WANTED
          + """
      as w, desk_user u
       where w.user_name = p.user_name and u.name = p.user_name and u.scope in ('trade', 'admin')
         and p.heard_at < now() - w.grace * interval '1 second' and w.grace <= $1::float8
         and (p.claimed_until is null or p.claimed_until < now())
      returning p.user_name, p.heard_at,
        array(select account_id from account_grant g where g.user_name = p.user_name)""";

  private static final String FAILED =
      """
      update presence set claimed_until = now() + interval '1 second'
       where user_name = $1 and heard_at = $2""";

  private static final String DONE =
      """
      delete from presence where user_name = $1 and heard_at = $2""";

  private final Pool postgres;

  @Inject
  PresenceStore(Pool postgres) {
    this.postgres = postgres;
  }

  /**
   * Somebody who has been away for longer than they wanted to be.
   *
   * @param heardAt when they were last heard
   * @param accounts that they may trade
   */
  public record Absent(String user, OffsetDateTime heardAt, List<String> accounts) {}

  /**
   * Says who is there, and forgets who need not be watched. Who was silent for longer than their
   * grace is not there, and is not watched before they come again.
   *
   * @param silentSeconds since each was heard
   */
  public Uni<Void> heard(Map<String, Double> silentSeconds) {
    var heard = List.copyOf(silentSeconds.entrySet());
    return postgres
        .preparedQuery(HEARD)
        .execute(
            Tuple.of(
                heard.stream().map(Map.Entry::getKey).toArray(String[]::new),
                heard.stream().map(Map.Entry::getValue).toArray(Double[]::new)))
        .chain(() -> postgres.query(FORGET).execute())
        .replaceWithVoid();
  }

  /**
   * Who is due; for ten seconds no other bridge gets the same answer.
   *
   * @param watchedSeconds whoever wants a longer grace than this is not among them
   */
  public Uni<List<Absent>> claim(double watchedSeconds) {
    return postgres
        .preparedQuery(CLAIM)
        .execute(Tuple.of(watchedSeconds))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PresenceStore::absent)
                    .toList());
  }

  /** Their orders are canceled; nothing more is due until they have been here again. */
  public Uni<Void> done(Absent absent) {
    return postgres
        .preparedQuery(DONE)
        .execute(Tuple.of(absent.user(), absent.heardAt()))
        .replaceWithVoid();
  }

  /** Not all were canceled: due again in a second. */
  public Uni<Void> failed(Absent absent) {
    return postgres
        .preparedQuery(FAILED)
        .execute(Tuple.of(absent.user(), absent.heardAt()))
        .replaceWithVoid();
  }

  private static Absent absent(Row row) {
    return new Absent(
        row.getString(0), row.getOffsetDateTime(1), List.of(row.getArrayOfStrings(2)));
  }
}
