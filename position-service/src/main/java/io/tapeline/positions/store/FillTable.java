package io.tapeline.positions.store;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.model.Side;
import io.tapeline.positions.domain.LedgerFill;
import io.tapeline.positions.domain.TradeFilter;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;

/** Executions as they were booked, for people to read. */
@ApplicationScoped
public class FillTable {
  private static final String PAGE =
      """
      select f.seq, f.exec_id, f.cl_ord_id, f.symbol, f.side, f.last_qty, f.px_ticks * p.tick_size as px, f.fee,
             p.currency, f.at, f.venue_time, f.strategy, f.reversed_seq, f.reported_pnl
      from fill f join position p using (account_id, symbol)
      where f.account_id = $1 and f.seq > $2
        and ($3::text is null or f.symbol = $3) and ($4::text is null or f.strategy = $4)
        and ($5::timestamptz is null or f.venue_time >= $5) and ($6::timestamptz is null or f.venue_time < $6)
      order by f.seq limit $7""";

  private final Pool postgres;

  @Inject
  FillTable(Pool postgres) {
    this.postgres = postgres;
  }

  /** Those after a line, in the order of the journal; the filter's times are the venue's. */
  public Uni<List<LedgerFill>> page(
      AccountId accountId, TradeFilter filter, long afterSeq, int limit) {
    return postgres
        .preparedQuery(PAGE)
        .execute(
            Tuple.from(
                Arrays.asList(
                    accountId.value(),
                    afterSeq,
                    filter.symbol(),
                    filter.strategy(),
                    Times.offset(filter.from()),
                    Times.offset(filter.to()),
                    limit)))
        .map(rows -> rows.stream().map(FillTable::booked).toList());
  }

  private static LedgerFill booked(Row row) {
    return new LedgerFill(
        row.getLong("seq"),
        row.getString("exec_id"),
        row.getString("cl_ord_id"),
        row.getString("symbol"),
        Side.valueOf(row.getString("side")),
        row.getLong("last_qty"),
        row.getBigDecimal("px"),
        row.getBigDecimal("fee"),
        row.getString("currency"),
        row.getOffsetDateTime("at").toInstant(),
        row.getOffsetDateTime("venue_time").toInstant(),
        row.getString("strategy"),
        row.getLong("reversed_seq"),
        row.getBigDecimal("reported_pnl"));
  }
}
