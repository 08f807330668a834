package io.tapeline.orders.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The journal of every account. Append-only; also the outbox the relay publishes from. */
@ApplicationScoped
public class AccountJournal {
  private static final String AFTER =
      "select seq, batch_id, body from account_event where account_id = $1 and seq > $2 order by seq limit $3";
  private static final String OF_ORDERS =
      "select seq, batch_id, body from account_event where account_id = $1 and cl_ord_id = any($2) order by seq";
  private static final String LAST_SEQS =
      """
      select a.id, e.seq from unnest($1::text[]) as a(id),
        lateral (select seq from account_event where account_id = a.id order by seq desc limit 1) e""";
  private static final String COMMANDS =
      """
      select c.command_id, c.fingerprint, coalesce(c.answer, '{"kind":"row","row":' || (e.body::json ->> 'order') || '}')
        from command c left join account_event e on e.account_id = c.account_id and e.seq = c.row_seq
       where c.account_id = $1 and c.command_id = any($2)""";
  private static final String COMMITTED =
      "select batch_id from command where account_id = $1 and batch_id = any($2) and command_id = any($3)";
  private static final String EXECUTIONS =
      "select exec_id from exec_id where account_id = $1 and exec_id = any($2)";
  private static final String ROW =
      "select body from order_row where account_id = $1 and cl_ord_id = $2";
  private static final String FILLS =
      """
      select e.seq, e.batch_id, e.body from exec_id x join account_event e on e.account_id = x.account_id and e.seq = x.seq
       where x.account_id = $1 and x.seq < $2
         and ($4::text is null or e.body::jsonb -> 'event' ->> 'symbol' = $4)
         and ($5::text is null or e.body::jsonb -> 'order' ->> 'strategy' = $5)
         and ($6::timestamptz is null or coalesce(e.body::jsonb ->> 'venueTime', e.body::jsonb ->> 'at')::timestamptz >= $6)
         and ($7::timestamptz is null or coalesce(e.body::jsonb ->> 'venueTime', e.body::jsonb ->> 'at')::timestamptz < $7)
       order by x.seq desc limit $3""";
  private static final String REVISIONS =
      """
      select seq, batch_id, body from account_event
       where account_id = $1 and cl_ord_id = any($2)
         and (body like '%"type":"FillBusted"%' or body like '%"type":"FillCorrected"%') order by seq""";
  private static final String ROWS_BESIDE_JOURNAL =
      """
      with newest as (
        select distinct on (e.cl_ord_id) e.cl_ord_id, e.body::jsonb -> 'order' as body
          from account_event e
         where e.account_id = $1 and e.seq <= $2 and e.cl_ord_id is not null and e.body::jsonb -> 'order' is not null
         order by e.cl_ord_id, e.seq desc
      ), now as (
        select cl_ord_id, seq, body::jsonb as body from order_row where account_id = $1
      )
      select count(*) filter (where r.body is distinct from n.body),
             coalesce(sum(hashtextextended(r.body::text, 0)), 0)::text,
             coalesce(sum(hashtextextended(n.body::text, 0)), 0)::text,
             (select count(*) from newest),
             (select coalesce(sum(hashtextextended(body::text, 0)), 0)::text from newest)
        from newest n full join now r on r.cl_ord_id = n.cl_ord_id
       where coalesce(r.seq, 0) <= $2""";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** An event as it was written. */
  public record Stored(long seq, UUID batchId, String body) {}

  /**
   * Which executions; null: whatever it is.
   *
   * @param strategy tag of the order
   * @param from venue time at or after; {@code to}: before
   */
  public record FillFilter(
      @Nullable String symbol,
      @Nullable String strategy,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /** A command as it was first answered. */
  public record Answered(String fingerprint, String answer) {}

  private final Pool postgres;
  private final MeterRegistry meters;
  private final GroupCommit commits;

  @Inject
  AccountJournal(Pool postgres, MeterRegistry meters) {
    this.postgres = postgres;
    this.meters = meters;
    commits =
        new GroupCommit(batches -> run(Append.SQL, Append.parameters(batches)).replaceWithVoid());
  }

  /**
   * Writes all of it, or nothing; together with what other accounts write meanwhile.
   *
   * @return fails with {@link JournalConflictException} when something in it is not new; after any
   *     other failure it is not known whether it was written
   */
  public Uni<Void> append(Batch batch) {
    if (batch.isEmpty()) return Uni.createFrom().voidItem();
    return commits.commit(batch);
  }

  /** The next events of an account after a seq, oldest first. */
  public Uni<List<Stored>> after(AccountId account, long seq, int limit) {
    return read("tail", AFTER, Tuple.of(account.value(), seq, limit)).map(AccountJournal::stored);
  }

  /** Every event that names one of these orders, oldest first. */
  public Uni<List<Stored>> ofOrders(AccountId account, Collection<String> clOrdIds) {
    return read("orders", OF_ORDERS, Tuple.of(account.value(), clOrdIds.toArray(String[]::new)))
        .map(AccountJournal::stored);
  }

  /** The newest seq of each of these accounts that has one. */
  public Uni<Map<AccountId, Long>> lastSeqs(Collection<AccountId> accounts) {
    return read(
            "last-seqs",
            LAST_SEQS,
            Tuple.of((Object) accounts.stream().map(AccountId::value).toArray(String[]::new)))
        .map(
            rows -> {
              var seqs = new HashMap<AccountId, Long>();
              for (var row : rows) seqs.put(new AccountId(row.getString(0)), row.getLong(1));
              return seqs;
            });
  }

  /** The first answers to those of these commands that were ever answered. */
  public Uni<Map<String, Answered>> answers(AccountId account, Collection<String> commandIds) {
    return read("answers", COMMANDS, Tuple.of(account.value(), commandIds.toArray(String[]::new)))
        .map(
            rows -> {
              var answers = new HashMap<String, Answered>();
              for (var row : rows)
                answers.put(row.getString(0), new Answered(row.getString(1), row.getString(2)));
              return answers;
            });
  }

  /** Which of these batches are in the journal, told by the commands they answer. */
  public Uni<Set<UUID>> committed(
      AccountId account, Collection<UUID> batches, Collection<String> commandIds) {
    return read(
            "batches",
            COMMITTED,
            Tuple.of(
                account.value(), batches.toArray(UUID[]::new), commandIds.toArray(String[]::new)))
        .map(
            rows -> {
              var found = new HashSet<UUID>();
              for (var row : rows) found.add(row.getUUID(0));
              return found;
            });
  }

  /** Which of these executions are booked. */
  public Uni<Set<String>> booked(AccountId account, Collection<String> execIds) {
    return read("executions", EXECUTIONS, Tuple.of(account.value(), execIds.toArray(String[]::new)))
        .map(
            rows -> {
              var found = new HashSet<String>();
              for (var row : rows) found.add(row.getString(0));
              return found;
            });
  }

  /** The newest row of an order; null: there is none. */
  public Uni<@Nullable String> row(AccountId account, String clOrdId) {
    return read("row", ROW, Tuple.of(account.value(), clOrdId))
        .map(
            rows -> {
              var all = rows.iterator();
              return all.hasNext() ? all.next().getString(0) : null;
            });
  }

  /** Executions before a seq, newest first. */
  public Uni<List<Stored>> fills(AccountId account, FillFilter filter, long before, int limit) {
    return read(
            "fills",
            FILLS,
            Tuple.tuple()
                .addString(account.value())
                .addLong(before)
                .addInteger(limit)
                .addString(filter.symbol())
                .addString(filter.strategy())
                .addOffsetDateTime(utc(filter.from()))
                .addOffsetDateTime(utc(filter.to())))
        .map(AccountJournal::stored);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }

  /** What the venue took back or corrected of these orders, oldest first. */
  public Uni<List<Stored>> revisions(AccountId account, Collection<String> clOrdIds) {
    if (clOrdIds.isEmpty()) return Uni.createFrom().item(List.of());
    return read("revisions", REVISIONS, Tuple.of(account.value(), clOrdIds.toArray(String[]::new)))
        .map(AccountJournal::stored);
  }

  /**
   * The query table beside the journal, up to a seq.
   *
   * @param unlike rows that are missing, or are not what the journal says last of their order
   * @param rowsHash of the table, whatever the order of its rows
   * @param journalHash of what the table should hold
   */
  public record Compared(
      long unlike, String rowsHash, String journalHash, long orders, String ordersHash) {}

  public Uni<Compared> rowsBesideJournal(AccountId account, long upTo) {
    return postgres
        .preparedQuery(ROWS_BESIDE_JOURNAL)
        .execute(Tuple.of(account.value(), upTo))
        .map(RowSet::iterator)
        .map(RowIterator::next)
        .map(
            row ->
                new Compared(
                    row.getLong(0),
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getString(4)));
  }

  /** Counted by what is asked: a command of a known account asks nothing. */
  private Uni<RowSet<Row>> read(String what, String sql, Tuple parameters) {
    return Uni.createFrom()
        .deferred(
            () -> {
              meters.counter("orders.journal.reads", "what", what).increment();
              return run(sql, parameters);
            });
  }

  private Uni<RowSet<Row>> run(String sql, Tuple parameters) {
    return postgres.preparedQuery(sql).execute(parameters).ifNoItem().after(PATIENCE).fail();
  }

  private static List<Stored> stored(RowSet<Row> rows) {
    var events = new ArrayList<Stored>(rows.size());
    for (var row : rows) events.add(new Stored(row.getLong(0), row.getUUID(1), row.getString(2)));
    return events;
  }
}
