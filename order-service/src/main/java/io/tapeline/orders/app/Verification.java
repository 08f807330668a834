package io.tapeline.orders.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.Evolution;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.orders.store.AccountJournal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Replays the journal and compares: live state, published rows, and the query table. */
@ApplicationScoped
public class Verification {
  private static final int PAGE = 1_000;

  /** Enough that a replay meets every order it needs, few enough to stay bounded. */
  private static final int CLOSED_IN_MEMORY = 10_000;

  /**
   * What a comparison found.
   *
   * @param rowsUnlikeReplay events whose published row is not what the replay makes of them
   * @param rowsUnlikeJournal rows of the query table that are missing, or not the journal's newest
   * @param rowsHash of the query table
   * @param journalRowsHash of the newest rows in the journal of the orders that did not move since
   * @param orders how many the journal knows up to {@code seq}
   * @param ordersHash of the newest rows of all of them: who folds the tape up to there has the
   *     same
   */
  public record Report(
      String accountId,
      long seq,
      boolean ok,
      String liveHash,
      String replayHash,
      long rowsUnlikeReplay,
      long rowsUnlikeJournal,
      String rowsHash,
      String journalRowsHash,
      long orders,
      String ordersHash) {}

  private record Replay(AccountState state, long rowsUnlike) {}

  private final AccountDesks desks;
  private final AccountJournal journal;

  @Inject
  Verification(AccountDesks desks, AccountJournal journal) {
    this.desks = desks;
    this.journal = journal;
  }

  public Uni<List<Report>> verifyAll() {
    var accounts = desks.ownedAccounts();
    return accounts.isEmpty()
        ? Uni.createFrom().item(List.of())
        : Uni.join()
            .all(accounts.stream().map(this::verify).toList())
            .usingConcurrencyOf(1)
            .andFailFast();
  }

  public Uni<Report> verify(AccountId account) {
    var desk = desks.desk(account);
    if (desk == null)
      return Uni.createFrom()
          .failure(new NotOwnerException("account " + account + " is not owned here now"));
    var live = desk.committed();
    return replay(new Replay(AccountState.empty(account), 0), live.seq())
        .chain(
            replay ->
                journal
                    .rowsBesideJournal(account, live.seq())
                    .map(rows -> report(live, replay, rows)));
  }

  private static Report report(AccountState live, Replay replay, AccountJournal.Compared rows) {
    var liveHash = hash(live);
    var replayHash = hash(replay.state());
    return new Report(
        live.accountId().value(),
        live.seq(),
        liveHash.equals(replayHash) && replay.rowsUnlike() == 0 && rows.unlike() == 0,
        liveHash,
        replayHash,
        replay.rowsUnlike(),
        rows.unlike(),
        rows.rowsHash(),
        rows.journalHash(),
        rows.orders(),
        rows.ordersHash());
  }

  private Uni<Replay> replay(Replay so, long upTo) {
    if (so.state().seq() >= upTo) return Uni.createFrom().item(so);
    var limit = (int) Math.min(PAGE, upTo - so.state().seq());
    return journal
        .after(so.state().accountId(), so.state().seq(), limit)
        .chain(
            page -> {
              if (page.isEmpty()) return Uni.createFrom().item(so);
              var state = so.state();
              var unlike = so.rowsUnlike();
              for (var stored : page) {
                var line = TapeRecords.read(stored.body());
                var recorded = TapeRecords.recorded(line, state);
                state = Evolution.evolve(state, recorded);
                if (line.order() != null && recorded.event() instanceof OrderEvent.OfOrder event) {
                  var order = state.order(event.clOrdId());
                  if (order != null
                      && !OrderRows.row(
                              state.accountId().value(), order, line.order().capabilities())
                          .equals(line.order())) unlike++;
                }
              }
              return replay(new Replay(state.forgettingBeyond(CLOSED_IN_MEMORY), unlike), upTo);
            });
  }

  static String hash(AccountState state) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(state.canonical().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
