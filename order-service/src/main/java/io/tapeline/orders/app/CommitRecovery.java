package io.tapeline.orders.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.orders.domain.OrderCommand;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.orders.store.AccountJournal;
import io.tapeline.orders.store.JournalConflictException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What follows a commit that did not simply succeed. A conflict says what memory did not know: it
 * is learned. Any other failure leaves open whether the batch was written: the journal is read
 * again, and a batch that is found in it is never decided a second time.
 */
final class CommitRecovery {
  private final AccountId id;
  private final AccountJournal journal;
  private final AccountMemory memory;

  CommitRecovery(AccountId id, AccountJournal journal, AccountMemory memory) {
    this.id = id;
    this.journal = journal;
    this.memory = memory;
  }

  /** Whether commands can be decided on what is in memory, without asking the database. */
  boolean isKnown(List<Asked> batch) {
    return !memory.isStale() && missing(batch).isEmpty();
  }

  /**
   * Brings memory up to date with all that these commands need.
   *
   * @param earlier drafts of the same commands whose commits failed
   * @return the one of them that was committed after all; null: the commands are to be decided
   */
  Uni<@Nullable BatchDraft> prepare(List<Asked> batch, List<BatchDraft> earlier) {
    var seen = new HashSet<UUID>();
    var upToDate = memory.isStale() ? memory.catchUp(seen) : Uni.createFrom().voidItem();
    return upToDate
        .chain(() -> recognised(earlier, seen))
        .chain(
            found ->
                found == null
                    ? memory.recall(missing(batch)).map(_ -> (@Nullable BatchDraft) null)
                    : Uni.createFrom().<@Nullable BatchDraft>item(found));
  }

  /** Learns from a failed commit what there is to learn. */
  Uni<Void> learn(List<Asked> batch, BatchDraft draft, Throwable failure) {
    return failure instanceof JournalConflictException conflict
        ? switch (conflict.known()) {
          case SEQ -> beStale();
          case COMMAND -> memory.learnAnswers(commandIds(batch));
          case EXECUTION -> memory.learnExecutions(draft);
          case ORDER -> memory.recall(made(batch, draft));
        }
        : beStale();
  }

  private Uni<Void> beStale() {
    memory.beStale();
    return Uni.createFrom().voidItem();
  }

  /**
   * A batch with events is recognised by its lines; one that only answers leaves no line and is
   * recognised by its commands.
   */
  private Uni<@Nullable BatchDraft> recognised(List<BatchDraft> earlier, Set<UUID> seen) {
    for (var draft : earlier) {
      if (seen.contains(draft.id())) return Uni.createFrom().<@Nullable BatchDraft>item(draft);
    }
    var answersOnly =
        earlier.stream().filter(d -> d.recorded().isEmpty() && !d.answered().isEmpty()).toList();
    if (answersOnly.isEmpty()) return Uni.createFrom().nullItem();
    return journal
        .committed(
            id,
            answersOnly.stream().map(BatchDraft::id).toList(),
            answersOnly.stream().flatMap(d -> d.answered().keySet().stream()).distinct().toList())
        .map(
            found ->
                answersOnly.stream().filter(d -> found.contains(d.id())).findFirst().orElse(null));
  }

  /** Orders that commands name and that may have left memory when they closed. */
  private Set<String> missing(List<Asked> batch) {
    var missing = new HashSet<String>();
    for (var asked : batch) {
      var names = OrderNames.of(asked.command());
      var unknown = names.stream().filter(n -> memory.committed().order(n) == null).toList();
      // a venue's report may know one order by two names: one that is in memory will do
      if (asked.command() instanceof OrderCommand.BookReport && unknown.size() < names.size())
        continue;
      for (var name : unknown) missing.add(name.value());
    }
    missing.removeAll(placed(batch));
    return missing;
  }

  /** Orders asked for, and those that our own rules make: whose name is taken is not known yet. */
  private static Set<String> made(List<Asked> batch, BatchDraft draft) {
    var made = placed(batch);
    for (var recorded : draft.recorded()) {
      switch (recorded.event()) {
        case OrderEvent.OrderSubmitted e -> made.add(e.clOrdId().value());
        case OrderEvent.OrderHeld e -> made.add(e.clOrdId().value());
        default -> {}
      }
    }
    return made;
  }

  private static Set<String> placed(List<Asked> batch) {
    var placed = new HashSet<String>();
    for (var asked : batch) {
      if (asked.command() instanceof OrderCommand.PlaceOrder place)
        placed.add(place.clOrdId().value());
    }
    return placed;
  }

  private static Set<String> commandIds(List<Asked> batch) {
    var ids = new HashSet<String>();
    for (var asked : batch) {
      var commandId = asked.commandId();
      if (commandId != null) ids.add(commandId);
    }
    return ids;
  }
}
