package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.Json;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.AccountCommand;
import io.tapeline.positions.domain.AccountCommand.Adjust;
import io.tapeline.positions.domain.AccountCommand.Reset;
import io.tapeline.positions.domain.AccountDecider;
import io.tapeline.positions.domain.AccountDecider.Refusal;
import io.tapeline.positions.domain.AccountDecider.Ruling;
import io.tapeline.positions.domain.DayStart;
import io.tapeline.positions.domain.Results;
import io.tapeline.positions.domain.RiskFact;
import io.tapeline.positions.domain.Totals;
import io.tapeline.positions.store.AccountCommandTable;
import io.tapeline.positions.store.AccountCommandTable.Answer;
import io.tapeline.positions.store.AccountCommandTable.Known;
import io.tapeline.positions.store.AccountCommandTable.Open;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Adjustments and resets. Any replica takes a command down; the one thread that owns the account
 * takes it up, after what its rules have to say, and writes line and answer together. A command
 * without an answer waits for whoever owns the account next.
 */
@ApplicationScoped
public class AccountDesk {
  private static final Logger LOG = Logger.getLogger(AccountDesk.class);
  private static final long SWEEP_NANOS = Duration.ofMillis(500).toNanos();
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Accounts accounts;
  private final Marks marks;
  private final Standings standings;
  private final RiskPrograms programs;
  private final RiskDesk risk;
  private final AccountCommandTable commands;
  private final InstantSource clock;
  private final AtomicBoolean asked = new AtomicBoolean(true);
  private long sweptNanos;

  /** A command as it is kept; one of both. */
  record Asked(@Nullable Adjust adjust, @Nullable Reset reset) {
    static Asked of(AccountCommand command) {
      return switch (command) {
        case Adjust adjust -> new Asked(adjust, null);
        case Reset reset -> new Asked(null, reset);
      };
    }

    AccountCommand command() {
      if (adjust != null) return adjust;
      if (reset != null) return reset;
      throw new IllegalStateException("a command that asks for nothing");
    }
  }

  /** What came of a command: a line of the risk journal, or why not. */
  public record Outcome(@Nullable RiskEventRecord line, @Nullable Refused refused) {}

  /** Why not, for ever: the same command has no other answer. */
  public record Refused(Refusal reason, String detail, Map<String, String> params) {}

  /** Of that id another command was asked. */
  public static final class AskedOtherwiseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AskedOtherwiseException(String commandId) {
      super("command " + commandId + " asked for something else");
    }
  }

  @Inject
  AccountDesk(
      Accounts accounts,
      Marks marks,
      Standings standings,
      RiskPrograms programs,
      RiskDesk risk,
      AccountCommandTable commands,
      InstantSource clock) {
    this.accounts = accounts;
    this.marks = marks;
    this.standings = standings;
    this.programs = programs;
    this.risk = risk;
    this.commands = commands;
    this.clock = clock;
  }

  /**
   * Takes a command down and waits for what comes of it.
   *
   * @return empty when nobody has taken it up in time; it still may be. Fails with {@link
   *     AskedOtherwiseException}
   */
  public Uni<Optional<Outcome>> ask(AccountId accountId, AccountCommand command) {
    var fingerprint = fingerprint(command);
    var end = System.nanoTime() + PATIENCE.toNanos();
    return commands
        .ask(accountId, command.commandId(), fingerprint, clock.instant(), text(Asked.of(command)))
        .invoke(
            known -> {
              if (!known.fingerprint().equals(fingerprint))
                throw new AskedOtherwiseException(command.commandId());
              asked.set(true);
            })
        .chain(known -> answered(accountId, command.commandId(), known, end));
  }

  private Uni<Optional<Outcome>> answered(
      AccountId accountId, String commandId, Known known, long end) {
    var answer = known.answer();
    if (answer != null)
      return Uni.createFrom()
          .item(Optional.of(Json.read(answer.getBytes(StandardCharsets.UTF_8), Outcome.class)));
    if (System.nanoTime() > end) return Uni.createFrom().item(Optional.empty());
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(PAUSE)
        .chain(() -> commands.find(accountId, commandId))
        .chain(later -> answered(accountId, commandId, later, end));
  }

  /** What was asked for, whoever asks. */
  private static String fingerprint(AccountCommand command) {
    return switch (command) {
      case Adjust(_, var kind, var amount, var reason, _) ->
          "adjust %s %s: %s".formatted(kind, RiskRows.plain(amount).toPlainString(), reason);
      case Reset(_, var start, var reason, _) ->
          "reset %s: %s"
              .formatted(start == null ? "" : RiskRows.plain(start).toPlainString(), reason);
    };
  }

  /**
   * Decides what was asked for. Called by the thread that owns accounts.
   *
   * @param nanos a clock that never goes back
   * @return the lines journaled, in order
   */
  public Uni<List<RiskEventRecord>> settle(List<AccountId> owned, long nanos) {
    if (!asked.getAndSet(false) && nanos - sweptNanos < SWEEP_NANOS)
      return Uni.createFrom().item(List.of());
    sweptNanos = nanos;
    return commands
        .open(owned)
        .chain(
            open -> {
              Uni<List<RiskEventRecord>> all = Uni.createFrom().item(List.of());
              for (var next : open) all = RiskDesk.and(all, () -> decidedOrLeft(next));
              return all;
            });
  }

  /** One command that cannot be decided must not keep everybody else waiting. */
  private Uni<List<RiskEventRecord>> decidedOrLeft(Open open) {
    return Uni.createFrom()
        .deferred(() -> decided(open))
        .onFailure()
        .invoke(e -> LOG.errorf(e, "a command of %s is left open", open.accountId()))
        .onFailure()
        .recoverWithItem(List.of());
  }

  private Uni<List<RiskEventRecord>> decided(Open open) {
    var accountId = open.accountId();
    var state = accounts.committed(accountId);
    // before its first day an account has nothing an adjustment could belong to
    if (state == null || state.day() == null) return Uni.createFrom().item(List.of());
    var command = Json.read(open.body().getBytes(StandardCharsets.UTF_8), Asked.class).command();
    var standing = standings.of(state);
    var before = programs.decider(accountId).decide(state.risk(), standing, false);
    var risen = state.risk();
    for (var fact : before) risen = risen.evolve(fact);
    var currency = accounts.currency(accountId);
    var totals = Totals.of(state.fold(), currency, marks::mark);
    var ruling =
        AccountDecider.decide(
            state.with(risen),
            standing,
            Results.of(state.fold(), currency, standing.tradingDay()),
            totals,
            command);
    return switch (ruling) {
      case Ruling.Refused(var reason, var detail, var params) ->
          commands
              .answer(
                  accountId,
                  new Answer(
                      command.commandId(),
                      text(new Outcome(null, new Refused(reason, detail, params)))))
              .replaceWith(List.<RiskEventRecord>of());
      case Ruling.Accepted(var more) -> {
        var facts = new ArrayList<>(before);
        facts.addAll(more);
        var startsOver = more.getLast() instanceof RiskFact.AccountReset;
        yield risk.journal(
            state,
            standing,
            facts,
            command.commandId(),
            startsOver ? DayStart.of(standing.tradingDay(), totals) : null);
      }
    };
  }

  private static String text(Object body) {
    return new String(Json.bytes(body), StandardCharsets.UTF_8);
  }
}
