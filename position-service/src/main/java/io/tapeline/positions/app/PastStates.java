package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tapeline.model.AccountId;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.BatchFold;
import io.tapeline.positions.domain.BatchFold.Readings;
import io.tapeline.positions.domain.Books;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Mark;
import io.tapeline.positions.domain.Quarantine;
import io.tapeline.positions.domain.Totals;
import io.tapeline.positions.store.Checkpoints;
import io.tapeline.positions.store.RiskTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accounts as they were, folded again from the tape up to an instant of the service clock, from the
 * last checkpoint before it.
 */
@ApplicationScoped
public class PastStates {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Accounts accounts;
  private final Marks marks;
  private final Checkpoints checkpoints;
  private final RiskTables risk;
  private final TapeHistory tape;

  /**
   * An account as it was.
   *
   * @param asOf the instant; lines of that very instant included
   * @param marks of the positions held, as far as the tape still has prices of then
   * @param books what its risk journal said of its money by then
   */
  public record Past(Instant asOf, AccountState state, Map<Symbol, Mark> marks, Books books) {}

  @Inject
  PastStates(
      Accounts accounts, Marks marks, Checkpoints checkpoints, RiskTables risk, TapeHistory tape) {
    this.accounts = accounts;
    this.marks = marks;
    this.checkpoints = checkpoints;
    this.risk = risk;
    this.tape = tape;
  }

  public Uni<Past> at(AccountId accountId, Instant asOf) {
    return Uni.combine()
        .all()
        .unis(checkpoints.before(accountId, asOf), risk.books(accountId, asOf))
        .asTuple()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(
            found -> {
              var from = found.getItem1();
              var refold =
                  new Refold(
                      from.map(Checkpoints.Checkpoint::state)
                          .orElseGet(() -> AccountState.empty(accountId)),
                      asOf);
              tape.readPieces(
                  accountId, from.map(Checkpoints.Checkpoint::nextOffset).orElse(0L), refold::take);
              var books = Books.NONE;
              for (var line : found.getItem2()) books = books.plus(RiskRows.fact(line.event()));
              return new Past(asOf, refold.state(), marks(refold.state, asOf), books);
            });
  }

  private Map<Symbol, Mark> marks(AccountState state, Instant asOf) {
    var then = new HashMap<Symbol, Mark>();
    for (var position : state.fold().positions().values()) {
      if (position.isFlat()) continue;
      var symbol = position.instrument().symbol();
      tape.quoteAt(symbol, asOf)
          .flatMap(quote -> marks.mark(position, quote))
          .ifPresent(mark -> then.put(symbol, mark));
    }
    return then;
  }

  private final class Refold {
    private final Instant asOf;
    private AccountState state;
    private @Nullable Quarantine lacking;

    Refold(AccountState state, Instant asOf) {
      this.state = state;
      this.asOf = asOf;
    }

    /** An account that could not be followed to its newest line of then stood still. */
    AccountState state() {
      return lacking == null || state.quarantine() != null || state.fold().seq() >= lacking.seq()
          ? state
          : state.with(lacking);
    }

    /** False where there is no more, or the journal cannot be followed any further. */
    boolean take(List<TapeHistory.Kept> piece) {
      var lines = new ArrayList<Delivery>();
      boolean more = true;
      long next = state.fold().seq() + 1;
      for (var kept : piece) {
        if (kept.delivery() instanceof Line line) {
          boolean later = line.line().at().isAfter(asOf);
          // a later line ends it only where no earlier one is missing: that may come further on
          more = !later || line.line().seq() > next;
          if (!more) break;
          if (later) continue;
          if (line.line().seq() == next) next++;
        }
        lines.add(kept.delivery());
      }
      var accountId = state.accountId();
      var before = state;
      // what stood then is known from the rows of executions: they say which line took them back
      var standing =
          checkpoints
              .standing(BatchFold.reversedIn(lines, _ -> before), before.fold().seq())
              .await()
              .atMost(PATIENCE);
      var result =
          BatchFold.fold(
              lines,
              _ -> before,
              Readings.whole(accountId),
              Map.of(),
              standing,
              (fold, _) -> Totals.of(fold, accounts.currency(accountId), _ -> Optional.empty()),
              asOf);
      for (var change : result.changes()) state = change.after();
      var passedOver = result.lacking().get(accountId);
      if (passedOver != null && (lacking == null || passedOver.seq() > lacking.seq()))
        lacking = passedOver;
      return more && state.quarantine() == null;
    }
  }
}
