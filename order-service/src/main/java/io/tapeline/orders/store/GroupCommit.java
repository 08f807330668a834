package io.tapeline.orders.store;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Commits what several accounts have to write at the same time in one statement. Nothing waits for
 * company: only what comes while enough commits are under way forms the next group, so one fsync
 * carries the more accounts the busier the disk is.
 *
 * <p>An account has one batch under way at most (see {@code AccountDesk}), so a group never holds
 * two that depend on each other. When a group fails because something in it is not new, nothing of
 * it was written, and each of its batches is committed alone: the guilty one is told.
 */
final class GroupCommit {
  /** One is being built and sent while the other waits for the disk. */
  private static final int MOST_UNDER_WAY = 2;

  private static final int MOST_IN_GROUP = 64;

  private record Waiting(Batch batch, CompletableFuture<Void> done) {}

  private final Function<List<Batch>, Uni<Void>> statement;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private int underWay;

  /**
   * @param statement writes all of these batches or none; fails with what the database says
   */
  GroupCommit(Function<List<Batch>, Uni<Void>> statement) {
    this.statement = statement;
  }

  /**
   * @return fails with {@link JournalConflictException} when something in it is not new; after any
   *     other failure it is not known whether it was written
   */
  Uni<Void> commit(Batch batch) {
    return Uni.createFrom()
        .completionStage(
            () -> {
              var one = new Waiting(batch, new CompletableFuture<>());
              synchronized (waiting) {
                waiting.add(one);
              }
              next();
              return one.done();
            });
  }

  private void next() {
    var group = group();
    if (group.isEmpty()) return;
    write(group)
        .subscribe()
        .with(
            _ -> {
              ended();
              for (var one : group) one.done().complete(null);
            },
            failure -> {
              if (group.size() > 1 && isRolledBack(failure)) {
                alone(new ArrayDeque<>(group));
              } else {
                ended();
                for (var one : group) one.done().completeExceptionally(conflict(failure));
              }
            });
  }

  private List<Waiting> group() {
    synchronized (waiting) {
      var group = new ArrayList<Waiting>();
      if (underWay >= MOST_UNDER_WAY) return group;
      while (group.size() < MOST_IN_GROUP && !waiting.isEmpty()) group.add(waiting.remove());
      if (!group.isEmpty()) underWay++;
      return group;
    }
  }

  private void ended() {
    synchronized (waiting) {
      underWay--;
    }
    next();
  }

  /** Every batch of a refused group by itself, one after the other. */
  private void alone(ArrayDeque<Waiting> rest) {
    var one = rest.poll();
    if (one == null) {
      ended();
      return;
    }
    write(List.of(one))
        .subscribe()
        .with(
            _ -> {
              one.done().complete(null);
              alone(rest);
            },
            failure -> {
              one.done().completeExceptionally(conflict(failure));
              alone(rest);
            });
  }

  private Uni<Void> write(List<Waiting> group) {
    return Uni.createFrom()
        .deferred(() -> statement.apply(group.stream().map(Waiting::batch).toList()));
  }

  /** Not new, or two replicas that wait for each other: the server took all of it back. */
  private static boolean isRolledBack(Throwable failure) {
    return failure instanceof PgException pg
        && ("23505".equals(pg.getSqlState()) || "40P01".equals(pg.getSqlState()));
  }

  private static Throwable conflict(Throwable failure) {
    if (!(failure instanceof PgException pg) || !"23505".equals(pg.getSqlState())) return failure;
    var known = known(pg.getConstraint());
    return known == null ? failure : new JournalConflictException(known, pg);
  }

  private static JournalConflictException.@Nullable Known known(@Nullable String constraint) {
    if (constraint == null) return null;
    return switch (constraint) {
      case "account_event_pkey" -> JournalConflictException.Known.SEQ;
      case "command_pkey" -> JournalConflictException.Known.COMMAND;
      case "exec_id_pkey" -> JournalConflictException.Known.EXECUTION;
      case "order_row_pkey" -> JournalConflictException.Known.ORDER;
      default -> null;
    };
  }
}
