package io.tapeline.orders.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.Json;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.Evolution;
import io.tapeline.orders.domain.Order;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.orders.domain.Recorded;
import io.tapeline.orders.store.AccountJournal;
import io.tapeline.orders.store.AccountJournal.Stored;
import io.vertx.core.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in memory of one account: its committed state and the newest answers. Never ahead of
 * the journal; where it may be behind, it is brought up to date from there.
 *
 * <p>Confined to the context of its desk.
 */
final class AccountMemory {
  private static final int PAGE = 1_000;
  private static final int MOST_BOOKED_ELSEWHERE = 10_000;

  private final AccountId id;
  private final Context context;
  private final AccountJournal journal;
  private final AccountSnapshots snapshots;
  private final Tape tape;
  private final OrdersConfig config;
  private final Map<String, BatchDraft.Known> answers;
  private final Set<String> bookedElsewhere = new HashSet<>();

  /** Whether the journal may hold more than is here. */
  private boolean stale;

  /** The newest seq a snapshot was taken at. */
  private long snapshotSeq;

  /** Written on the context, read anywhere: it never changes, it is replaced. */
  private volatile AccountState committed;

  AccountMemory(
      AccountId id,
      Context context,
      AccountJournal journal,
      AccountSnapshots snapshots,
      Tape tape,
      OrdersConfig config) {
    this.id = id;
    this.context = context;
    this.journal = journal;
    this.snapshots = snapshots;
    this.tape = tape;
    this.config = config;
    committed = AccountState.empty(id);
    // accounts that trade alike should not all write theirs at the same moment
    snapshotSeq = -Math.floorMod(id.value().hashCode(), config.snapshotEvery());
    answers =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, BatchDraft.Known> eldest) {
            return size() > config.answersInMemory();
          }
        };
  }

  AccountState committed() {
    return committed;
  }

  BatchDraft.@Nullable Known answer(String commandId) {
    return answers.get(commandId);
  }

  boolean isBookedElsewhere(String execId) {
    return bookedElsewhere.contains(execId);
  }

  boolean isStale() {
    return stale;
  }

  void beStale() {
    stale = true;
  }

  /** The commit of a draft succeeded: what was tentative is now so. */
  void advance(BatchDraft draft) {
    committed = trimmed(draft.account());
    draft.answered().forEach(answers::put);
    snapshotWhenDue();
  }

  private void snapshotWhenDue() {
    if (committed.seq() - snapshotSeq < config.snapshotEvery()) return;
    snapshotSeq = committed.seq();
    snapshots.saveSoon(committed);
  }

  /** From the newest snapshot that can be trusted, and what the journal holds beyond it. */
  Uni<Void> load() {
    return snapshots
        .newest(id)
        .emitOn(this::onContext)
        .chain(
            snapshot -> {
              snapshot.ifPresent(
                  state -> {
                    committed = state;
                    snapshotSeq = state.seq();
                  });
              return reload(new HashSet<>(), false);
            })
        .invoke(this::snapshotWhenDue);
  }

  /** Keeps what was learned since the last snapshot for the next start. */
  Uni<Void> save() {
    if (stale || committed.seq() == 0 || committed.seq() == snapshotSeq)
      return Uni.createFrom().voidItem();
    snapshotSeq = committed.seq();
    return snapshots.save(committed);
  }

  /** Reads the tail of the journal and publishes it: whoever wrote it may be gone. */
  Uni<Void> catchUp(Set<UUID> seen) {
    return reload(seen, true);
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

  /** Brings orders that left memory when they closed back into it. */
  Uni<Void> recall(Set<String> clOrdIds) {
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

  /** Asks the journal for the first answers to these commands. */
  Uni<Void> learnAnswers(Collection<String> commandIds) {
    return journal
        .answers(id, commandIds)
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

  /** Asks the journal which executions of a draft are booked already. */
  Uni<Void> learnExecutions(BatchDraft draft) {
    var ids = new HashSet<String>();
    for (Recorded recorded : draft.recorded()) {
      if (recorded.event() instanceof OrderEvent.OrderFilled fill) ids.add(fill.execId().value());
      if (recorded.event() instanceof OrderEvent.FillCorrected now)
        ids.add(now.newExecId().value());
    }
    return journal
        .booked(id, ids)
        .emitOn(this::onContext)
        .invoke(
            found -> {
              if (bookedElsewhere.size() > MOST_BOOKED_ELSEWHERE) bookedElsewhere.clear();
              bookedElsewhere.addAll(found);
            })
        .replaceWithVoid();
  }

  private void onContext(Runnable work) {
    context.runOnContext(_ -> work.run());
  }
}
