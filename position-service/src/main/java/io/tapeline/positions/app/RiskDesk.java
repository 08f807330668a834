package io.tapeline.positions.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tapeline.contract.Json;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.model.AccountId;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.Capital;
import io.tapeline.positions.domain.DayStart;
import io.tapeline.positions.domain.RiskFact;
import io.tapeline.positions.domain.Standing;
import io.tapeline.positions.store.AccountCommandTable;
import io.tapeline.positions.store.RiskTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds every account against its rules: at every quote of what it holds, after every fold, and by
 * the clock. What a quote leads to is decided on that quote, whatever comes after it; the one
 * thread that owns accounts journals it.
 */
@ApplicationScoped
public class RiskDesk {
  private static final Logger LOG = Logger.getLogger(RiskDesk.class);

  /** Quotes may come faster than decisions are committed; a breach is one decision all the same. */
  private static final int MOST_ALARMS = 10_000;

  private static final int MOST_LINES = 10_000;

  private final Accounts accounts;
  private final Marks marks;
  private final Excursions excursions;
  private final Standings standings;
  private final RiskPrograms programs;
  private final RiskTables tables;
  private final InstantSource clock;
  private final long peakNanos;
  private final Counter decisions;
  private final Queue<Alarm> alarms = new ConcurrentLinkedQueue<>();
  private final Map<AccountId, Long> looked = new HashMap<>();

  /** A moment at which something is to be decided. */
  private record Alarm(AccountId accountId, Standing standing, @Nullable Capital capital) {}

  @Inject
  RiskDesk(
      Accounts accounts,
      Marks marks,
      Excursions excursions,
      Standings standings,
      RiskPrograms programs,
      RiskTables tables,
      PositionsConfig config,
      InstantSource clock,
      MeterRegistry meters) {
    this.accounts = accounts;
    this.marks = marks;
    this.excursions = excursions;
    this.standings = standings;
    this.programs = programs;
    this.tables = tables;
    this.clock = clock;
    peakNanos = config.peakInterval().toNanos();
    decisions = meters.counter("tapeline.positions.risk.decisions");
  }

  /**
   * A contract has a new price. Called by the thread that reads quotes.
   *
   * @return whether something is to be decided: {@link #settleAsked} soon
   */
  public boolean saw(Symbol symbol) {
    boolean alarmed = false;
    for (var state : accounts.inMemory()) {
      var position = state.fold().positions().get(symbol);
      if (position == null || position.isFlat() || state.quarantine() != null) continue;
      var accountId = state.accountId();
      if (!accounts.configured().containsKey(accountId)) continue;
      marks.mark(position).ifPresent(mark -> excursions.saw(accountId, position, mark));
      var standing = standings.of(state);
      if (state.risk().day() == null || state.risk().capital() == null) continue;
      var facts = programs.decider(accountId).decide(state.risk(), standing, false);
      if (facts.isEmpty() || alarms.size() >= MOST_ALARMS) continue;
      alarms.add(new Alarm(accountId, standing, state.risk().capital()));
      alarmed = true;
    }
    return alarmed;
  }

  /** Whether a quote asks for a decision that is not made yet. */
  public boolean isAsked() {
    return !alarms.isEmpty();
  }

  /**
   * Decides what quotes have asked for. Called by the thread that owns accounts, before anything
   * else it has to do: somebody's money is at risk.
   *
   * @return the lines journaled, in order
   */
  public Uni<List<RiskEventRecord>> settleAsked(List<AccountId> owned) {
    var asked = new ArrayList<Alarm>();
    for (var alarm = alarms.poll(); alarm != null; alarm = alarms.poll())
      if (owned.contains(alarm.accountId())) asked.add(alarm);
    Uni<List<RiskEventRecord>> all = Uni.createFrom().item(List.of());
    for (var alarm : asked) all = and(all, () -> decided(alarm));
    return all;
  }

  /** Decides what a fold has led to: as {@link #settleAsked}. */
  public Uni<List<RiskEventRecord>> settleFolded(Collection<AccountId> folded) {
    Uni<List<RiskEventRecord>> all = Uni.createFrom().item(List.of());
    for (var accountId : folded)
      if (mayBeDecided(accountId)) all = and(all, () -> decided(accountId, null, false));
    return all;
  }

  /**
   * Looks at accounts that were not looked at for a while: of what the clock leads to, and of peaks
   * to be written down.
   *
   * @param nanos a clock that never goes back
   */
  public Uni<List<RiskEventRecord>> settleDue(List<AccountId> owned, long nanos) {
    Uni<List<RiskEventRecord>> all = Uni.createFrom().item(List.of());
    for (var accountId : owned) {
      if (nanos - looked.getOrDefault(accountId, nanos - peakNanos) < peakNanos) continue;
      if (accounts.committed(accountId) == null) continue;
      looked.put(accountId, nanos);
      if (mayBeDecided(accountId)) all = and(all, () -> decided(accountId, null, true));
    }
    return all;
  }

  private boolean mayBeDecided(AccountId accountId) {
    var state = accounts.committed(accountId);
    return state != null
        && state.quarantine() == null
        && (state.day() != null || standings.knownTime(state).isPresent());
  }

  static Uni<List<RiskEventRecord>> and(
      Uni<List<RiskEventRecord>> before, Supplier<Uni<List<RiskEventRecord>>> next) {
    return before.chain(
        lines ->
            next.get()
                .map(
                    more -> {
                      if (more.isEmpty()) return lines;
                      var both = new ArrayList<>(lines);
                      both.addAll(more);
                      return both;
                    }));
  }

  /**
   * Since the quote asked the account may have been adjusted: what was seen then is seen as if it
   * had been before. Of a life that is over nothing more is decided.
   */
  private Uni<List<RiskEventRecord>> decided(Alarm alarm) {
    var state = accounts.committed(alarm.accountId());
    var then = alarm.capital();
    var now = state == null ? null : state.risk().capital();
    if (then == null || now == null || then.life() != now.life())
      return Uni.createFrom().item(List.of());
    return decided(
        alarm.accountId(), alarm.standing().movedBy(now.base().subtract(then.base())), false);
  }

  /**
   * @param then the moment to decide on; null: now
   */
  private Uni<List<RiskEventRecord>> decided(
      AccountId accountId, @Nullable Standing then, boolean notePeaks) {
    var state = accounts.committed(accountId);
    if (state == null) return Uni.createFrom().item(List.of());
    var standing = then == null ? standings.of(state) : then;
    var facts = programs.decider(accountId).decide(state.risk(), standing, notePeaks);
    if (facts.isEmpty()) return Uni.createFrom().item(List.of());
    return journal(state, standing, facts, null, null);
  }

  /**
   * @param commandId of the command that the last fact answers; null: none
   * @param day where the trading day begins from now on; null: where it did
   * @return the lines; none when they could not be written
   */
  Uni<List<RiskEventRecord>> journal(
      AccountState state,
      Standing standing,
      List<RiskFact> facts,
      @Nullable String commandId,
      @Nullable DayStart day) {
    var now = clock.instant();
    List<RiskEventRecord> lines = new ArrayList<>();
    var risk = state.risk();
    for (var fact : facts) {
      var event = RiskRows.event(fact, risk.evolve(fact), standing);
      // from what is written down, so that the journal leads to this state and no other
      risk = risk.evolve(RiskRows.fact(event));
      lines.add(
          new RiskEventRecord(
              state.accountId().value(),
              risk.no(),
              1,
              now,
              standing.venueTime(),
              state.fold().seq(),
              event));
    }
    var after = day == null ? state.with(risk) : state.with(risk).with(day);
    var answer =
        commandId == null
            ? null
            : new AccountCommandTable.Answer(
                commandId,
                new String(
                    Json.bytes(new AccountDesk.Outcome(lines.getLast(), null)),
                    StandardCharsets.UTF_8));
    return tables
        .append(
            state.accountId(),
            now,
            lines,
            risk,
            new RiskTables.Beside(answer, day, state.fold().seq()))
        .onFailure()
        .invoke(() -> accounts.forget(state.accountId()::equals))
        .invoke(
            () -> {
              accounts.advance(after);
              decisions.increment(lines.size());
            })
        .replaceWith(lines)
        .onFailure()
        .recoverWithUni(
            e -> {
              LOG.errorf(e, "the risk journal of %s was not written", state.accountId());
              return follow(state).replaceWith(List.of());
            });
  }

  /** Where the journal is ahead of the state it led to, which was lost, the state is made again. */
  private Uni<Void> follow(AccountState state) {
    return tables
        .events(state.accountId(), state.risk().no(), MOST_LINES)
        .chain(
            ahead -> {
              if (ahead.isEmpty()) return Uni.createFrom().voidItem();
              var risk = state.risk();
              for (var line : ahead) risk = risk.evolve(RiskRows.fact(line.event()));
              var known = state.with(risk);
              return tables
                  .remember(state.accountId(), risk)
                  .invoke(() -> accounts.forget(state.accountId()::equals))
                  .chain(
                      () ->
                          ahead.size() < MOST_LINES ? Uni.createFrom().voidItem() : follow(known));
            })
        .onFailure()
        .recoverWithNull();
  }

  /** Forgets accounts that another replica decides for. */
  public void forget(Predicate<AccountId> which) {
    looked.keySet().removeIf(which);
    standings.forget(which);
  }
}
