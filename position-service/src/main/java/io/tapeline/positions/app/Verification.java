package io.tapeline.positions.app;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tapeline.model.AccountId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Every account against the tape, while the desk runs: orders as order-service keeps them and as
 * the tape has them, positions, round trips and risk row by row, and that no fill was lost.
 */
@ApplicationScoped
public class Verification {
  private static final Logger LOG = Logger.getLogger(Verification.class);
  private static final Duration FILLS_WITHIN = Duration.ofSeconds(60);

  private final Accounts accounts;
  private final ShadowCheck check;
  private final OrdersSide orders;
  private final FillReport fills;
  private final InstantSource clock;
  private final AtomicReference<Run> latest = new AtomicReference<>(Run.NONE);

  /** How far a run has come. */
  public enum State {
    NONE,
    RUNNING,
    DONE
  }

  /**
   * The run that was begun last.
   *
   * @param id counts the runs of this replica
   * @param ok nothing differs; false until it is done
   */
  public record Run(
      long id,
      State state,
      boolean ok,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      List<Item> items) {
    static final Run NONE = new Run(0, State.NONE, false, null, null, List.of());
  }

  /**
   * An account.
   *
   * @param tables what position-service keeps; null when it could not be compared
   * @param orders what order-service found; null when it gave no answer
   * @param fills the venue's executions; null when they could not be read
   * @param differences of all of them, in words
   */
  public record Item(
      String accountId,
      boolean ok,
      ShadowCheck.@Nullable Report tables,
      OrdersSide.@Nullable Found orders,
      FillReport.@Nullable Report fills,
      List<String> differences) {}

  @Inject
  Verification(
      Accounts accounts,
      ShadowCheck check,
      OrdersSide orders,
      FillReport fills,
      InstantSource clock) {
    this.accounts = accounts;
    this.check = check;
    this.orders = orders;
    this.fills = fills;
    this.clock = clock;
  }

  public Run latest() {
    return latest.get();
  }

  /** Begins a run; while one is under way there is no second. */
  public Run begin() {
    var before = latest.get();
    if (before.state() == State.RUNNING) return before;
    var begun = new Run(before.id() + 1, State.RUNNING, false, clock.instant(), null, List.of());
    if (!latest.compareAndSet(before, begun)) return latest.get();
    Infrastructure.getDefaultWorkerPool().execute(() -> run(begun));
    return begun;
  }

  private void run(Run run) {
    var items = new ArrayList<Item>();
    for (var accountId : accounts.configured().keySet()) {
      items.add(verified(accountId));
      latest.set(
          new Run(run.id(), State.RUNNING, false, run.startedAt(), null, List.copyOf(items)));
    }
    latest.set(
        new Run(
            run.id(),
            State.DONE,
            items.stream().allMatch(Item::ok),
            run.startedAt(),
            clock.instant(),
            List.copyOf(items)));
  }

  private Item verified(AccountId accountId) {
    var differences = new ArrayList<String>();
    OrdersSide.Found found = null;
    ShadowCheck.Report tables = null;
    FillReport.Report report = null;
    try {
      found = orders.verify(accountId).orElse(null);
      if (found == null) differences.add("order-service gives no answer");
      else if (!found.ok())
        differences.add(
            "order-service: %d rows unlike the replay, %d unlike the journal, or another live state"
                .formatted(found.rowsUnlikeReplay(), found.rowsUnlikeJournal()));
      tables = check.check(accountId, found == null ? null : found.seq()).orElse(null);
      if (tables == null) differences.add("another verification is under way");
      else differences.addAll(tables.differences());
      if (tables != null && found != null) compareOrders(tables, found, differences);
      report = fills.report(accountId).await().atMost(FILLS_WITHIN);
      addLost(report, differences);
    } catch (RuntimeException e) {
      LOG.warnf(e, "account %s cannot be verified", accountId);
      differences.add("cannot be verified: " + e);
    }
    return new Item(
        accountId.value(), differences.isEmpty(), tables, found, report, List.copyOf(differences));
  }

  private static void compareOrders(
      ShadowCheck.Report tables, OrdersSide.Found found, List<String> differences) {
    var onTape = Objects.requireNonNull(tables.orders(), "asked for");
    if (onTape.rows() != found.orders() || !onTape.hash().equals(found.ordersHash()))
      differences.add(
          "orders up to line %d: tape %d rows, hash %s, journal %d rows, hash %s"
              .formatted(
                  found.seq(), onTape.rows(), onTape.hash(), found.orders(), found.ordersHash()));
  }

  private static void addLost(FillReport.Report report, List<String> differences) {
    for (var id : report.notInJournal()) differences.add("execution not in the journal: " + id);
    for (var id : report.journaledTwice()) differences.add("execution journaled twice: " + id);
    for (var id : report.notInTables()) differences.add("execution not in the tables: " + id);
    for (var id : report.notOnTape()) differences.add("execution not on the tape: " + id);
  }
}
