package io.tapeline.positions.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tapeline.contract.RoundTripRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.ExecId;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.domain.AccountFold;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.BatchFold;
import io.tapeline.positions.domain.BatchFold.Readings;
import io.tapeline.positions.domain.DayStart;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Fill;
import io.tapeline.positions.domain.Totals;
import io.tapeline.positions.store.BookedTwiceException;
import io.tapeline.positions.store.Checkpoints;
import io.tapeline.positions.store.FoldTables;
import io.tapeline.positions.store.TradeTable.Telling;
import io.tapeline.timing.TimeFunction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Folds a batch, commits it, and only then lets anyone see it. */
@ApplicationScoped
public class FoldService {
  private static final Logger LOG = Logger.getLogger(FoldService.class);

  private final Accounts accounts;
  private final Marks marks;
  private final Excursions excursions;
  private final Standings standings;
  private final FoldTables tables;
  private final Checkpoints checkpoints;
  private final VenueViews views;
  private final long checkpointLines;
  private final InstantSource clock;
  private final Counter fills;
  private final Counter repeats;
  private final Counter gaps;
  private final Counter quarantines;

  @Inject
  FoldService(
      Accounts accounts,
      Marks marks,
      Excursions excursions,
      Standings standings,
      FoldTables tables,
      Checkpoints checkpoints,
      VenueViews views,
      PositionsConfig config,
      InstantSource clock,
      MeterRegistry meters) {
    this.accounts = accounts;
    this.marks = marks;
    this.excursions = excursions;
    this.standings = standings;
    this.tables = tables;
    this.checkpoints = checkpoints;
    this.views = views;
    checkpointLines = config.checkpointLines();
    this.clock = clock;
    fills = meters.counter("tapeline.positions.fills");
    repeats = meters.counter("tapeline.positions.repeats");
    gaps = meters.counter("tapeline.positions.gaps");
    quarantines = meters.counter("tapeline.positions.quarantines");
  }

  /**
   * Folds a batch into the tables. On failure nothing is committed and memory is dropped; the same
   * batch may be folded again.
   *
   * @param readings which accounts are not read for the first time
   */
  @TimeFunction(
      name = "fold",
      threshold = "500ms",
      what = "a batch of journal lines folded into the tables, until it is committed")
  public Uni<Folded> fold(List<Delivery> batch, Readings readings) {
    var concerned =
        batch.stream()
            .map(Delivery::accountId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return accounts
        .remember(concerned)
        .chain(() -> tables.standing(BatchFold.reversedIn(batch, this::committed)))
        .chain(standing -> attempt(batch, readings, Map.of(), standing))
        .call(() -> views.compare(batch))
        .onFailure()
        .invoke(() -> accounts.forget(concerned::contains))
        .invoke(result -> count(result.result()));
  }

  /**
   * A batch that was committed.
   *
   * @param trades its round trips, to be told
   */
  public record Folded(BatchFold.Result result, List<Telling> trades) {}

  private AccountState committed(AccountId accountId) {
    return Objects.requireNonNull(accounts.committed(accountId), "not remembered");
  }

  private Uni<Folded> attempt(
      List<Delivery> batch,
      Readings readings,
      Map<AccountId, Set<ExecId>> booked,
      Map<AccountId, List<Fill>> standing) {
    var result =
        BatchFold.fold(
            batch,
            this::committed,
            readings,
            booked,
            standing,
            this::totalsBefore,
            clock.instant());
    return tables
        .commit(result.changes(), trades(result))
        .invoke(() -> result.changes().forEach(this::advance))
        .call(() -> keep(batch, result))
        .map(trades -> new Folded(result, trades))
        .onFailure(BookedTwiceException.class)
        .recoverWithUni(e -> attempt(batch, readings, both(booked, e.executions()), standing));
  }

  /** Now and then an account is kept as it is; without that a past moment takes longer. */
  private Uni<Void> keep(List<Delivery> batch, BatchFold.Result result) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (var change : result.changes()) {
      long seq = change.after().fold().seq();
      if (seq / checkpointLines == change.before().fold().seq() / checkpointLines) continue;
      for (var delivery : batch) {
        if (!(delivery instanceof Line(var place, var accountId, var line))) continue;
        if (line.seq() != seq || !accountId.equals(change.after().accountId())) continue;
        done = done.chain(() -> checkpoints.keep(change.after(), line.at(), place.offset() + 1));
        break;
      }
    }
    return done.onFailure()
        .invoke(e -> LOG.warnf("no checkpoint was kept: %s", e.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  private void advance(BatchFold.Change change) {
    accounts.advance(change.after());
    if (!change.fills().isEmpty()) excursions.tidy(change.after().fold());
  }

  private List<RoundTripRow> trades(BatchFold.Result result) {
    return result.changes().stream()
        .flatMap(
            change ->
                change.trips().stream()
                    .map(trip -> TradeRows.told(change.after().accountId(), trip, excursions)))
        .toList();
  }

  private static Map<AccountId, Set<ExecId>> both(
      Map<AccountId, Set<ExecId>> known, Map<AccountId, Set<ExecId>> more) {
    var all = new HashMap<AccountId, Set<ExecId>>();
    known.forEach((id, executions) -> all.put(id, new HashSet<>(executions)));
    more.forEach(
        (id, executions) -> all.computeIfAbsent(id, _ -> new HashSet<>()).addAll(executions));
    return all;
  }

  private Totals totalsBefore(AccountFold fold, LocalDate day) {
    return Totals.of(
        fold, accounts.currency(fold.accountId()), position -> marks.markBefore(day, position));
  }

  /**
   * Notes where these accounts stood when the trading day began that the venue's clock, or quotes
   * of their contracts, have reached. Fills do the same when they are the first to come.
   */
  public Uni<Void> startTradingDays(Collection<AccountId> accountIds) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (var accountId : accountIds) {
      var state = accounts.committed(accountId);
      if (state == null || state.quarantine() != null) continue;
      var reached = standings.knownTime(state).map(TradingCalendar::of).orElse(null);
      if (reached == null) continue;
      if (state.day() != null && !reached.isAfter(state.day().tradingDay())) continue;
      var day = DayStart.of(reached, totalsBefore(state.fold(), reached));
      done = done.chain(() -> startDay(state, day));
    }
    return done;
  }

  private Uni<Void> startDay(AccountState state, DayStart day) {
    return tables
        .startDay(state.accountId(), state.fold().seq(), day)
        .invoke(
            noted -> {
              if (noted) accounts.advance(state.with(day));
              else accounts.forget(state.accountId()::equals);
            })
        .replaceWithVoid();
  }

  private void count(BatchFold.Result result) {
    long quarantined =
        result.changes().stream()
            .filter(
                change ->
                    change.before().quarantine() == null && change.after().quarantine() != null)
            .count();
    fills.increment((double) result.fills());
    repeats.increment((double) result.repeats());
    gaps.increment(result.gaps().size());
    quarantines.increment((double) quarantined);
  }
}
