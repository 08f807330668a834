package io.tapeline.positions.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TradingState;
import io.tapeline.positions.domain.AccountFold;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.DayStart;
import io.tapeline.positions.domain.Fill;
import io.tapeline.positions.domain.Permission;
import io.tapeline.positions.domain.Position;
import io.tapeline.positions.domain.RiskState;
import io.tapeline.positions.store.FoldRows.FillColumns;
import io.tapeline.positions.store.FoldRows.PositionColumns;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Accounts as they were folded now and then; see {@code V4__checkpoints.sql}. */
@ApplicationScoped
public class Checkpoints {
  private static final String KEEP =
      """
      insert into checkpoint (account_id, seq, at, next_offset, body)
      values ($1, $2, $3, $4, $5::text::jsonb) on conflict do nothing""";
  private static final String BEFORE =
      """
      select seq, next_offset, body::text as body from checkpoint
      where account_id = $1 and at <= $2 order by at desc, seq desc limit 1""";
  private static final String STANDING =
      """
      select seq, place, exec_id, cl_ord_id, symbol, side, last_qty, px_ticks, fee, at, venue_time, strategy, reported_pnl
      from fill where account_id = $1 and symbol = any($2) and seq <= $3 and (reversed_seq is null or reversed_seq > $3)""";

  private final Pool postgres;

  @Inject
  Checkpoints(Pool postgres) {
    this.postgres = postgres;
  }

  /**
   * An account at a line.
   *
   * @param nextOffset where on its partition the next line may lie first
   */
  public record Checkpoint(AccountState state, long nextOffset) {}

  /** As it is kept; rules and quarantines are not part of it. */
  record Body(
      String tradingState,
      String ruleState,
      String orders,
      @Nullable Day day,
      List<PositionColumns> positions,
      List<FillColumns> open) {}

  /** As {@link DayStart}. */
  record Day(LocalDate tradingDay, BigDecimal realized, BigDecimal unrealized, BigDecimal fees) {}

  /**
   * Keeps an account as it is.
   *
   * @param at when its last line was journaled
   */
  public Uni<Void> keep(AccountState state, Instant at, long nextOffset) {
    var fold = state.fold();
    var day = state.day();
    var body =
        new Body(
            fold.permission().desk().name(),
            fold.permission().rules().name(),
            OrderText.of(state.orders().values()),
            day == null
                ? null
                : new Day(day.tradingDay(), day.realized(), day.unrealized(), day.fees()),
            fold.positions().values().stream()
                .map(position -> FoldRows.position(state.accountId(), position))
                .toList(),
            fold.positions().values().stream()
                .flatMap(position -> position.lots().stream())
                .map(lot -> FoldRows.fill(state.accountId(), lot.opened()))
                .toList());
    return postgres
        .preparedQuery(KEEP)
        .execute(
            Tuple.of(
                state.accountId().value(),
                fold.seq(),
                Times.offset(at),
                nextOffset,
                FoldRows.text(body)))
        .replaceWithVoid();
  }

  /** The newest not after an instant. */
  public Uni<Optional<Checkpoint>> before(AccountId accountId, Instant asOf) {
    return postgres
        .preparedQuery(BEFORE)
        .execute(Tuple.of(accountId.value(), Times.offset(asOf)))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(checkpoint(accountId, rows.iterator().next())));
  }

  private static Checkpoint checkpoint(AccountId accountId, Row row) {
    var body = FoldRows.read(row.getString("body"), Body.class);
    Map<Long, Fill> open = new HashMap<>();
    for (var columns : body.open()) open.put(columns.place(), fill(columns));
    var positions = new TreeMap<Symbol, Position>();
    for (var columns : body.positions()) {
      var position = FoldRows.position(columns, open);
      positions.put(position.instrument().symbol(), position);
    }
    var day = body.day();
    return new Checkpoint(
        new AccountState(
            new AccountFold(
                accountId,
                row.getLong("seq"),
                positions,
                new Permission(
                    TradingState.valueOf(body.tradingState()),
                    TradingState.valueOf(body.ruleState()))),
            OrderText.read(body.orders()),
            day == null
                ? null
                : new DayStart(day.tradingDay(), day.realized(), day.unrealized(), day.fees()),
            RiskState.NONE,
            null),
        row.getLong("next_offset"));
  }

  private static Fill fill(FillColumns columns) {
    return new Fill(
        columns.seq(),
        columns.place(),
        new ExecId(columns.exec_id()),
        new ClOrdId(columns.cl_ord_id()),
        new Symbol(columns.symbol()),
        Side.valueOf(columns.side()),
        new Qty(columns.last_qty()),
        new Price(columns.px_ticks()),
        columns.fee(),
        columns.at(),
        columns.venue_time(),
        columns.strategy(),
        columns.reported_pnl());
  }

  /** The executions that stood after a line, of these contracts. */
  public Uni<Map<AccountId, List<Fill>>> standing(
      Map<AccountId, Set<Symbol>> contracts, long afterSeq) {
    return Multi.createFrom()
        .iterable(contracts.entrySet())
        .onItem()
        .transformToUniAndConcatenate(
            entry ->
                postgres
                    .preparedQuery(STANDING)
                    .execute(
                        Tuple.of(
                            entry.getKey().value(),
                            entry.getValue().stream().map(Symbol::value).toArray(String[]::new),
                            afterSeq))
                    .map(
                        rows ->
                            Map.entry(entry.getKey(), rows.stream().map(FoldRows::fill).toList())))
        .collect()
        .asMap(Map.Entry::getKey, Map.Entry::getValue);
  }
}
