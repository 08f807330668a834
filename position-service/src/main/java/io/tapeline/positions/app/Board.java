package io.tapeline.positions.app;

import io.tapeline.contract.AccountRow;
import io.tapeline.contract.PositionRow;
import io.tapeline.contract.Topics;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.AccountState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows what was last said of every position and account, and so what is to be said now: what a
 * fill changed at once, what a mark changed at most every so often, every account again at least
 * once a heartbeat. Knows only committed state.
 */
@ApplicationScoped
public class Board {
  /** An unchanged price is said again this often, so that its age is known. */
  private static final Duration MARK_AGE = Duration.ofSeconds(1);

  private final Accounts accounts;
  private final Marks marks;
  private final Rows rows;
  private final long intervalNanos;
  private final long heartbeatNanos;
  private final Map<String, Said<PositionRow>> positions = new ConcurrentHashMap<>();
  private final Map<String, Said<AccountRow>> said = new ConcurrentHashMap<>();
  private final Map<AccountId, Look> looks = new ConcurrentHashMap<>();

  /** Positions whose end was said. */
  private final Map<String, AccountId> over = new ConcurrentHashMap<>();

  private record Said<T>(AccountId accountId, T row, long seq, long atNanos) {}

  /** What an account was when its rows were made last: while nothing moved none are made again. */
  private record Look(AccountState state, long marks, long saidNanos, long nanos) {}

  /**
   * One row to be written.
   *
   * @param row null: the key is no more
   */
  public record Publication(String topic, AccountId accountId, String key, @Nullable Object row) {}

  @Inject
  Board(Accounts accounts, Marks marks, Rows rows, PositionsConfig config) {
    this.accounts = accounts;
    this.marks = marks;
    this.rows = rows;
    intervalNanos = config.publishInterval().toNanos();
    heartbeatNanos = config.heartbeat().toNanos();
  }

  /**
   * What is to be written now of these accounts; it counts as said.
   *
   * @param nanos a clock that never goes back
   */
  public List<Publication> due(Collection<AccountId> owned, long nanos) {
    var due = new ArrayList<Publication>();
    for (var accountId : owned) {
      var state = accounts.committed(accountId);
      if (state == null || !isWorthALook(state, nanos)) continue;
      var before = due.size();
      var markNo = rows.nextMarkNo();
      var seq = state.fold().seq();
      for (var row : rows.positions(state, markNo)) {
        var key = row.accountId() + "|" + row.symbol();
        if (!isDue(positions.get(key), row, seq, nanos)) continue;
        positions.put(key, new Said<>(accountId, row, seq, nanos));
        over.remove(key);
        due.add(new Publication(Topics.POSITIONS, accountId, key, row));
      }
      for (var symbol : rows.over(state)) {
        var key = accountId.value() + "|" + symbol.value();
        if (over.putIfAbsent(key, accountId) != null) continue;
        positions.remove(key);
        due.add(new Publication(Topics.POSITIONS, accountId, key, null));
      }
      var account = rows.account(state, markNo);
      if (account != null && isDue(said.get(accountId.value()), account, seq, nanos)) {
        said.put(accountId.value(), new Said<>(accountId, account, seq, nanos));
        due.add(new Publication(Topics.ACCOUNTS, accountId, accountId.value(), account));
      }
      looked(state, due.size() > before, nanos);
    }
    return due;
  }

  private boolean isWorthALook(AccountState state, long nanos) {
    var last = looks.get(state.accountId());
    if (last == null || movedBetween(last.state(), state)) return true;
    if (nanos - last.nanos() >= heartbeatNanos) return true;
    return nanos - last.saidNanos() >= intervalNanos && marksOf(state) != last.marks();
  }

  /** Lines that move no position, such as acknowledgements, say nothing here. */
  private static boolean movedBetween(AccountState a, AccountState b) {
    return !a.fold().positions().equals(b.fold().positions())
        || !a.fold().permission().equals(b.fold().permission())
        || !a.risk().reached().equals(b.risk().reached())
        || !Objects.equals(a.risk().capital(), b.risk().capital())
        || (a.day() == null) != (b.day() == null)
        || (a.quarantine() == null) != (b.quarantine() == null);
  }

  private long marksOf(AccountState state) {
    long sum = 0;
    for (var position : state.fold().positions().values())
      if (!position.isFlat()) sum += marks.version(position.instrument().symbol());
    return sum;
  }

  private void looked(AccountState state, boolean saidSomething, long nanos) {
    looks.compute(
        state.accountId(),
        (_, last) ->
            new Look(
                state,
                marksOf(state),
                saidSomething || last == null ? nanos : last.saidNanos(),
                nanos));
  }

  private boolean isDue(@Nullable Said<PositionRow> last, PositionRow row, long seq, long nanos) {
    if (last == null) return true;
    if (!sameNumbers(last.row(), row))
      return last.seq() != seq || nanos - last.atNanos() >= intervalNanos;
    return isOlder(last.row().markAt(), row.markAt()) && nanos - last.atNanos() >= intervalNanos;
  }

  private static boolean isOlder(@Nullable Instant said, @Nullable Instant now) {
    return now != null && (said == null || said.plus(MARK_AGE).isBefore(now));
  }

  private boolean isDue(@Nullable Said<AccountRow> last, AccountRow row, long seq, long nanos) {
    if (last == null || nanos - last.atNanos() >= heartbeatNanos) return true;
    if (!sameRules(last.row(), row)) return true;
    if (sameNumbers(last.row(), row)) return false;
    return last.seq() != seq || nanos - last.atNanos() >= intervalNanos;
  }

  private static boolean sameNumbers(PositionRow a, PositionRow b) {
    return a.netQty() == b.netQty()
        && same(a.avgPx(), b.avgPx())
        && same(a.realizedPnl(), b.realizedPnl())
        && same(a.unrealizedPnl(), b.unrealizedPnl())
        && same(a.markPx(), b.markPx())
        && Objects.equals(a.markStale(), b.markStale())
        && same(a.fees(), b.fees());
  }

  private static boolean sameNumbers(AccountRow a, AccountRow b) {
    return same(a.balance(), b.balance())
        && same(a.equity(), b.equity())
        && same(a.dayPnl(), b.dayPnl())
        && a.tradingState() == b.tradingState()
        && Objects.equals(a.openRisk(), b.openRisk())
        && Objects.equals(a.quarantined(), b.quarantined());
  }

  /** A tier that is reached waits for nothing. */
  private static boolean sameRules(AccountRow a, AccountRow b) {
    var before = a.risk();
    var now = b.risk();
    if (before == null || now == null) return before == null && now == null;
    return before.tier().equals(now.tier())
        && Objects.equals(before.decisionId(), now.decisionId());
  }

  private static boolean same(@Nullable BigDecimal a, @Nullable BigDecimal b) {
    if (a == null || b == null) return a == null && b == null;
    return a.compareTo(b) == 0;
  }

  /** Forgets that a row was said, because it did not arrive. */
  public void unsay(Publication publication) {
    looks.remove(publication.accountId());
    if (publication.topic().equals(Topics.POSITIONS)) {
      positions.remove(publication.key());
      over.remove(publication.key());
    } else said.remove(publication.key());
  }

  /** Forgets accounts that another replica speaks for now. */
  public void forget(Predicate<AccountId> which) {
    positions.values().removeIf(last -> which.test(last.accountId()));
    said.values().removeIf(last -> which.test(last.accountId()));
    over.values().removeIf(which);
    looks.keySet().removeIf(which);
  }
}
