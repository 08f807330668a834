package io.tapeline.positions.store;

import io.smallrye.mutiny.Uni;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closed round trips: written with the fold that closed them, told afterwards, read by pages. */
@ApplicationScoped
public class TradeTable {
  private static final String WRITE =
      """
      insert into trade (account_id, trade_id, seq, symbol, strategy, exit_seq, trading_day, exit_at, pnl, voided, body)
      select account_id, trade_id, seq, symbol, strategy, exit_seq, trading_day, exit_at, pnl, voided, body::jsonb
      from jsonb_to_recordset($1::text::jsonb) as r(
        account_id text, trade_id text, seq bigint, symbol text, strategy text, exit_seq bigint,
        trading_day date, exit_at timestamptz, pnl numeric, voided boolean, body text)
      on conflict (account_id, trade_id) do update
      set seq = excluded.seq, voided = excluded.voided, pnl = excluded.pnl, told = false,
          body = excluded.body || jsonb_strip_nulls(jsonb_build_object('mae', trade.body -> 'mae', 'mfe', trade.body -> 'mfe'))
      returning body::text as body""";
  private static final String UNTOLD =
      """
      select body::text as body from trade where account_id = any($1) and not told order by account_id, seq limit 10000""";
  private static final String TOLD =
      """
      update trade t set told = true
      from unnest($1::text[], $2::text[], $3::bigint[]) as r(account_id, trade_id, seq)
      where t.account_id = r.account_id and t.trade_id = r.trade_id and t.seq = r.seq""";
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

  // named as the columns
  @SuppressWarnings("MemberName")
  private record Columns(
      String account_id,
      String trade_id,
      long seq,
      String symbol,
      @Nullable String strategy,
      long exit_seq,
      String trading_day,
      Instant exit_at,
      BigDecimal pnl,
      boolean voided,
      String body) {
    static Columns of(RoundTripRow row) {
      var exitSeq = Long.parseLong(row.tradeId().substring(row.tradeId().indexOf('-') + 1));
      return new Columns(
          row.accountId(),
          row.tradeId(),
          row.seq(),
          row.symbol(),
          row.strategy(),
          exitSeq,
          row.tradingDay().toString(),
          row.exitAt(),
          row.pnl(),
          row.voided() != null,
          FoldRows.text(row));
    }
  }

  /** Writes them and gives them back as they stand: how far prices went is kept from before. */
  static Uni<List<RoundTripRow>> write(SqlConnection tx, List<RoundTripRow> trades) {
    return tx.preparedQuery(WRITE)
        .execute(Tuple.of(FoldRows.text(trades.stream().map(Columns::of).toList())))
        .map(TradeTable::rows);
  }

  /** What was committed but is not known to be on its topic, in order. */
  public Uni<List<RoundTripRow>> untold(Collection<AccountId> accountIds) {
    return postgres
        .preparedQuery(UNTOLD)
        .execute(Tuple.of(accountIds.stream().map(AccountId::value).toArray(String[]::new)))
        .map(TradeTable::rows);
  }

  private static List<RoundTripRow> rows(RowSet<Row> rows) {
    return rows.stream()
        .map(row -> FoldRows.read(row.getString("body"), RoundTripRow.class))
        .toList();
  }

  /** These rows are on their topic, as they are. */
  public Uni<Void> told(List<RoundTripRow> rows) {
    return postgres
        .preparedQuery(TOLD)
        .execute(
            Tuple.of(
                rows.stream().map(RoundTripRow::accountId).toArray(String[]::new),
                rows.stream().map(RoundTripRow::tradeId).toArray(String[]::new),
                rows.stream().map(RoundTripRow::seq).toArray(Long[]::new)))
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
