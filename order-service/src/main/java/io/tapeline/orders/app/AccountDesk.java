package io.tapeline.orders.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.orders.domain.OrderCommand;
import io.tapeline.orders.domain.RequestKind;
import io.tapeline.orders.store.AccountJournal;
import io.tapeline.orders.store.JournalConflictException;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One account: its commands are decided in order and committed in batches; those that arrive while
 * a commit is under way form the next batch. Answers and reads use committed state only.
 *
 * <p>Confined to one Vert.x context: nothing here needs a lock.
 */
final class AccountDesk {
  private static final Logger LOG = Logger.getLogger(AccountDesk.class);
  private static final int MOST_IN_BATCH = 256;
  private static final int MOST_ATTEMPTS = 8;
  private static final long LOOK_AGAIN_MS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A command and who waits for its answer. */
  private record Pending(Asked asked, CompletableFuture<Answer> answer) {}

  private record Decided(Pending pending, @Nullable Answer answer, @Nullable Exception failure) {}

  private record Attempt(BatchDraft draft, List<Decided> decided) {}

  /** A batch until it is answered, with every attempt to commit it. */
  private record Batch(List<Pending> pending, List<Attempt> attempts, Instant deadline) {
    List<Asked> asked() {
      return pending.stream().map(Pending::asked).toList();
    }

    List<BatchDraft> drafts() {
      return attempts.stream().map(Attempt::draft).toList();
    }

    Attempt of(BatchDraft draft) {
      return attempts.stream().filter(a -> a.draft() == draft).findFirst().orElseThrow();
    }
  }

  private final AccountId id;
  private final Context context;
  private final AccountJournal journal;
  private final Tape tape;
  private final OrderMetrics metrics;
  private final OrdersConfig config;
  private final Surroundings surroundings;
  private final InstantSource clock;
  private final AccountMemory memory;
  private final CommitRecovery recovery;

  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private final ArrayDeque<Instant> submitted = new ArrayDeque<>();
  private boolean busy;
  private boolean closed;
  private long rateDenials;
  private @Nullable CompletableFuture<Void> idle;

  AccountDesk(
      AccountId id,
      Context context,
      AccountJournal journal,
      AccountSnapshots snapshots,
      Tape tape,
      OrderMetrics metrics,
      OrdersConfig config,
      Surroundings surroundings,
      InstantSource clock) {
    this.id = id;
    this.context = context;
    this.journal = journal;
    this.tape = tape;
    this.metrics = metrics;
    this.config = config;
    this.surroundings = surroundings;
    this.clock = clock;
    memory = new AccountMemory(id, context, journal, snapshots, tape, config);
    recovery = new CommitRecovery(id, journal, memory);
  }

  AccountId id() {
    return id;
  }

  /** The account as committed, whole and consistent. */
  AccountState committed() {
    return memory.committed();
  }

  /** Knows the account from the journal; nothing is decided before that is done. */
  Uni<Void> load() {
    return Uni.createFrom()
        .<Void>emitter(
            done ->
                context.runOnContext(
                    _ -> memory.load().subscribe().with(_ -> done.complete(null), done::fail)));
  }

  /**
   * Looks whether somebody else wrote to the journal: a former owner may, up to the moment it
   * learns that it is one.
   *
   * @param journaled the newest seq in the journal
   */
  void heard(long journaled) {
    context.runOnContext(
        _ -> {
          if (closed || busy || journaled <= memory.committed().seq()) return;
          LOG.infof(
              "account %s: the journal is at %d, memory at %d; reading it",
              id, journaled, memory.committed().seq());
          memory.beStale();
          busy = true;
          attempt(new Batch(List.of(), new ArrayList<>(), clock.instant().plus(PATIENCE)));
        });
  }

  CompletableFuture<Answer> ask(Asked asked) {
    var pending = new Pending(asked, new CompletableFuture<>());
    context.runOnContext(_ -> enqueue(pending));
    return pending.answer();
  }

  /** Takes no more commands; what waits is given back, what is being committed ends by itself. */
  CompletableFuture<Void> close() {
    var ended = new CompletableFuture<Void>();
    context.runOnContext(
        _ -> {
          closed = true;
          for (var pending : waiting) pending.answer().completeExceptionally(notOwner());
          waiting.clear();
          if (busy) idle = ended;
          else ended.complete(null);
        });
    return ended.thenCompose(_ -> memory.save().subscribeAsCompletionStage());
  }

  private void enqueue(Pending pending) {
    if (closed) {
      pending.answer().completeExceptionally(notOwner());
    } else if (waiting.size() >= config.mostWaiting() && isNewRisk(pending)) {
      pending
          .answer()
          .completeExceptionally(new BusyException(waiting.size() + " commands are waiting"));
    } else {
      waiting.add(pending);
      next();
    }
  }

  private static boolean isNewRisk(Pending pending) {
    return pending.asked().command() instanceof OrderCommand.PlaceOrder;
  }

  private void next() {
    if (busy) return;
    if (waiting.isEmpty()) {
      if (idle != null) idle.complete(null);
      return;
    }
    busy = true;
    var batch = new ArrayList<Pending>(Math.min(waiting.size(), MOST_IN_BATCH));
    while (batch.size() < MOST_IN_BATCH && !waiting.isEmpty()) batch.add(waiting.poll());
    attempt(new Batch(batch, new ArrayList<>(1), clock.instant().plus(PATIENCE)));
  }

  /** Brings memory up to date where it has to be, then decides and commits. */
  private void attempt(Batch batch) {
    if (batch.attempts().isEmpty() && recovery.isKnown(batch.asked())) {
      commit(batch);
      return;
    }
    recovery
        .prepare(batch.asked(), batch.drafts())
        .emitOn(this::onContext)
        .subscribe()
        .with(
            committed -> {
              if (committed != null) answer(batch.of(committed));
              else commit(batch);
            },
            failure -> {
              memory.beStale();
              again(batch, failure);
            });
  }

  private void commit(Batch batch) {
    long asked = metrics.decide().now();
    var attempt = decide(batch.pending());
    batch.attempts().add(attempt);
    long began = metrics.append().now();
    metrics.decide().took(began - asked, "account", id);
    journal
        .append(attempt.draft().batch(now()))
        .emitOn(this::onContext)
        .subscribe()
        .with(
            _ -> {
              long took = metrics.append().now() - began;
              metrics.append().took(took, "account", id);
              if (batch.pending().stream().anyMatch(AccountDesk::isNewRisk))
                metrics.placed(began - asked, took);
              metrics.journaled(id, attempt.draft().recorded(), took);
              advance(attempt);
              answer(attempt);
            },
            failure -> {
              metrics.append().failed(metrics.append().now() - began);
              failed(batch, attempt, failure);
            });
  }

  private Attempt decide(List<Pending> batch) {
    var draft = new BatchDraft(UUID.randomUUID(), memory.committed());
    var decided = new ArrayList<Decided>(batch.size());
    for (var pending : batch) decided.add(decide(pending, draft));
    return new Attempt(draft, decided);
  }

  private Decided decide(Pending pending, BatchDraft draft) {
    var asked = pending.asked();
    var at = now();
    var withTime =
        asked.venueTime() != null
            ? asked
            : new Asked(
                asked.command(),
                asked.commandId(),
                asked.fingerprint(),
                surroundings.venueTime(id, at));
    var known = asked.commandId() == null ? null : memory.answer(asked.commandId());
    var circumstances =
        surroundings.circumstances(
            id, at, rateExceeded(draft, at), execId -> memory.isBookedElsewhere(execId.value()));
    try {
      return new Decided(pending, draft.decide(withTime, known, circumstances, at), null);
    } catch (RuntimeException e) {
      return new Decided(pending, null, e);
    }
  }

  private boolean rateExceeded(BatchDraft draft, Instant at) {
    while (!submitted.isEmpty() && submitted.peek().isBefore(at.minusSeconds(1))) submitted.poll();
    return submitted.size() + draft.submitted() >= surroundings.limits(id).ordersPerSecond();
  }

  /** The commit succeeded: what was tentative is now so. */
  private void advance(Attempt attempt) {
    var draft = attempt.draft();
    memory.advance(draft);
    for (var recorded : draft.recorded()) {
      metrics.event(recorded.event());
      if (recorded.event().countsForRate()) submitted.add(recorded.at());
    }
    if (!draft.recorded().isEmpty()) tape.append(id, draft.tapeLines());
  }

  private void answer(Attempt attempt) {
    metrics.batch(attempt.decided().size());
    for (var decided : attempt.decided()) {
      var future = decided.pending().answer();
      if (decided.answer() != null) {
        note(decided.pending(), decided.answer());
        future.complete(decided.answer());
      } else if (decided.failure() != null) {
        LOG.errorf(decided.failure(), "account %s: a command could not be decided", id);
        future.completeExceptionally(
            new UnbookableReportException(
                String.valueOf(decided.failure().getMessage()), decided.failure()));
      }
    }
    busy = false;
    next();
  }

  private void note(Pending pending, Answer answer) {
    if (!(answer instanceof Answer.Refusal refusal)) return;
    metrics.denial(refusal.reason());
    if (refusal.reason() != DenialReason.ORDER_RATE) return;
    switch (pending.asked().command()) {
      case OrderCommand.PlaceOrder place ->
          deniedForRate(RequestKind.NEW, place.clOrdId(), place.commandId(), place.by());
      case OrderCommand.ReplaceOrder replace ->
          deniedForRate(RequestKind.REPLACE, replace.clOrdId(), replace.commandId(), replace.by());
      // what else is denied for it is in the journal already
      default -> {}
    }
  }

  private void deniedForRate(RequestKind kind, ClOrdId clOrdId, String commandId, String by) {
    if (++rateDenials > 1) return;
    context.owner().setTimer(1_000, _ -> writeDownRateDenials(kind, clOrdId, commandId, by));
  }

  /** Thousands of requests over the rate are one line in the journal. */
  private void writeDownRateDenials(RequestKind kind, ClOrdId first, String commandId, String by) {
    var count = rateDenials;
    rateDenials = 0;
    var note =
        new OrderCommand.NoteRateDenials(
            kind, first, count, surroundings.limits(id).ordersPerSecond(), commandId, by);
    var _ = ask(new Asked(note, null, "", null));
  }

  private void failed(Batch batch, Attempt attempt, Throwable failure) {
    recovery
        .learn(batch.asked(), attempt.draft(), failure)
        .emitOn(this::onContext)
        .subscribe()
        .with(
            _ -> again(batch, failure),
            other -> {
              memory.beStale();
              again(batch, other);
            });
  }

  private void again(Batch batch, Throwable failure) {
    if (batch.attempts().size() >= MOST_ATTEMPTS || clock.instant().isAfter(batch.deadline())) {
      giveUp(batch, failure);
    } else if (failure instanceof JournalConflictException) {
      LOG.debugf("account %s: %s, deciding again", id, failure.getMessage());
      attempt(batch);
    } else {
      LOG.warnf("account %s: commit in doubt (%s), looking again", id, failure.toString());
      context.owner().setTimer(LOOK_AGAIN_MS, _ -> context.runOnContext(_ -> attempt(batch)));
    }
  }

  /** Nobody is told yes or no: asking again under the same id will tell. */
  private void giveUp(Batch batch, Throwable failure) {
    LOG.errorf(
        failure, "account %s: the journal does not take a batch of %d", id, batch.pending().size());
    var unknown = new OutcomeUnknownException("the journal does not answer", failure);
    for (var pending : batch.pending()) pending.answer().completeExceptionally(unknown);
    memory.beStale();
    busy = false;
    next();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void onContext(Runnable work) {
    context.runOnContext(_ -> work.run());
  }

  private NotOwnerException notOwner() {
    return new NotOwnerException("account " + id + " is moving to another replica");
  }
}
