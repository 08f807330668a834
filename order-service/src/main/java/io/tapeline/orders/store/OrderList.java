package io.tapeline.orders.store;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders of any state, newest first: as they are, or as they were at some instant. */
@ApplicationScoped
public class OrderList {
  private static final String AS_THEY_ARE =
      """
      select r.created_seq, r.body from order_row r
        join account_event e on e.account_id = r.account_id and e.seq = r.created_seq
       where r.account_id = $1 and r.created_seq < $2 and ($3::text is null or r.symbol = $3)
         and ($4::timestamptz is null or e.at >= $4) and ($5::timestamptz is null or e.at < $5)
         and (not $6::boolean or r.working)
       order by r.created_seq desc limit $7""";

  /** The line that was an order's newest then has the row as it was. */
  private static final String AS_THEY_WERE =
      """
      select r.created_seq, past.body from order_row r
        join account_event e on e.account_id = r.account_id and e.seq = r.created_seq
        cross join lateral (
          select (l.body::jsonb -> 'order')::text as body from account_event l
           where l.account_id = r.account_id and l.cl_ord_id = r.cl_ord_id and l.at <= $8::timestamptz
           order by l.seq desc limit 1) as past
       where r.account_id = $1 and r.created_seq < $2 and ($3::text is null or r.symbol = $3)
         and ($4::timestamptz is null or e.at >= $4) and ($5::timestamptz is null or e.at < $5)
         and past.body is not null
         and (not $6::boolean or past.body::jsonb ->> 'ordStatus' in ('PENDING_NEW', 'NEW', 'PARTIALLY_FILLED'))
       order by r.created_seq desc limit $7""";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * Which orders.
   *
   * @param from made at or after; {@code to}: made before
   * @param asOf as they were then; null: as they are
   */
  public record Filter(
      boolean workingOnly,
      @Nullable String symbol,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Instant asOf) {}

  /** A row with the place of its order in the list. */
  public record ListedRow(long createdSeq, String body) {}

  private final Pool postgres;

  @Inject
  OrderList(Pool postgres) {
    this.postgres = postgres;
  }

  /** A page of orders made before a seq. */
  public Uni<List<ListedRow>> page(AccountId account, Filter filter, long before, int limit) {
    var parameters =
        Tuple.tuple()
            .addString(account.value())
            .addLong(before)
            .addString(filter.symbol())
            .addOffsetDateTime(utc(filter.from()))
            .addOffsetDateTime(utc(filter.to()))
            .addBoolean(filter.workingOnly())
            .addInteger(limit);
    if (filter.asOf() != null) parameters.addOffsetDateTime(utc(filter.asOf()));
    return postgres
        .preparedQuery(filter.asOf() == null ? AS_THEY_ARE : AS_THEY_WERE)
        .execute(parameters)
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(
            rows -> {
              var listed = new ArrayList<ListedRow>();
              for (var row : rows)
                listed.add(new ListedRow(row.getLong(0), String.valueOf(row.getValue(1))));
              return listed;
            });
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }
}
