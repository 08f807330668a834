package io.tapeline.positions.app;

import static io.tapeline.positions.app.RiskRows.plain;

import io.tapeline.contract.AccountRow;
import io.tapeline.contract.PositionRow;
import io.tapeline.model.Symbol;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.Mark;
import io.tapeline.positions.domain.OpenRisk;
import io.tapeline.positions.domain.Position;
import io.tapeline.positions.domain.Standing;
import io.tapeline.positions.domain.Totals;
import io.tapeline.service.TapelineConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Accounts and positions as everybody sees them. */
@ApplicationScoped
public class Rows {
  private final Accounts accounts;
  private final Marks marks;
  private final Standings standings;
  private final RiskPrograms programs;
  private final InstantSource clock;
  private final Duration staleAfter;
  private final long keepFlatDays;
  private final AtomicLong markNo = new AtomicLong();

  @Inject
  Rows(
      Accounts accounts,
      Marks marks,
      Standings standings,
      RiskPrograms programs,
      PositionsConfig config,
      InstantSource clock) {
    this.accounts = accounts;
    this.marks = marks;
    this.standings = standings;
    this.programs = programs;
    this.clock = clock;
    staleAfter = config.staleAfter();
    keepFlatDays = config.keepFlat().toDays();
  }

  /**
   * The positions of every contract ever traded.
   *
   * @param markNo the second part of their version
   */
  public List<PositionRow> positions(AccountState state, long markNo) {
    var today = standings.knownTime(state).map(TradingCalendar::of).orElse(null);
    return state.fold().positions().values().stream()
        .filter(position -> position.fills() > 0 && !isOver(position, today))
        .map(
            position ->
                // a flat position is worth nothing at any price; a mark would only make it say so
                // all day
                position(
                    state,
                    position,
                    position.isFlat() ? Optional.empty() : marks.mark(position),
                    markNo,
                    clock.instant()))
        .toList();
  }

  /** The contracts of positions that are no longer said. */
  List<Symbol> over(AccountState state) {
    var today = standings.knownTime(state).map(TradingCalendar::of).orElse(null);
    return state.fold().positions().values().stream()
        .filter(position -> position.fills() > 0 && isOver(position, today))
        .map(position -> position.instrument().symbol())
        .toList();
  }

  /** Flat for long by the venue's calendar; while its clock is not known nothing is. */
  private boolean isOver(Position position, @Nullable LocalDate today) {
    var last = position.tally().day();
    return position.isFlat()
        && today != null
        && last != null
        && last.plusDays(keepFlatDays).isBefore(today);
  }

  private PositionRow position(
      AccountState state, Position position, Optional<Mark> mark, long markNo, Instant now) {
    var instrument = position.instrument();
    var unrealized =
        position.isFlat()
            ? BigDecimal.ZERO
            : mark.map(m -> position.unrealized(m).amount()).orElse(null);
    var age = mark.map(m -> Duration.between(m.at(), now)).orElse(Duration.ZERO);
    boolean stale = age.compareTo(staleAfter) > 0;
    return new PositionRow(
        state.accountId().value(),
        instrument.symbol().value(),
        position.netQty(),
        position.avgPx(),
        position.realized().amount(),
        unrealized,
        plain(position.fees()),
        instrument.tickValue().currency().getCurrencyCode(),
        mark.map(m -> m.px(instrument)).orElse(null),
        mark.map(m -> m.at()).orElse(null),
        List.of(state.fold().seq(), markNo),
        stale ? true : null,
        stale ? age.toMillis() : null,
        position.reportedPnl() == null ? null : plain(position.reportedPnl()));
  }

  /** The account's money; null for an account that is not configured. */
  public @Nullable AccountRow account(AccountState state, long markNo) {
    var account = accounts.configured().get(state.accountId());
    return account == null ? null : account(state, account, markNo);
  }

  private AccountRow account(AccountState state, TapelineConfig.Account account, long markNo) {
    var standing = standings.of(state);
    return new AccountRow(
        state.accountId().value(),
        account.name().orElse(state.accountId().value()),
        account.venue(),
        account.practice(),
        state.fold().permission().state(),
        account.currency(),
        plain(standing.balance()),
        plain(standing.equity()),
        plain(standing.realized().add(standing.unrealized())),
        RiskRows.limits(programs.decider(state.accountId()).uses(state.risk(), standing)),
        state.quarantine() == null ? null : true,
        clock.instant(),
        List.of(state.fold().seq(), markNo),
        state.day() == null ? null : day(state, standing),
        stats(state, standing),
        openRisk(state),
        RiskRows.risk(
            state,
            programs.program(state.accountId()).orElse(null),
            programs.decider(state.accountId()).maxContracts(state.risk(), standing)));
  }

  private AccountRow.DayRow day(AccountState state, Standing standing) {
    var fees = state.fold().positions().values().stream().map(Position::fees);
    var results = standings.results(state, standing.tradingDay());
    var dayFees =
        fees.reduce(BigDecimal.ZERO, BigDecimal::add)
            .subtract(state.day() == null ? BigDecimal.ZERO : state.day().fees());
    return new AccountRow.DayRow(
        standing.tradingDay(),
        TradingCalendar.session(standing.venueTime()).name(),
        plain(standing.startBalance()),
        plain(standing.startEquity()),
        plain(standing.realized().add(dayFees)),
        plain(standing.unrealized()),
        plain(dayFees),
        results.dayFills(),
        results.dayTrades(),
        results.dayWins(),
        results.dayLosses());
  }

  private AccountRow.StatsRow stats(AccountState state, Standing standing) {
    var results = standings.results(state, standing.tradingDay());
    var known = state.risk().peak();
    var peak =
        (known == null ? standing.highest() : known.max(standing.highest()))
            .max(standing.startEquity());
    return new AccountRow.StatsRow(
        results.trades(),
        results.wins(),
        results.losses(),
        plain(results.grossProfit()),
        plain(results.grossLoss()),
        results.winRate(),
        results.profitFactor(),
        plain(peak),
        plain(peak.subtract(standing.equity())));
  }

  private AccountRow.OpenRiskRow openRisk(AccountState state) {
    var risk = OpenRisk.of(state, accounts.currency(state.accountId()), marks::mark);
    return new AccountRow.OpenRiskRow(
        plain(risk.toStops()), risk.protectedQty(), risk.unprotectedQty());
  }

  /** The positions of a past moment, at the prices of then as far as they are known. */
  public List<PositionRow> positions(PastStates.Past past) {
    return past.state().fold().positions().values().stream()
        .filter(position -> position.fills() > 0)
        .map(position -> position(past.state(), position, then(past, position), 0, past.asOf()))
        .toList();
  }

  private static Optional<Mark> then(PastStates.Past past, Position position) {
    return Optional.ofNullable(past.marks().get(position.instrument().symbol()));
  }

  /**
   * The money of a past moment; null for an account that is not configured. A position without a
   * price of then counts as worth what was paid. Limits of then are lines of the risk journal.
   */
  public @Nullable AccountRow account(PastStates.Past past) {
    var state = past.state();
    var account = accounts.configured().get(state.accountId());
    if (account == null) return null;
    var totals =
        Totals.of(
            state.fold(), accounts.currency(state.accountId()), position -> then(past, position));
    var balance =
        accounts
            .base(state.accountId(), past.books().capital())
            .add(totals.realized())
            .subtract(totals.fees());
    var equity = balance.add(totals.unrealized());
    var dayStart = past.books().dayEquity() == null ? equity : past.books().dayEquity();
    return new AccountRow(
        state.accountId().value(),
        account.name().orElse(state.accountId().value()),
        account.venue(),
        account.practice(),
        state.fold().permission().state(),
        account.currency(),
        plain(balance),
        plain(equity),
        plain(equity.subtract(dayStart)),
        List.of(),
        state.quarantine() == null ? null : true,
        past.asOf(),
        List.of(state.fold().seq(), 0L),
        null,
        null,
        null,
        null);
  }

  /**
   * The next number of a mark: never less than the service clock in microseconds, so that neither a
   * restart nor a new owner goes back.
   */
  public long nextMarkNo() {
    var now = clock.instant();
    var micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    return markNo.updateAndGet(last -> Math.max(last + 1, micros));
  }
}
