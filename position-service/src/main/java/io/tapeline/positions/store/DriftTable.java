package io.tapeline.positions.store;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.Drift;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Positions as of a line, and where a venue saw them otherwise. */
@ApplicationScoped
public class DriftTable {
  private static final String SIGNED = "case side when 'BUY' then last_qty else -last_qty end";
  private static final String NET =
      """
      select symbol, sum(%s)::bigint from fill
      where account_id = $1 and seq <= $2 and (reversed_seq is null or reversed_seq > $2) group by symbol"""
          .formatted(SIGNED);
  private static final String NEWEST =
      """
      select exec_id, %s from fill
      where account_id = $1 and symbol = $3 and seq <= $2 and (reversed_seq is null or reversed_seq > $2)
      order by seq desc limit $4"""
          .formatted(SIGNED);
  private static final String KNOWN =
      """
      select 1 from position_drift where account_id = $1 and symbol = $2 and seq = $3""";
  private static final String KEEP =
      """
      insert into position_drift (account_id, symbol, seq, venue, session, at, venue_net_qty, net_qty, explained_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8, to_jsonb($9::text[])) on conflict do nothing""";
  private static final String END =
      """
      update position_drift set ended_seq = $3
      where account_id = $1 and not symbol = any($2) and seq < $3 and ended_seq is null""";
  private static final String ALL =
      """
      select symbol, seq, venue, session, at, venue_net_qty, net_qty, explained_by::text as explained_by, ended_seq
      from position_drift where account_id = $1 order by seq desc, symbol limit $2""";

  private final Pool postgres;

  @Inject
  DriftTable(Pool postgres) {
    this.postgres = postgres;
  }

  /** Signed lots by contract after a line; contracts that were never traded are not there. */
  public Uni<Map<String, Long>> netQtyAt(AccountId accountId, long seq) {
    return postgres
        .preparedQuery(NET)
        .execute(Tuple.of(accountId.value(), seq))
        .map(
            rows -> {
              Map<String, Long> net = new HashMap<>();
              for (var row : rows) net.put(row.getString(0), row.getLong(1));
              return net;
            });
  }

  /** The newest executions that stood after a line. */
  public Uni<List<Drift.Counted>> newest(AccountId accountId, long seq, String symbol, int most) {
    return postgres
        .preparedQuery(NEWEST)
        .execute(Tuple.of(accountId.value(), seq, symbol, most))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Drift.Counted(row.getString(0), row.getLong(1)))
                    .toList());
  }

  public Uni<Boolean> isKnown(AccountId accountId, String symbol, long seq) {
    return postgres
        .preparedQuery(KNOWN)
        .execute(Tuple.of(accountId.value(), symbol, seq))
        .map(rows -> rows.size() > 0);
  }

  public Uni<Void> keep(AccountId accountId, Drift drift) {
    return postgres
        .preparedQuery(KEEP)
        .execute(
            Tuple.tuple()
                .addString(accountId.value())
                .addString(drift.symbol())
                .addLong(drift.seq())
                .addString(drift.venue())
                .addLong(drift.session())
                .addOffsetDateTime(Times.offset(drift.at()))
                .addLong(drift.venueNetQty())
                .addLong(drift.netQty())
                .addArrayOfString(drift.explainedBy().toArray(String[]::new)))
        .replaceWithVoid();
  }

  /** The contracts that do not drift at a line drift no more. */
  public Uni<Void> end(AccountId accountId, List<String> drifting, long seq) {
    return postgres
        .preparedQuery(END)
        .execute(Tuple.of(accountId.value(), drifting.toArray(String[]::new), seq))
        .replaceWithVoid();
  }

  /** Newest first. */
  public Uni<List<Drift>> all(AccountId accountId, int limit) {
    return postgres
        .preparedQuery(ALL)
        .execute(Tuple.of(accountId.value(), limit))
        .map(rows -> rows.stream().map(DriftTable::drift).toList());
  }

  private static Drift drift(Row row) {
    return new Drift(
        row.getString("symbol"),
        row.getLong("seq"),
        row.getString("venue"),
        row.getLong("session"),
        row.getOffsetDateTime("at").toInstant(),
        row.getLong("venue_net_qty"),
        row.getLong("net_qty"),
        List.of(FoldRows.read(row.getString("explained_by"), String[].class)),
        row.getLong("ended_seq"));
  }
}
