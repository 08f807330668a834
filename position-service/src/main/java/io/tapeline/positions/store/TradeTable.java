package io.tapeline.positions.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.Json;
import io.tapeline.contract.RoundTripRow;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.TradeFilter;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Closed round trips: written with the fold that closed them, told afterwards, read by pages. */
@ApplicationScoped
public class TradeTable {
  private static final String WRITE =
      """
      with written as (
        insert into trade (account_id, trade_id, seq, symbol, strategy, exit_seq, trading_day, exit_at, pnl, voided, told, body)
        select account_id, trade_id, seq, symbol, strategy, exit_seq, trading_day, exit_at, pnl::numeric, voided, true, body::jsonb
        from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::date[],
                    $8::timestamptz[], $9::text[], $10::boolean[], $11::text[]) as r(
          account_id, trade_id, seq, symbol, strategy, exit_seq, trading_day, exit_at, pnl, voided, body)
        on conflict (account_id, trade_id) do update
        set seq = excluded.seq, voided = excluded.voided, pnl = excluded.pnl, told = true,
            body = excluded.body || jsonb_strip_nulls(jsonb_build_object('mae', trade.body -> 'mae', 'mfe', trade.body -> 'mfe'))
        returning body, xmax <> 0 as was_there)
      select body::text as body from written where was_there""";
  private static final String TELL =
      """
      insert into trade_telling (account_id, from_seq, seq)
      select * from unnest($1::text[], $2::bigint[], $3::bigint[])
      returning account_id, no""";
  private static final String NOTE_OF_OTHERS =
      """
      with found as (
        update trade set told = true where account_id = any($1) and not told returning account_id, seq)
      insert into trade_telling (account_id, from_seq, seq) select distinct account_id, seq, seq from found""";
  private static final String UNTOLD =
      """
      with telling as (
        select account_id, no, from_seq, seq, sum(seq - from_seq + 1) over (order by account_id, no) as lines
        from trade_telling where account_id = any($1) and no <> all($2) order by account_id, no limit 1000)
      select g.account_id, g.no, t.body::text as body
      from telling g left join lateral (
        select body from trade
        where account_id = g.account_id and exit_seq between g.from_seq and g.seq and seq = exit_seq
        union all
        select body from trade
        where account_id = g.account_id and seq between g.from_seq and g.seq and seq <> exit_seq) t on true
      where g.lines - (g.seq - g.from_seq + 1) < 10000
      order by g.account_id, g.no""";
  private static final String TOLD =
      """
      delete from trade_telling t using unnest($1::text[], $2::bigint[]) as r(account_id, no)
      where t.account_id = r.account_id and t.no = r.no""";
  private static final String ALL =
      """
      select body::text as body from trade where account_id = $1 order by exit_seq, trade_id""";
  private static final String PAGE =
      """
      select exit_seq, trade_id, body::text as body from trade
      where account_id = $1 and (exit_seq, trade_id) > ($2, $3) and not voided
        and ($4::text is null or symbol = $4) and ($5::text is null or strategy = $5)
        and ($6::date is null or trading_day = $6)
        and ($7::timestamptz is null or exit_at >= $7) and ($8::timestamptz is null or exit_at < $8)
      order by exit_seq, trade_id limit $9""";

  private final Pool postgres;

  @Inject
  TradeTable(Pool postgres) {
    this.postgres = postgres;
  }

  /**
   * Round trips of one commit, to be told.
   *
   * @param no names them until Kafka took them all
   * @param rows as they go onto the wire
   */
  public record Telling(AccountId accountId, long no, List<byte[]> rows) {}

  /** Lines of an account's journal, both included. */
  record Lines(AccountId accountId, long from, long to) {}

  /**
   * Writes them and gives them back as they stand, as they go onto the wire: how far prices went is
   * kept from before.
   */
  static Uni<Map<AccountId, List<byte[]>>> write(SqlConnection tx, List<RoundTripRow> trades) {
    var bodies = trades.stream().map(FoldRows::text).toArray(String[]::new);
    return tx.preparedQuery(WRITE)
        .execute(columns(trades, bodies))
        .map(
            kept -> {
              var before = new HashMap<String, RoundTripRow>();
              for (var row : rows(kept)) before.put(row.accountId() + " " + row.tradeId(), row);
              var written = new HashMap<AccountId, List<byte[]>>();
              int i = 0;
              for (var trade : trades) {
                var body = bodies[i++];
                var now = before.get(trade.accountId() + " " + trade.tradeId());
                written
                    .computeIfAbsent(new AccountId(trade.accountId()), _ -> new ArrayList<>())
                    .add(now == null ? body.getBytes(UTF_8) : Json.bytes(now));
              }
              return written;
            });
  }

  /** One array of each column, in the order of the columns. */
  private static Tuple columns(List<RoundTripRow> trades, String[] bodies) {
    int size = trades.size();
    var accountIds = new String[size];
    var tradeIds = new String[size];
    var seqs = new Long[size];
    var symbols = new String[size];
    @Nullable String[] strategies = new @Nullable String[size];
    var exitSeqs = new Long[size];
    var days = new LocalDate[size];
    var exits = new OffsetDateTime[size];
    var pnls = new String[size];
    var voided = new Boolean[size];
    int i = 0;
    for (var row : trades) {
      accountIds[i] = row.accountId();
      tradeIds[i] = row.tradeId();
      seqs[i] = row.seq();
      symbols[i] = row.symbol();
      strategies[i] = row.strategy();
      exitSeqs[i] = Long.valueOf(row.tradeId().substring(row.tradeId().indexOf('-') + 1));
      days[i] = row.tradingDay();
      exits[i] = row.exitAt().atOffset(ZoneOffset.UTC);
      pnls[i] = row.pnl().toPlainString();
      voided[i] = row.voided() != null;
      i++;
    }
    return Tuple.from(
        Arrays.asList(
            accountIds,
            tradeIds,
            seqs,
            symbols,
            strategies,
            exitSeqs,
            days,
            exits,
            pnls,
            voided,
            bodies));
  }

  /** Notes that what these lines made is to be told, and under which numbers. */
  static Uni<Map<AccountId, Long>> tell(SqlConnection tx, List<Lines> lines) {
    return tx.preparedQuery(TELL)
        .execute(
            Tuple.of(
                lines.stream().map(of -> of.accountId().value()).toArray(String[]::new),
                lines.stream().map(Lines::from).toArray(Long[]::new),
                lines.stream().map(Lines::to).toArray(Long[]::new)))
        .map(
            rows -> {
              var numbers = new HashMap<AccountId, Long>();
              for (var row : rows)
                numbers.put(new AccountId(row.getString("account_id")), row.getLong("no"));
              return numbers;
            });
  }

  /**
   * Notes that what an older version of this service made and did not tell is to be told. It marks
   * a row itself once Kafka took it, so of what it is just telling some is told twice.
   */
  public Uni<Void> noteOfOthers(Collection<AccountId> accountIds) {
    return postgres
        .preparedQuery(NOTE_OF_OTHERS)
        .execute(Tuple.of(accountIds.stream().map(AccountId::value).toArray(String[]::new)))
        .replaceWithVoid();
  }

  /**
   * What was committed but is not known to be on its topic, in order; of much the beginning.
   *
   * @param underWay numbers that are being told
   */
  public Uni<List<Telling>> untold(Collection<AccountId> accountIds, Collection<Long> underWay) {
    return postgres
        .preparedQuery(UNTOLD)
        .execute(
            Tuple.of(
                accountIds.stream().map(AccountId::value).toArray(String[]::new),
                underWay.toArray(Long[]::new)))
        .map(
            rows -> {
              var tellings = new LinkedHashMap<Long, Telling>();
              for (var row : rows) {
                var telling =
                    tellings.computeIfAbsent(
                        row.getLong("no"),
                        no ->
                            new Telling(
                                new AccountId(row.getString("account_id")), no, new ArrayList<>()));
                var body = row.getString("body");
                if (body != null)
                  telling.rows().add(Json.bytes(FoldRows.read(body, RoundTripRow.class)));
              }
              return List.copyOf(tellings.values());
            });
  }

  private static List<RoundTripRow> rows(RowSet<Row> rows) {
    return rows.stream()
        .map(row -> FoldRows.read(row.getString("body"), RoundTripRow.class))
        .toList();
  }

  /** All of these is on its topic. */
  public Uni<Void> told(List<Telling> tellings) {
    return postgres
        .preparedQuery(TOLD)
        .execute(
            Tuple.of(
                tellings.stream().map(of -> of.accountId().value()).toArray(String[]::new),
                tellings.stream().map(Telling::no).toArray(Long[]::new)))
        .replaceWithVoid();
  }

  /** Every round trip there ever was, those that were voided included. */
  public Uni<List<RoundTripRow>> all(AccountId accountId) {
    return postgres.preparedQuery(ALL).execute(Tuple.of(accountId.value())).map(TradeTable::rows);
  }

  /** One page, oldest exit first; those that were voided are left out. */
  public Uni<List<RoundTripRow>> page(
      AccountId accountId, TradeFilter filter, long afterSeq, String afterId, int limit) {
    return postgres
        .preparedQuery(PAGE)
        .execute(
            Tuple.from(
                Arrays.asList(
                    accountId.value(),
                    afterSeq,
                    afterId,
                    filter.symbol(),
                    filter.strategy(),
                    filter.tradingDay(),
                    Times.offset(filter.from()),
                    Times.offset(filter.to()),
                    limit)))
        .map(TradeTable::rows);
  }
}
