package io.tapeline.orders.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.Json;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.Evolution;
import io.tapeline.orders.domain.Order;
import io.tapeline.orders.domain.OrderCommand;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.orders.domain.Recorded;
import io.tapeline.orders.store.AccountJournal;
import io.tapeline.orders.store.AccountJournal.Stored;
import io.tapeline.orders.store.JournalConflictException;
import io.vertx.core.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final int PAGE = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A command and who waits for its answer. */
  private record Pending(Asked asked, CompletableFuture<Answer> answer) {}

  private record Decided(Pending pending, @Nullable Answer answer, @Nullable Exception failure) {}

  private record Attempt(BatchDraft draft, List<Decided> decided) {}

  private final AccountId id;
  private final Context context;
  private final AccountJournal journal;
  private final Tape tape;
  private final OrderMetrics metrics;
  private final OrdersConfig config;
  private final Surroundings surroundings;
  private final InstantSource clock;

  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private final Map<String, BatchDraft.Known> answers;
  private final Set<String> bookedElsewhere = new HashSet<>();
  private final ArrayDeque<Instant> submitted = new ArrayDeque<>();
  private boolean busy;
  private boolean closed;

  /** Whether the journal may hold more than is in memory. */
  private boolean stale;

  private long rateDenials;
  private @Nullable CompletableFuture<Void> idle;

  /** Written on the context, read anywhere: it never changes, it is replaced. */
  private volatile AccountState committed;

  AccountDesk(
      AccountId id,
      Context context,
      AccountJournal journal,
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
    committed = AccountState.empty(id);
    answers =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, BatchDraft.Known> eldest) {
            return size() > config.answersInMemory();
          }
        };
  }

  /** The account as committed, whole and consistent. */
  AccountState committed() {
    return committed;
  }

  /** Folds the journal; nothing is decided before that is done. */
  Uni<Void> load() {
    return Uni.createFrom()
        .<Void>emitter(
            done ->
                context.runOnContext(
                    _ ->
                        reload(new HashSet<>(), false)
                            .subscribe()
                            .with(_ -> done.complete(null), done::fail)));
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
    return ended;
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
    attempt(batch, new ArrayList<>(), clock.instant().plus(PATIENCE));
  }

  /** Brings memory up to date, then decides and commits. */
  private void attempt(List<Pending> batch, List<Attempt> earlier, Instant deadline) {
    var seen = new HashSet<UUID>();
    var upToDate = stale ? reload(seen, true) : Uni.createFrom().voidItem();
    upToDate
        .chain(() -> recognised(earlier, seen))
        .chain(
            found ->
                found == null
                    ? recall(missing(batch)).map(_ -> (@Nullable Attempt) null)
                    : Uni.createFrom().<@Nullable Attempt>item(found))
        .emitOn(this::onContext)
        .subscribe()
        .with(
            found -> {
              if (found != null) answer(found);
              else commit(batch, earlier, deadline);
            },
            failure -> {
              stale = true;
              again(batch, earlier, deadline, failure);
            });
  }

  private void commit(List<Pending> batch, List<Attempt> earlier, Instant deadline) {
    var attempt = metrics.decide().record(() -> decide(batch));
    if (attempt == null) throw new IllegalStateException("nothing was decided");
    earlier.add(attempt);
    var started = System.nanoTime();
    journal
        .append(attempt.draft().batch(now()))
        .emitOn(this::onContext)
        .subscribe()
        .with(
            _ -> {
              metrics
                  .commit()
                  .record(System.nanoTime() - started, java.util.concurrent.TimeUnit.NANOSECONDS);
              advance(attempt);
              answer(attempt);
            },
            failure -> failed(batch, earlier, deadline, failure));
  }

  private Attempt decide(List<Pending> batch) {
    var draft = new BatchDraft(UUID.randomUUID(), committed);
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
    var known = asked.commandId() == null ? null : answers.get(asked.commandId());
    var circumstances =
        surroundings.circumstances(
            id, at, rateExceeded(draft, at), execId -> bookedElsewhere.contains(execId.value()));
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
    committed = trimmed(draft.account());
    draft.answered().forEach(answers::put);
    for (var recorded : draft.recorded()) {
      metrics.event(recorded.event());
      if (recorded.event() instanceof OrderEvent.OrderSubmitted) submitted.add(recorded.at());
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
    if (refusal.reason() == io.tapeline.orders.domain.DenialReason.ORDER_RATE
        && pending.asked().command() instanceof OrderCommand.PlaceOrder place
        && ++rateDenials == 1) {
      context.owner().setTimer(1_000, _ -> writeDownRateDenials(place));
    }
  }

  /** Thousands of orders over the rate are one line in the journal. */
  private void writeDownRateDenials(OrderCommand.PlaceOrder first) {
    var count = rateDenials;
    rateDenials = 0;
    var note =
        new OrderCommand.NoteRateDenials(
            first.clOrdId(),
            count,
            surroundings.limits(id).ordersPerSecond(),
            first.commandId(),
            first.by());
    var _ = ask(new Asked(note, null, "", null));
  }

  private void failed(
      List<Pending> batch, List<Attempt> attempts, Instant deadline, Throwable failure) {
    Uni<Void> remedy =
        failure instanceof JournalConflictException conflict
            ? switch (conflict.known()) {
              case SEQ -> beStale();
              case COMMAND -> learnAnswers(batch);
              case EXECUTION -> learnExecutions(attempts.getLast());
              case ORDER -> recall(placed(batch));
            }
            : beStale();
    remedy
        .emitOn(this::onContext)
        .subscribe()
        .with(
            _ -> again(batch, attempts, deadline, failure),
            other -> {
              stale = true;
              again(batch, attempts, deadline, other);
            });
  }

  private Uni<Void> beStale() {
    stale = true;
    return Uni.createFrom().voidItem();
  }

  private void again(
      List<Pending> batch, List<Attempt> attempts, Instant deadline, Throwable failure) {
    if (attempts.size() >= MOST_ATTEMPTS || clock.instant().isAfter(deadline)) {
      LOG.errorf(failure, "account %s: the journal does not take a batch of %d", id, batch.size());
      var unknown = new OutcomeUnknownException("the journal does not answer", failure);
      for (var pending : batch) pending.answer().completeExceptionally(unknown);
      stale = true;
      busy = false;
      next();
    } else if (failure instanceof JournalConflictException) {
      LOG.debugf("account %s: %s, deciding again", id, failure.getMessage());
      attempt(batch, attempts, deadline);
    } else {
      LOG.warnf("account %s: commit in doubt (%s), looking again", id, failure.toString());
      context.owner().setTimer(200, _ -> attempt(batch, attempts, deadline));
    }
  }

  /** A commit whose answer was lost may have succeeded: then it is not decided again. */
  private Uni<@Nullable Attempt> recognised(List<Attempt> earlier, Set<UUID> seen) {
    for (var attempt : earlier) {
      if (seen.contains(attempt.draft().id()))
        return Uni.createFrom().<@Nullable Attempt>item(attempt);
    }
    var commandsOnly =
        earlier.stream()
            .filter(a -> a.draft().recorded().isEmpty() && !a.draft().answered().isEmpty())
            .toList();
    if (commandsOnly.isEmpty()) return Uni.createFrom().nullItem();
    return journal
        .committed(
            id,
            commandsOnly.stream().map(a -> a.draft().id()).toList(),
            commandsOnly.stream()
                .flatMap(a -> a.draft().answered().keySet().stream())
                .distinct()
                .toList())
        .map(
            found ->
                commandsOnly.stream()
                    .filter(a -> found.contains(a.draft().id()))
                    .findFirst()
                    .orElse(null));
  }

  /** Reads the tail of the journal, page by page. */
  private Uni<Void> reload(Set<UUID> seen, boolean publish) {
    return journal
        .after(id, committed.seq(), PAGE)
        .emitOn(this::onContext)
        .chain(
            page -> {
              var lines = new ArrayList<Tape.Line>();
              for (var stored : page) {
                fold(stored);
                seen.add(stored.batchId());
                lines.add(new Tape.Line(stored.seq(), stored.body()));
              }
              if (publish && !lines.isEmpty()) tape.append(id, lines);
              if (page.size() == PAGE) return reload(seen, publish);
              stale = false;
              return Uni.createFrom().voidItem();
            });
  }

  private void fold(Stored stored) {
    var line = TapeRecords.read(stored.body());
    committed = trimmed(Evolution.evolve(committed, TapeRecords.recorded(line, committed)));
  }

  /** Lets a good part go at once, so that it is not done on every commit. */
  private AccountState trimmed(AccountState account) {
    var most = config.closedInMemory();
    return account.closed().size() > most + most / 4 ? account.forgettingBeyond(most) : account;
  }

  private Set<String> missing(List<Pending> batch) {
    var missing = new HashSet<String>();
    for (var pending : batch) {
      for (var clOrdId : OrderNames.of(pending.asked().command())) {
        if (committed.order(clOrdId) == null) missing.add(clOrdId.value());
      }
    }
    for (var pending : batch) {
      if (pending.asked().command() instanceof OrderCommand.PlaceOrder place)
        missing.remove(place.clOrdId().value());
    }
    return missing;
  }

  private static Set<String> placed(List<Pending> batch) {
    var placed = new HashSet<String>();
    for (var pending : batch) {
      if (pending.asked().command() instanceof OrderCommand.PlaceOrder place)
        placed.add(place.clOrdId().value());
    }
    return placed;
  }

  /** Brings orders that left memory when they closed back into it. */
  private Uni<Void> recall(Set<String> clOrdIds) {
    if (clOrdIds.isEmpty()) return Uni.createFrom().voidItem();
    return journal
        .ofOrders(id, clOrdIds)
        .emitOn(this::onContext)
        .invoke(stored -> recalled(stored).values().forEach(this::remember))
        .replaceWithVoid();
  }

  private void remember(Order order) {
    committed = committed.recalling(order);
  }

  private Map<ClOrdId, Order> recalled(List<Stored> events) {
    var orders = new HashMap<ClOrdId, Order>();
    for (var stored : events) {
      var recorded = TapeRecords.recorded(TapeRecords.read(stored.body()), committed);
      if (recorded.event() instanceof OrderEvent.OfOrder event) {
        var after = Evolution.evolve(orders.get(event.clOrdId()), event, recorded);
        if (after != null) orders.put(event.clOrdId(), after);
      }
    }
    return orders;
  }

  private Uni<Void> learnAnswers(List<Pending> batch) {
    var ids = new HashSet<String>();
    for (var pending : batch) {
      var commandId = pending.asked().commandId();
      if (commandId != null) ids.add(commandId);
    }
    return journal
        .answers(id, ids)
        .emitOn(this::onContext)
        .invoke(found -> found.forEach(this::learn))
        .replaceWithVoid();
  }

  private void learn(String commandId, AccountJournal.Answered answered) {
    answers.put(
        commandId,
        new BatchDraft.Known(
            answered.fingerprint(),
            Json.read(answered.answer().getBytes(StandardCharsets.UTF_8), Answer.class)));
  }

  private Uni<Void> learnExecutions(Attempt attempt) {
    var ids = new HashSet<String>();
    for (Recorded recorded : attempt.draft().recorded()) {
      if (recorded.event() instanceof OrderEvent.OrderFilled fill) ids.add(fill.execId().value());
      if (recorded.event() instanceof OrderEvent.FillCorrected now)
        ids.add(now.newExecId().value());
    }
    return journal
        .booked(id, ids)
        .emitOn(this::onContext)
        .invoke(
            found -> {
              if (bookedElsewhere.size() > 10_000) bookedElsewhere.clear();
              bookedElsewhere.addAll(found);
            })
        .replaceWithVoid();
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
