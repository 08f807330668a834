package io.tapeline.market.store;

import io.smallrye.mutiny.Uni;
import io.tapeline.market.alert.domain.Alert;
import io.tapeline.market.alert.domain.AlertHistory;
import io.tapeline.market.alert.domain.AlertState;
import io.tapeline.market.venue.domain.LeaseTerm;
import io.tapeline.model.Symbol;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Alerts in table {@code price_alert}. Whether one still waits is decided here and nowhere else.
 */
@ApplicationScoped
public class AlertStore {
  /** So many alerts of a user wait at most. */
  public static final int MOST_WAITING = 100;

  /** So many that are over are kept of a user, for {@value #DAYS} days at most. */
  static final int MOST_OVER = 500;

  private static final int DAYS = 30;

  private static final String COLUMNS =
      """
      select user_name, alert_id, symbol, px, direction, note, created_at, after_trade,
             state, ended_at, trade_id, trade_px, trade_at
        from price_alert""";

  /** One of a user at a time, so that two at once do not both find room for the last one. */
  private static final String ONE_AT_A_TIME =
      "select pg_advisory_xact_lock(hashtextextended(current_schema() || ':alerts:' || $1, 0))";

  private static final String FIND = COLUMNS + " where user_name = $1 and alert_id = $2";
  private static final String WAITING_OF =
      "select count(*) from price_alert where user_name = $1 and state = 'ACTIVE'";
  private static final String ADD =
      """
      insert into price_alert (venue, user_name, alert_id, symbol, px, direction, note, after_trade, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""";
  private static final String CANCEL =
      """
      update price_alert set state = 'CANCELED', ended_at = $3
       where user_name = $1 and alert_id = $2 and state = 'ACTIVE'""";
  private static final String OF_USER =
      COLUMNS
          + """

             where user_name = $1 and (state = 'ACTIVE' or not $2)
             order by created_at desc, alert_id""";
  private static final String ACTIVE = COLUMNS + " where venue = $1 and state = 'ACTIVE'";
  private static final String UNTOLD =
      COLUMNS + " where venue = $1 and state = 'TRIGGERED' and not told order by ended_at";
  private static final String TRIGGER =
      """
      update price_alert a
         set state = 'TRIGGERED', ended_at = $1, trade_id = e.trade_id, trade_px = e.trade_px, trade_at = e.trade_at
        from unnest($2::text[], $3::text[], $4::bigint[], $5::numeric[], $6::timestamptz[])
             as e(user_name, alert_id, trade_id, trade_px, trade_at)
       where a.user_name = e.user_name and a.alert_id = e.alert_id and a.state = 'ACTIVE'
      returning a.user_name, a.alert_id""";
  private static final String EXPIRE =
      """
      update price_alert a set state = 'EXPIRED', ended_at = $1
        from unnest($2::text[], $3::text[]) as e(user_name, alert_id)
       where a.user_name = e.user_name and a.alert_id = e.alert_id and a.state = 'ACTIVE'""";
  private static final String TOLD =
      """
      update price_alert a set told = true from unnest($1::text[], $2::text[]) as e(user_name, alert_id)
       where a.user_name = e.user_name and a.alert_id = e.alert_id""";
  private static final String FORGET =
      """
      delete from price_alert where ctid in (
        select ctid from (
          select ctid, ended_at, row_number() over (partition by user_name order by ended_at desc) as place
            from price_alert where state <> 'ACTIVE' and (told or state <> 'TRIGGERED')) as done
         where ended_at < now() - make_interval(days => $1) or place > $2)""";

  private final Transactions transactions;

  @Inject
  public AlertStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /** A trade that reached a price. */
  public record Reached(Alert alert, AlertHistory.Trade trade) {}

  /**
   * Keeps an alert, while the lease is ours, unless its id was used before.
   *
   * @return how it stands, the one that has the id; empty where too many wait already
   * @throws io.tapeline.market.venue.domain.VenueLostException when the lease was taken over
   */
  public Optional<AlertHistory> add(LeaseTerm term, Alert alert) {
    var id = alert.id();
    return transactions.runFenced(
        term,
        tx ->
            tx.preparedQuery(ONE_AT_A_TIME)
                .execute(Tuple.of(id.user()))
                .chain(() -> tx.preparedQuery(FIND).execute(Tuple.of(id.user(), id.alertId())))
                .chain(
                    known ->
                        known.size() > 0
                            ? Uni.createFrom().item(Optional.of(history(known.iterator().next())))
                            : addNew(tx, term.venue(), alert)));
  }

  private static Uni<Optional<AlertHistory>> addNew(SqlConnection tx, String venue, Alert alert) {
    var id = alert.id();
    var row =
        Tuple.from(
            Arrays.asList(
                venue,
                id.user(),
                id.alertId(),
                alert.symbol().value(),
                alert.px(),
                alert.direction().name(),
                alert.note(),
                alert.afterTrade(),
                utc(alert.createdAt())));
    return tx.preparedQuery(WAITING_OF)
        .execute(Tuple.of(id.user()))
        .chain(
            count ->
                count.iterator().next().getLong(0) >= MOST_WAITING
                    ? Uni.createFrom().item(Optional.empty())
                    : tx.preparedQuery(ADD)
                        .execute(row)
                        .map(
                            _ ->
                                Optional.of(
                                    new AlertHistory(alert, AlertState.ACTIVE, null, null))));
  }

  /**
   * Ends an alert that still waits.
   *
   * @return how it stands then; empty where the user has none of that id
   */
  public Optional<AlertHistory> cancel(Alert.Id id, Instant now) {
    transactions.query(CANCEL, Tuple.of(id.user(), id.alertId(), utc(now)));
    return find(id);
  }

  public Optional<AlertHistory> find(Alert.Id id) {
    return list(transactions.query(FIND, Tuple.of(id.user(), id.alertId()))).stream().findFirst();
  }

  /** The alerts of a user, newest first. */
  public List<AlertHistory> of(String user, boolean onlyActive) {
    return list(transactions.query(OF_USER, Tuple.of(user, onlyActive)));
  }

  public List<Alert> active(String venue) {
    return list(transactions.query(ACTIVE, Tuple.of(venue))).stream()
        .map(AlertHistory::alert)
        .toList();
  }

  /** Those that were reached and perhaps not told. */
  public List<AlertHistory> untold(String venue) {
    return list(transactions.query(UNTOLD, Tuple.of(venue)));
  }

  /**
   * Ends alerts that were reached, while the lease is ours.
   *
   * @return those that still waited: nobody else ended them, so nobody else tells of them
   */
  public List<AlertHistory> trigger(LeaseTerm term, List<Reached> reached, Instant now) {
    var ids = reached.stream().map(each -> each.alert().id()).toList();
    var ended =
        transactions.runFenced(
            term,
            tx ->
                tx.preparedQuery(TRIGGER)
                    .execute(
                        Tuple.from(
                            List.of(
                                utc(now),
                                users(ids),
                                alertIds(ids),
                                reached.stream()
                                    .map(each -> each.trade().tradeId())
                                    .toArray(Long[]::new),
                                reached.stream()
                                    .map(each -> each.trade().px())
                                    .toArray(BigDecimal[]::new),
                                reached.stream()
                                    .map(each -> utc(each.trade().at()))
                                    .toArray(OffsetDateTime[]::new)))));
    var still = new ArrayList<Alert.Id>(ended.size());
    for (var row : ended) still.add(new Alert.Id(row.getString(0), row.getString(1)));
    return reached.stream()
        .filter(each -> still.contains(each.alert().id()))
        .map(each -> new AlertHistory(each.alert(), AlertState.TRIGGERED, now, each.trade()))
        .toList();
  }

  /** Ends alerts of contracts that are over. */
  public void expire(List<Alert.Id> ids, Instant now) {
    transactions.query(EXPIRE, Tuple.of(utc(now), users(ids), alertIds(ids)));
  }

  /** Their notices are on the tape for good. */
  public void told(List<Alert.Id> ids) {
    transactions.query(TOLD, Tuple.of(users(ids), alertIds(ids)));
  }

  /** Forgets what was over long ago, and more than anybody looks at. */
  public void forgetOld() {
    transactions.query(FORGET, Tuple.of(DAYS, MOST_OVER));
  }

  private static List<AlertHistory> list(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(AlertStore::history).toList();
  }

  private static AlertHistory history(Row row) {
    var alert =
        new Alert(
            new Alert.Id(row.getString("user_name"), row.getString("alert_id")),
            new Symbol(row.getString("symbol")),
            row.getBigDecimal("px"),
            Alert.Direction.valueOf(row.getString("direction")),
            row.getString("note"),
            row.getOffsetDateTime("created_at").toInstant(),
            row.getLong("after_trade"));
    var ended = row.getOffsetDateTime("ended_at");
    var traded = row.getOffsetDateTime("trade_at");
    return new AlertHistory(
        alert,
        AlertState.valueOf(row.getString("state")),
        ended == null ? null : ended.toInstant(),
        traded == null
            ? null
            : new AlertHistory.Trade(
                row.getLong("trade_id"), row.getBigDecimal("trade_px"), traded.toInstant()));
  }

  private static String[] users(Collection<Alert.Id> ids) {
    return ids.stream().map(Alert.Id::user).toArray(String[]::new);
  }

  private static String[] alertIds(Collection<Alert.Id> ids) {
    return ids.stream().map(Alert.Id::alertId).toArray(String[]::new);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
