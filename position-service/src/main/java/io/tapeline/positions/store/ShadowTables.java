package io.tapeline.positions.store;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.contract.RoundTripRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.BatchFold.Change;
import io.tapeline.positions.domain.Fill;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tables once more, in a schema of their own: filled from the tape alone, with the statements
 * that fill the live ones, and held against a copy of those that was taken at one moment. Whoever
 * uses it waits; one at a time in the whole installation.
 */
@ApplicationScoped
public class ShadowTables {
  private static final String LIVE = "position_service";
  private static final String SHADOW = "position_service_shadow";
  private static final List<String> TABLES =
      List.of("account_fold", "position", "fill", "trade", "risk_event");

  /** Of the live tables alone: which round trips Kafka may not have yet. */
  private static final String TELLING = "trade_telling";

  /** Any number, as long as nobody else locks it. */
  private static final long LOCK = 5_2023_0117L;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String COPIED_ACCOUNT =
      """
      select account_id, seq, trading_state, rule_state, orders::text as orders, risk::text as risk,
             trading_day, day_start_realized, day_start_unrealized, day_start_fees,
             quarantine_seq, quarantine_reason, quarantine_detail, quarantine_at
      from position_service_shadow.live_account_fold""";
  private static final String ORDERS =
      """
      insert into order_row (cl_ord_id, seq, body)
      select distinct on (1) r.body -> 'order' ->> 'clOrdId', (r.body ->> 'seq')::bigint, r.body -> 'order'
      from (select unnest($1::text[])::jsonb as body) r
      where jsonb_typeof(r.body -> 'order') = 'object' order by 1, 2 desc
      on conflict (cl_ord_id) do update set seq = excluded.seq, body = excluded.body where excluded.seq > order_row.seq""";
  private static final String ORDERS_HASH =
      """
      select count(*), coalesce(sum(hashtextextended(body::text, 0)), 0)::text from order_row""";
  private static final String RISK_LINES =
      """
      insert into risk_event (account_id, no, at, body)
      select $1, r.no, now(), r.body::jsonb from unnest($2::bigint[], $3::text[]) as r(no, body) on conflict do nothing""";
  private static final String TOLD_TRADES =
      """
      insert into told_trade (trade_id, seq, body)
      select distinct on (1) r.body ->> 'tradeId', (r.body ->> 'seq')::bigint, r.body
      from (select unnest($1::text[])::jsonb as body) r order by 1, 2 desc
      on conflict (trade_id) do update set seq = excluded.seq, body = excluded.body where excluded.seq >= told_trade.seq""";

  private final Pool postgres;

  @Inject
  ShadowTables(Pool postgres) {
    this.postgres = postgres;
  }

  /** Null while somebody else uses it. Fails where the database has no such schema. */
  public @Nullable Session open() {
    var connection = await(postgres.getConnection());
    try {
      var locked =
          await(
              connection
                  .preparedQuery("select pg_try_advisory_lock($1)")
                  .execute(Tuple.of(LOCK))
                  .map(rows -> rows.iterator().next().getBoolean(0)));
      if (!locked) {
        await(connection.close());
        return null;
      }
      var session = new Session(connection);
      session.create();
      return session;
    } catch (RuntimeException e) {
      await(connection.close());
      throw e;
    }
  }

  private static <T extends @Nullable Object> T await(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }

  /** One use of the shadow. */
  public static final class Session implements AutoCloseable {
    private final SqlConnection connection;

    private Session(SqlConnection connection) {
      this.connection = connection;
    }

    /** Made anew each time, so that they are as the migrations left the live ones. */
    private void create() {
      for (var table : TABLES) {
        run("drop table if exists %s.%s, %s.live_%s".formatted(SHADOW, table, SHADOW, table));
        run(
            "create unlogged table %s.%s (like %s.%s including defaults including constraints including indexes)"
                .formatted(SHADOW, table, LIVE, table));
        run("create unlogged table %s.live_%s (like %s.%s)".formatted(SHADOW, table, LIVE, table));
      }
      run("drop table if exists %s.live_%s".formatted(SHADOW, TELLING));
      run(
          "create unlogged table %s.live_%s (like %s.%s)"
              .formatted(SHADOW, TELLING, LIVE, TELLING));
      run("drop table if exists %s.order_row, %s.told_trade".formatted(SHADOW, SHADOW));
      run(
          "create unlogged table %s.order_row (cl_ord_id text primary key, seq bigint not null, body jsonb not null)"
              .formatted(SHADOW));
      run(
          "create unlogged table %s.told_trade (trade_id text primary key, seq bigint not null, body jsonb not null)"
              .formatted(SHADOW));
    }

    private void run(String sql) {
      await(connection.query(sql).execute());
    }

    /** Copies an account's live rows, all of one moment, and forgets what was there before. */
    public AccountState copy(AccountId accountId) {
      var emptied = new ArrayList<String>(List.of(SHADOW + ".order_row", SHADOW + ".told_trade"));
      for (var table : TABLES) {
        emptied.add(SHADOW + "." + table);
        emptied.add(SHADOW + ".live_" + table);
      }
      emptied.add(SHADOW + ".live_" + TELLING);
      run("truncate " + String.join(", ", emptied));
      return transaction(
          "set transaction isolation level repeatable read",
          () -> {
            Uni<Void> done = Uni.createFrom().voidItem();
            var copied = new ArrayList<>(TABLES);
            copied.add(TELLING);
            for (var table : copied)
              done =
                  done.chain(
                      () ->
                          connection
                              .preparedQuery(
                                  "insert into %s.live_%s select * from %s.%s where account_id = $1"
                                      .formatted(SHADOW, table, LIVE, table))
                              .execute(Tuple.of(accountId.value()))
                              .replaceWithVoid());
            return done.chain(
                () ->
                    connection
                        .query(COPIED_ACCOUNT)
                        .execute()
                        .map(
                            rows ->
                                rows.size() == 0
                                    ? AccountState.empty(accountId)
                                    : FoldRows.state(rows.iterator().next(), new TreeMap<>())));
          });
    }

    /** Fails with {@link BookedTwiceException} as the live tables do. */
    public void commit(List<Change> changes, List<RoundTripRow> trades) {
      if (changes.isEmpty()) return;
      inShadow(() -> FoldTables.write(connection, changes, trades));
    }

    public List<Fill> standing(AccountId accountId, Set<Symbol> symbols) {
      return inShadow(() -> FoldTables.standing(connection, accountId, symbols));
    }

    /** Takes the rows of orders out of lines of the journal; the highest seq of an order counts. */
    public void orders(List<String> lines) {
      if (!lines.isEmpty()) insert(ORDERS, Tuple.of(lines.toArray(String[]::new)));
    }

    public void riskLines(AccountId accountId, List<RiskEventRecord> lines) {
      insert(
          RISK_LINES,
          Tuple.of(
              accountId.value(),
              lines.stream().map(RiskEventRecord::no).toArray(Long[]::new),
              lines.stream().map(FoldRows::text).toArray(String[]::new)));
    }

    public void toldTrades(List<RoundTripRow> rows) {
      insert(TOLD_TRADES, Tuple.of(rows.stream().map(FoldRows::text).toArray(String[]::new)));
    }

    private void insert(String sql, Tuple values) {
      inShadow(() -> connection.preparedQuery(sql).execute(values));
    }

    public Orders ordersHash() {
      return inShadow(
          () ->
              connection
                  .query(ORDERS_HASH)
                  .execute()
                  .map(rows -> rows.iterator().next())
                  .map(row -> new Orders(row.getLong(0), row.getString(1))));
    }

    /** How many lines the copy of the risk journal has. */
    public long copiedRiskLines() {
      return inShadow(
          () ->
              connection
                  .query("select coalesce(max(no), 0) from live_risk_event")
                  .execute()
                  .map(rows -> rows.iterator().next().getLong(0)));
    }

    /** Row by row: what the tape makes of it against the copy. */
    public Compared compare(ShadowView view, int mostExamples) {
      return inShadow(
          () ->
              connection
                  .query(view.counts())
                  .execute()
                  .map(rows -> rows.iterator().next())
                  .chain(
                      counts ->
                          connection
                              .query(view.examples(mostExamples))
                              .execute()
                              .map(
                                  rows ->
                                      compared(
                                          view,
                                          counts,
                                          rows.stream()
                                              .map(
                                                  row ->
                                                      "%s %s: tape %s, table %s"
                                                          .formatted(
                                                              view.title(),
                                                              row.getString(0),
                                                              row.getString(1),
                                                              row.getString(2)))
                                              .toList()))));
    }

    private static Compared compared(ShadowView view, Row counts, List<String> examples) {
      return new Compared(
          view.title(),
          counts.getLong(0),
          counts.getLong(1),
          counts.getString(2),
          counts.getString(3),
          counts.getLong(4),
          examples);
    }

    private <T extends @Nullable Object> T inShadow(Supplier<Uni<T>> work) {
      return transaction("set local search_path = " + SHADOW, work);
    }

    private <T extends @Nullable Object> T transaction(String setting, Supplier<Uni<T>> work) {
      return await(
          connection
              .begin()
              .chain(
                  tx ->
                      connection
                          .query(setting)
                          .execute()
                          .chain(_ -> work.get())
                          .call(tx::commit)
                          .onFailure()
                          .call(() -> tx.rollback().onFailure().recoverWithNull())));
    }

    @Override
    public void close() {
      try {
        run("select pg_advisory_unlock(%d)".formatted(LOCK));
      } finally {
        await(connection.close());
      }
    }
  }

  /**
   * The newest rows of all orders.
   *
   * @param hash as order-service makes it of its own
   */
  public record Orders(long rows, String hash) {}

  /**
   * What a comparison of one kind of rows found.
   *
   * @param examples of the differences, in words
   */
  public record Compared(
      String rows,
      long onTape,
      long inTable,
      String tapeHash,
      String tableHash,
      long different,
      List<String> examples) {}
}
