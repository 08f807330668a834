package io.tapeline.positions.store;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.DayStart;
import io.tapeline.positions.domain.EquityPoint;
import io.tapeline.positions.domain.RiskState;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The risk journal of each account, what it led to, and the curve of its equity. */
@ApplicationScoped
public class RiskTables {
  private static final String APPEND =
      """
      insert into risk_event (account_id, no, at, body)
      select $1, r.no, $2, r.body::jsonb from unnest($3::bigint[], $4::text[]) as r(no, body)""";
  private static final String REMEMBER =
      """
      update account_fold set risk = $2::text::jsonb where account_id = $1""";
  private static final String UNTOLD =
      """
      select body::text as body from risk_event where account_id = any($1) and not told order by account_id, no limit 10000""";
  private static final String TOLD =
      """
      update risk_event e set told = true from unnest($1::text[], $2::bigint[]) as r(account_id, no)
      where e.account_id = r.account_id and e.no = r.no""";
  private static final String EXCURSIONS =
      """
      update account_fold set excursions = $2::text::jsonb where account_id = $1""";
  private static final String READ_EXCURSIONS =
      """
      select excursions::text as excursions from account_fold where account_id = $1""";
  private static final String POINT =
      """
      insert into equity_point (account_id, at, venue_time, balance, equity)
      select account_id, $2, $3, $4, $5 from account_fold where account_id = $1 on conflict do nothing""";
  private static final String CURVE =
      """
      select at, venue_time, balance, equity from equity_point
      where account_id = $1 and at > $2 and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4)
      order by at limit $5""";
  private static final String BOOKS =
      """
      select body::text as body from risk_event
      where account_id = $1 and at <= $2
        and body -> 'event' ->> 'type' in ('DayStarted', 'AccountOpened', 'AccountAdjusted', 'AccountReset') order by no""";
  private static final String RESTART_DAY =
      """
      update account_fold
      set day_start_realized = $4, day_start_unrealized = $5, day_start_fees = $6
      where account_id = $1 and seq = $2 and trading_day = $3""";
  private static final String EVENTS =
      """
      select body::text as body from risk_event where account_id = $1 and no > $2 order by no limit $3""";

  private final Pool postgres;

  @Inject
  RiskTables(Pool postgres) {
    this.postgres = postgres;
  }

  /**
   * Journals what was decided together with what it leads to.
   *
   * @param beside what is written with it
   * @return fails when another replica wrote a line of these numbers
   */
  public Uni<Void> append(
      AccountId accountId,
      Instant at,
      List<RiskEventRecord> lines,
      RiskState after,
      Beside beside) {
    var numbers = lines.stream().map(RiskEventRecord::no).toArray(Long[]::new);
    var bodies = lines.stream().map(FoldRows::text).toArray(String[]::new);
    // sent together and done in this order: what is asked for here must not wait for each by itself
    return postgres.withTransaction(
        tx -> {
          var sent = new ArrayList<Uni<?>>();
          sent.add(
              tx.preparedQuery(FoldTables.ENSURE)
                  .execute(Tuple.of(new String[] {accountId.value()})));
          sent.add(
              tx.preparedQuery(APPEND)
                  .execute(Tuple.of(accountId.value(), Times.offset(at), numbers, bodies)));
          sent.add(
              tx.preparedQuery(REMEMBER)
                  .execute(Tuple.of(accountId.value(), FoldRows.text(after))));
          write(tx, accountId, beside, sent);
          return Uni.combine().all().unis(sent).discardItems();
        });
  }

  /**
   * What is written together with lines of a risk journal.
   *
   * @param answer to the command they follow from; null: from none
   * @param day where the trading day begins from now on; null: where it did
   * @param seq of the account that was decided on
   */
  public record Beside(
      AccountCommandTable.@Nullable Answer answer, @Nullable DayStart day, long seq) {}

  private static void write(
      SqlConnection tx, AccountId accountId, Beside beside, List<Uni<?>> sent) {
    var day = beside.day();
    if (day != null)
      sent.add(
          tx.preparedQuery(RESTART_DAY)
              .execute(
                  Tuple.of(
                      accountId.value(),
                      beside.seq(),
                      day.tradingDay(),
                      day.realized(),
                      day.unrealized(),
                      day.fees()))
              .invoke(
                  updated -> {
                    if (updated.rowCount() != 1) throw new StaleFoldException(1);
                  }));
    var answer = beside.answer();
    if (answer != null) sent.add(AccountCommandTable.answer(tx, accountId, answer));
  }

  /** Notes what the journal has led to, where that was lost. */
  public Uni<Void> remember(AccountId accountId, RiskState state) {
    return postgres
        .preparedQuery(REMEMBER)
        .execute(Tuple.of(accountId.value(), FoldRows.text(state)))
        .replaceWithVoid();
  }

  /** What was committed but is not known to be on its topic, in order. */
  public Uni<List<RiskEventRecord>> untold(Collection<AccountId> accountIds) {
    return postgres
        .preparedQuery(UNTOLD)
        .execute(Tuple.of(accountIds.stream().map(AccountId::value).toArray(String[]::new)))
        .map(
            rows ->
                rows.stream()
                    .map(row -> FoldRows.read(row.getString("body"), RiskEventRecord.class))
                    .toList());
  }

  /** These lines are on their topic. */
  public Uni<Void> told(List<RiskEventRecord> lines) {
    return postgres
        .preparedQuery(TOLD)
        .execute(
            Tuple.of(
                lines.stream().map(RiskEventRecord::accountId).toArray(String[]::new),
                lines.stream().map(RiskEventRecord::no).toArray(Long[]::new)))
        .replaceWithVoid();
  }

  /** The lines up to an instant that say what an account traded with and how its days began. */
  public Uni<List<RiskEventRecord>> books(AccountId accountId, Instant at) {
    return postgres
        .preparedQuery(BOOKS)
        .execute(Tuple.of(accountId.value(), Times.offset(at)))
        .map(
            rows ->
                rows.stream()
                    .map(row -> FoldRows.read(row.getString("body"), RiskEventRecord.class))
                    .toList());
  }

  /** The risk journal after a line. */
  public Uni<List<RiskEventRecord>> events(AccountId accountId, long after, int limit) {
    return postgres
        .preparedQuery(EVENTS)
        .execute(Tuple.of(accountId.value(), after, limit))
        .map(
            rows ->
                rows.stream()
                    .map(row -> FoldRows.read(row.getString("body"), RiskEventRecord.class))
                    .toList());
  }

  /** How far prices went while lots were open, as JSON; it outlives a restart. */
  public Uni<Void> keepExcursions(AccountId accountId, String json) {
    return postgres
        .preparedQuery(EXCURSIONS)
        .execute(Tuple.of(accountId.value(), json))
        .replaceWithVoid();
  }

  public Uni<@Nullable String> excursions(AccountId accountId) {
    return postgres
        .preparedQuery(READ_EXCURSIONS)
        .execute(Tuple.of(accountId.value()))
        .map(rows -> rows.iterator().hasNext() ? rows.iterator().next().getString(0) : null);
  }

  public Uni<Void> addPoint(AccountId accountId, EquityPoint point) {
    return postgres
        .preparedQuery(POINT)
        .execute(
            Tuple.of(
                accountId.value(),
                Times.offset(point.at()),
                Times.offset(point.venueTime()),
                point.balance(),
                point.equity()))
        .replaceWithVoid();
  }

  /** The curve after an instant, oldest first. */
  public Uni<List<EquityPoint>> curve(
      AccountId accountId, Instant after, @Nullable Instant from, @Nullable Instant to, int limit) {
    return postgres
        .preparedQuery(CURVE)
        .execute(
            Tuple.of(
                accountId.value(),
                Times.offset(after),
                Times.offset(from),
                Times.offset(to),
                limit))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new EquityPoint(
                                instant(row.getOffsetDateTime("at")),
                                instant(row.getOffsetDateTime("venue_time")),
                                row.getBigDecimal("balance"),
                                row.getBigDecimal("equity")))
                    .toList());
  }

  private static Instant instant(OffsetDateTime at) {
    return at.toInstant();
  }
}
