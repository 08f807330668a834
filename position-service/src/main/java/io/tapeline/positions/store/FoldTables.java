package io.tapeline.positions.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tapeline.contract.RoundTripRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.BatchFold.Change;
import io.tapeline.positions.domain.DayStart;
import io.tapeline.positions.domain.Fill;
import io.tapeline.positions.store.TradeTable.Telling;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is folded of each account. State and consumed seq are written in one transaction, and only
 * by whoever finds the seq it folded on: that makes the effect of every line exactly once, however
 * often Kafka delivers it and however many replicas believe they own the account.
 */
@ApplicationScoped
public class FoldTables {
  static final String ENSURE =
      """
      insert into account_fold (account_id) select unnest($1::text[]) on conflict do nothing""";
  private static final String ACCOUNTS =
      """
      select account_id, seq, trading_state, rule_state, orders::text as orders, risk::text as risk,
             trading_day, day_start_realized, day_start_unrealized, day_start_fees,
             quarantine_seq, quarantine_reason, quarantine_detail, quarantine_at
      from account_fold where account_id = any($1)""";
  private static final String POSITIONS =
      """
      select account_id, symbol, tick_size, tick_value, currency,
             net_qty, cash_ticks, realized_ticks, fees, fills, lots::text as lots, tally::text as tally, reported_pnl
      from position where account_id = any($1)""";
  private static final String OPEN_FILLS =
      """
      select f.account_id, f.seq, f.place, f.exec_id, f.cl_ord_id, f.symbol, f.side, f.last_qty, f.px_ticks,
             f.fee, f.at, f.venue_time, f.strategy, f.reported_pnl
      from position p cross join lateral jsonb_array_elements(p.lots) as l
      cross join lateral (
        select * from fill where account_id = p.account_id and seq = (l ->> 0)::bigint and place = seq
        union all
        select * from fill
        where account_id = p.account_id and symbol = p.symbol and place = (l ->> 0)::bigint and place <> seq) as f
      where p.account_id = any($1) and f.symbol = p.symbol and f.reversed_seq is null""";
  private static final String ADVANCE =
      """
      update account_fold f
      set seq = r.seq, trading_state = r.trading_state, rule_state = r.rule_state, orders = coalesce(r.orders::jsonb, f.orders),
          trading_day = r.trading_day, day_start_realized = r.day_start_realized,
          day_start_unrealized = r.day_start_unrealized, day_start_fees = r.day_start_fees,
          quarantine_seq = r.quarantine_seq, quarantine_reason = r.quarantine_reason,
          quarantine_detail = r.quarantine_detail, quarantine_at = r.quarantine_at, updated_at = now()
      from jsonb_to_recordset($1::text::jsonb) as r(
        account_id text, previous bigint, seq bigint, trading_state text, rule_state text, orders text, trading_day date,
        day_start_realized numeric, day_start_unrealized numeric, day_start_fees numeric,
        quarantine_seq bigint, quarantine_reason text, quarantine_detail text, quarantine_at timestamptz)
      where f.account_id = r.account_id and f.seq = r.previous and f.quarantine_seq is null""";
  private static final String UPSERT_POSITIONS =
      """
      insert into position (account_id, symbol, tick_size, tick_value, currency,
                            net_qty, cash_ticks, realized_ticks, fees, fills, lots, tally, reported_pnl)
      select account_id, symbol, tick_size, tick_value, currency,
             net_qty, cash_ticks, realized_ticks, fees, fills, lots, tally, reported_pnl
      from jsonb_to_recordset($1::text::jsonb) as r(
        account_id text, symbol text, tick_size numeric, tick_value numeric, currency text,
        net_qty bigint, cash_ticks bigint, realized_ticks bigint, fees numeric, fills bigint, lots jsonb, tally jsonb,
        reported_pnl numeric)
      on conflict (account_id, symbol) do update
      set net_qty = excluded.net_qty, cash_ticks = excluded.cash_ticks,
          realized_ticks = excluded.realized_ticks, fees = excluded.fees,
          fills = excluded.fills, lots = excluded.lots, tally = excluded.tally,
          reported_pnl = excluded.reported_pnl""";
  private static final String INSERT_FILLS =
      """
      insert into fill (account_id, seq, place, exec_id, cl_ord_id, symbol, side, last_qty, px_ticks, fee, at, venue_time, strategy,
                        reported_pnl)
      select account_id, seq, place, exec_id, cl_ord_id, symbol, side, last_qty, px_ticks, fee::numeric, at, venue_time, strategy,
             reported_pnl::numeric
      from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[],
                  $10::text[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::text[]) as r(
        account_id, seq, place, exec_id, cl_ord_id, symbol, side, last_qty, px_ticks, fee, at, venue_time, strategy, reported_pnl)
      on conflict do nothing""";
  private static final String DOUBLES =
      """
      with r as (select * from unnest($1::text[], $2::text[], $3::bigint[]) as r(account_id, exec_id, seq))
      select r.account_id, r.exec_id
      from r join fill f on f.account_id = r.account_id and f.exec_id = r.exec_id
       and (f.seq <> r.seq or f.xmin <> pg_current_xact_id()::xid)
      union
      select r.account_id, r.exec_id
      from r join fill f on f.account_id = r.account_id and f.seq = r.seq and f.exec_id <> r.exec_id""";
  private static final String REVERSE_FILLS =
      """
      update fill f set reversed_seq = r.seq
      from jsonb_to_recordset($1::text::jsonb) as r(account_id text, seq bigint, exec_id text)
      where f.account_id = r.account_id and f.exec_id = r.exec_id and f.reversed_seq is null""";
  private static final String STANDING =
      """
      select seq, place, exec_id, cl_ord_id, symbol, side, last_qty, px_ticks, fee, at, venue_time, strategy, reported_pnl
      from fill where account_id = $1 and symbol = any($2) and reversed_seq is null""";
  private static final String START_DAY =
      """
      update account_fold
      set trading_day = $3, day_start_realized = $4, day_start_unrealized = $5, day_start_fees = $6,
          updated_at = now()
      where account_id = $1 and seq = $2 and (trading_day is null or trading_day < $3)""";
  private static final String EMPTY =
      """
      update account_fold
      set seq = 0, trading_state = 'ACTIVE', rule_state = 'ACTIVE', orders = '[]', quarantine_seq = null, quarantine_reason = null,
          quarantine_detail = null, quarantine_at = null, updated_at = now()
      where account_id = any($1)""";
  private static final String OTHERS =
      """
      select f.account_id, p.symbol from account_fold f left join position p on p.account_id = f.account_id
      where f.account_id <> all($1)""";
  private static final String FILLS =
      """
      select seq, exec_id, reversed_seq from fill where account_id = $1 order by seq""";

  private final Pool postgres;

  @Inject
  FoldTables(Pool postgres) {
    this.postgres = postgres;
  }

  /** Accounts as they are folded, all of one moment; those never seen are empty. */
  public Uni<Map<AccountId, AccountState>> load(Collection<AccountId> accountIds) {
    if (accountIds.isEmpty()) return Uni.createFrom().item(Map.of());
    var ids = Tuple.of(accountIds.stream().map(AccountId::value).toArray(String[]::new));
    return postgres.withTransaction(
        tx ->
            tx.query("set transaction isolation level repeatable read, read only")
                .execute()
                .chain(() -> tx.preparedQuery(ACCOUNTS).execute(ids))
                .chain(
                    accounts ->
                        tx.preparedQuery(POSITIONS)
                            .execute(ids)
                            .chain(
                                positions ->
                                    tx.preparedQuery(OPEN_FILLS)
                                        .execute(ids)
                                        .map(
                                            open ->
                                                states(accountIds, accounts, positions, open)))));
  }

  private static Map<AccountId, AccountState> states(
      Collection<AccountId> accountIds,
      RowSet<Row> accounts,
      RowSet<Row> positions,
      RowSet<Row> open) {
    var byAccount = new HashMap<AccountId, AccountState>();
    for (var accountId : accountIds) byAccount.put(accountId, AccountState.empty(accountId));
    var positionsByAccount = FoldRows.positions(positions, FoldRows.byPlace(open));
    for (var row : accounts) {
      var state =
          FoldRows.state(
              row,
              positionsByAccount.getOrDefault(
                  new AccountId(row.getString("account_id")), new TreeMap<>()));
      byAccount.put(state.accountId(), state);
    }
    return byAccount;
  }

  /**
   * Commits what a batch does, all of it or nothing.
   *
   * @param trades its round trips
   * @return the round trips as they are to be told; fails with {@link StaleFoldException} when an
   *     account is not where it was folded on, and with {@link BookedTwiceException} when an
   *     execution is booked already
   */
  public Uni<List<Telling>> commit(List<Change> changes, List<RoundTripRow> trades) {
    if (changes.isEmpty()) return Uni.createFrom().item(List.of());
    return postgres.withTransaction(
        tx -> {
          var made = madeBy(changes, trades);
          if (made.isEmpty()) return write(tx, changes, trades).replaceWith(List.of());
          return Uni.combine()
              .all()
              .unis(write(tx, changes, trades), TradeTable.tell(tx, made))
              .with(FoldTables::tellings);
        });
  }

  /** The lines of this batch, of the accounts in which they made round trips. */
  private static List<TradeTable.Lines> madeBy(List<Change> changes, List<RoundTripRow> trades) {
    var accountIds = trades.stream().map(RoundTripRow::accountId).collect(Collectors.toSet());
    return changes.stream()
        .filter(change -> accountIds.contains(change.after().accountId().value()))
        .map(
            change ->
                new TradeTable.Lines(
                    change.after().accountId(),
                    change.before().fold().seq() + 1,
                    change.after().fold().seq()))
        .toList();
  }

  private static List<Telling> tellings(
      Map<AccountId, List<byte[]>> written, Map<AccountId, Long> numbers) {
    return numbers.entrySet().stream()
        .map(
            number ->
                new Telling(
                    number.getKey(),
                    number.getValue(),
                    written.getOrDefault(number.getKey(), List.of())))
        .toList();
  }

  /**
   * As {@link #commit}, in a transaction under way and in whatever schema that looks at. Sent
   * together and done in this order: the first that fails takes all of it back.
   */
  static Uni<Map<AccountId, List<byte[]>>> write(
      SqlConnection tx, List<Change> changes, List<RoundTripRow> trades) {
    var sent = new ArrayList<Uni<?>>();
    var first = changes.stream().filter(change -> change.before().fold().seq() == 0).toList();
    if (!first.isEmpty())
      sent.add(
          tx.preparedQuery(ENSURE)
              .execute(
                  Tuple.of(
                      first.stream()
                          .map(change -> change.after().accountId().value())
                          .toArray(String[]::new))));
    sent.add(
        tx.preparedQuery(ADVANCE)
            .execute(json(FoldRows.accounts(changes)))
            .invoke(
                advanced -> {
                  if (advanced.rowCount() != changes.size())
                    throw new StaleFoldException(changes.size() - advanced.rowCount());
                }));
    var positions = FoldRows.changedPositions(changes);
    if (!positions.isEmpty()) sent.add(tx.preparedQuery(UPSERT_POSITIONS).execute(json(positions)));
    var fills = FoldRows.fills(changes);
    if (!fills.isEmpty())
      sent.add(
          tx.preparedQuery(INSERT_FILLS)
              .execute(FoldRows.columns(fills))
              .call(
                  inserted ->
                      inserted.rowCount() == fills.size()
                          ? Uni.createFrom().voidItem()
                          : refuseDoubles(tx, fills)));
    // after the fills: a batch may take back what it books
    var reversals = FoldRows.reversals(changes);
    if (!reversals.isEmpty())
      sent.add(
          tx.preparedQuery(REVERSE_FILLS)
              .execute(json(reversals))
              .invoke(
                  reversed -> {
                    if (reversed.rowCount() != reversals.size())
                      throw new StaleFoldException(changes.size());
                  }));
    var written = new HashMap<AccountId, List<byte[]>>();
    if (!trades.isEmpty()) sent.add(TradeTable.write(tx, trades).invoke(written::putAll));
    return Uni.combine().all().unis(sent).discardItems().map(_ -> written);
  }

  /**
   * What kept some of these out: another line or transaction has booked the execution, or another
   * execution under the line.
   */
  private static Uni<Void> refuseDoubles(SqlConnection tx, List<FoldRows.FillColumns> fills) {
    return tx.preparedQuery(DOUBLES)
        .execute(
            Tuple.of(
                fills.stream().map(FoldRows.FillColumns::account_id).toArray(String[]::new),
                fills.stream().map(FoldRows.FillColumns::exec_id).toArray(String[]::new),
                fills.stream().map(FoldRows.FillColumns::seq).toArray(Long[]::new)))
        .map(
            rows -> {
              var doubles = new LinkedHashMap<AccountId, Set<ExecId>>();
              for (var row : rows)
                doubles
                    .computeIfAbsent(
                        new AccountId(row.getString("account_id")), _ -> new HashSet<>())
                    .add(new ExecId(row.getString("exec_id")));
              if (doubles.isEmpty())
                throw new IllegalStateException("fills were kept out by none that is booked");
              throw new BookedTwiceException(doubles);
            });
  }

  /** Notes where an account stands as a trading day begins; false when it has moved on. */
  public Uni<Boolean> startDay(AccountId accountId, long seq, DayStart day) {
    return postgres
        .preparedQuery(ENSURE)
        .execute(Tuple.of(new String[] {accountId.value()}))
        .chain(() -> startDayOf(accountId, seq, day));
  }

  private Uni<Boolean> startDayOf(AccountId accountId, long seq, DayStart day) {
    return postgres
        .preparedQuery(START_DAY)
        .execute(
            Tuple.of(
                accountId.value(),
                seq,
                day.tradingDay(),
                day.realized(),
                day.unrealized(),
                day.fees()))
        .map(updated -> updated.rowCount() == 1);
  }

  /** A contract of an account; null: of none it knows. */
  public record Held(AccountId accountId, @Nullable String symbol) {}

  /** What is kept of accounts that are not among these. */
  public Uni<List<Held>> othersThan(Collection<AccountId> accountIds) {
    return postgres
        .preparedQuery(OTHERS)
        .execute(Tuple.of(accountIds.stream().map(AccountId::value).toArray(String[]::new)))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Held(new AccountId(row.getString(0)), row.getString(1)))
                    .toList());
  }

  /** Forgets what is folded of accounts, so that their journals are folded from the first line. */
  public Uni<Void> empty(Collection<AccountId> accountIds) {
    var ids = Tuple.of(accountIds.stream().map(AccountId::value).toArray(String[]::new));
    return postgres.withTransaction(
        tx ->
            tx.preparedQuery("delete from fill where account_id = any($1)")
                .execute(ids)
                .chain(
                    () ->
                        tx.preparedQuery("delete from position where account_id = any($1)")
                            .execute(ids))
                .chain(
                    () ->
                        tx.preparedQuery("delete from trade where account_id = any($1) and voided")
                            .execute(ids))
                .chain(
                    () ->
                        tx.preparedQuery("delete from checkpoint where account_id = any($1)")
                            .execute(ids))
                .chain(() -> tx.preparedQuery(EMPTY).execute(ids))
                .replaceWithVoid());
  }

  /** The executions that stand, of these contracts of these accounts. */
  public Uni<Map<AccountId, List<Fill>>> standing(Map<AccountId, Set<Symbol>> contracts) {
    return Multi.createFrom()
        .iterable(contracts.entrySet())
        .onItem()
        .transformToUniAndConcatenate(
            entry ->
                standing(entry.getKey(), entry.getValue()).map(f -> Map.entry(entry.getKey(), f)))
        .collect()
        .asMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  private Uni<List<Fill>> standing(AccountId accountId, Set<Symbol> symbols) {
    return standing(postgres, accountId, symbols);
  }

  static Uni<List<Fill>> standing(SqlClient client, AccountId accountId, Set<Symbol> symbols) {
    return client
        .preparedQuery(STANDING)
        .execute(
            Tuple.of(accountId.value(), symbols.stream().map(Symbol::value).toArray(String[]::new)))
        .map(rows -> rows.stream().map(FoldRows::fill).toList());
  }

  /** An execution in the table. */
  public record BookedFill(ExecId execId, @Nullable Long reversedSeq) {}

  /** Which line booked which execution, in the order of the journal. */
  public Uni<Map<Long, BookedFill>> fills(AccountId accountId) {
    return postgres
        .preparedQuery(FILLS)
        .execute(Tuple.of(accountId.value()))
        .onItem()
        .transformToMulti(rows -> Multi.createFrom().iterable(rows))
        .collect()
        .in(
            LinkedHashMap::new,
            (fills, row) ->
                fills.put(
                    row.getLong("seq"),
                    new BookedFill(
                        new ExecId(row.getString("exec_id")), row.getLong("reversed_seq"))));
  }

  private static Tuple json(Object rows) {
    return Tuple.of(FoldRows.text(rows));
  }
}
