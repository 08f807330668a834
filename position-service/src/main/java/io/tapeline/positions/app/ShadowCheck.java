package io.tapeline.positions.app;

import io.tapeline.contract.RiskEvent;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.contract.RoundTripRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.ExecId;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.BatchFold;
import io.tapeline.positions.domain.BatchFold.Readings;
import io.tapeline.positions.domain.Books;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Delivery.Poison;
import io.tapeline.positions.domain.Fill;
import io.tapeline.positions.domain.Fingerprint;
import io.tapeline.positions.domain.Quarantine;
import io.tapeline.positions.domain.RiskFact.TierReached;
import io.tapeline.positions.domain.RiskState;
import io.tapeline.positions.domain.Totals;
import io.tapeline.positions.store.BookedTwiceException;
import io.tapeline.positions.store.ShadowTables;
import io.tapeline.positions.store.ShadowTables.Compared;
import io.tapeline.positions.store.ShadowTables.Session;
import io.tapeline.positions.store.ShadowView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes an account's rows again from the topics alone, in a schema beside the live one and while
 * the desk runs, and holds them against a copy of the live rows taken at one moment: row by row, at
 * the line the copy had reached. What marks changed for good comes from the topics that keep it.
 */
@ApplicationScoped
public class ShadowCheck {
  /** Differences of one kind beyond these are only counted. */
  private static final int MOST_EXAMPLES = 20;

  /** What was committed is told within moments; after that it is missing. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Accounts accounts;
  private final ShadowTables shadow;
  private final TapeHistory tape;
  private final InstantSource clock;

  /**
   * What was found.
   *
   * @param partition of {@code orders.events.v1}, read from {@code fromOffset} up to {@code
   *     toOffset}, excluded
   * @param cutSeq the line at which tape and tables are compared
   * @param tapeSeq how far the tape could be folded up to the cut
   * @param riskLines lines of the risk journal up to the same moment
   * @param repeats lines that came more than once
   * @param stateHash of the positions the tape makes; the same for the same positions, whoever
   *     folds them
   * @param rows counts and hashes of both sides, by kind
   * @param orders what the tape makes of the orders; null: not asked
   * @param differences in words; empty when equal
   */
  public record Report(
      String accountId,
      boolean equal,
      int partition,
      long fromOffset,
      long toOffset,
      long cutSeq,
      long tapeSeq,
      long riskLines,
      long repeats,
      String stateHash,
      List<RowCounts> rows,
      ShadowTables.@Nullable Orders orders,
      List<String> differences) {}

  /** Counts and hashes of rows of one kind; equal hashes are equal rows. */
  public record RowCounts(
      String rows, long onTape, long inTable, String tapeHash, String tableHash, long different) {}

  @Inject
  ShadowCheck(Accounts accounts, ShadowTables shadow, TapeHistory tape, InstantSource clock) {
    this.accounts = accounts;
    this.shadow = shadow;
    this.tape = tape;
    this.clock = clock;
  }

  /**
   * Compares; blocks until it is done.
   *
   * @param ordersUpTo the line up to which rows of orders are made; null: none are
   * @return empty while somebody else compares
   */
  public Optional<Report> check(AccountId accountId, @Nullable Long ordersUpTo) {
    try (var session = shadow.open()) {
      return session == null
          ? Optional.empty()
          : Optional.of(new Comparison(session, accountId, ordersUpTo).report());
    }
  }

  private final class Comparison {
    private final Session session;
    private final AccountId accountId;
    private final AccountState live;
    private final @Nullable Long ordersUpTo;
    private final List<String> differences = new ArrayList<>();
    private AccountState folded;
    private long repeats;
    private long reached;
    private @Nullable Quarantine lacking;

    Comparison(Session session, AccountId accountId, @Nullable Long ordersUpTo) {
      this.session = session;
      this.accountId = accountId;
      this.ordersUpTo = ordersUpTo;
      live = session.copy(accountId);
      folded = AccountState.empty(accountId);
    }

    Report report() {
      var span = tape.readPieces(accountId, 0, this::take);
      var standsStill = folded.quarantine();
      if (standsStill != null) differences.add("tape: " + words(standsStill));
      else if (lacking != null && folded.fold().seq() < cut())
        differences.add("tape: " + words(lacking));
      if (live.quarantine() != null) differences.add("table: " + words(live.quarantine()));
      long riskLines = compareRisk();
      readTrades();
      var rows = new ArrayList<RowCounts>();
      for (var view : ShadowView.values()) rows.add(said(session.compare(view, MOST_EXAMPLES)));
      return new Report(
          accountId.value(),
          differences.isEmpty(),
          span.partition(),
          span.from(),
          span.to(),
          cut(),
          folded.fold().seq(),
          riskLines,
          repeats,
          Fingerprint.of(folded.fold()),
          rows,
          ordersUpTo == null ? null : session.ordersHash(),
          List.copyOf(differences));
    }

    private static String words(Quarantine quarantine) {
      return "stands still since line %d: %s: %s"
          .formatted(quarantine.seq(), quarantine.reason(), quarantine.detail());
    }

    private RowCounts said(Compared found) {
      differences.addAll(found.examples());
      if (found.different() > found.examples().size())
        differences.add("%s: %d differ".formatted(found.rows(), found.different()));
      return new RowCounts(
          found.rows(),
          found.onTape(),
          found.inTable(),
          found.tapeHash(),
          found.tableHash(),
          found.different());
    }

    private long cut() {
      return live.fold().seq();
    }

    /** False once there is no more to be read. */
    private boolean take(List<TapeHistory.Kept> piece) {
      var lines = new ArrayList<Delivery>();
      var orders = new ArrayList<String>();
      long ordersEnd = ordersUpTo == null ? 0 : ordersUpTo;
      for (var kept : piece) {
        switch (kept.delivery()) {
          case Line line -> {
            var seq = line.line().seq();
            reached = Math.max(reached, seq);
            if (seq <= cut()) lines.add(line);
            if (seq <= ordersEnd && kept.json() != null) orders.add(kept.json());
          }
          case Poison poison -> {
            if (folded.fold().seq() < cut()) lines.add(poison);
          }
        }
      }
      fold(lines);
      session.orders(orders);
      return folded.fold().seq() < cut() || reached < ordersEnd;
    }

    private void fold(List<Delivery> lines) {
      var standing = new HashMap<AccountId, List<Fill>>();
      BatchFold.reversedIn(lines, _ -> folded)
          .forEach((id, symbols) -> standing.put(id, session.standing(id, symbols)));
      Set<ExecId> booked = new HashSet<>();
      while (true) {
        var result =
            BatchFold.fold(
                lines,
                _ -> folded,
                Readings.whole(accountId),
                Map.of(accountId, booked),
                standing,
                (fold, _) -> Totals.of(fold, accounts.currency(accountId), _ -> Optional.empty()),
                clock.instant());
        try {
          session.commit(result.changes(), trades(result));
        } catch (BookedTwiceException e) {
          booked.addAll(e.executions().getOrDefault(accountId, Set.of()));
          continue;
        }
        for (var change : result.changes()) folded = change.after();
        repeats += result.repeats();
        var passedOver = result.lacking().get(accountId);
        if (passedOver != null && (lacking == null || passedOver.seq() > lacking.seq()))
          lacking = passedOver;
        return;
      }
    }

    private List<RoundTripRow> trades(BatchFold.Result result) {
      return result.changes().stream()
          .flatMap(change -> change.trips().stream())
          .map(trip -> TradeRows.row(accountId, trip, null))
          .toList();
    }

    /** The risk journal as it was told, and what it leads to. */
    private long compareRisk() {
      long upTo = session.copiedRiskLines();
      var told = new RiskLines(upTo);
      var end = System.nanoTime() + TOLD_WITHIN.toNanos();
      tape.riskEvents(accountId, told::take);
      while (!told.isComplete() && System.nanoTime() < end && pause()) {
        told = new RiskLines(upTo);
        tape.riskEvents(accountId, told::take);
      }
      session.riskLines(accountId, told.lines);
      if (!told.isComplete())
        differences.add(
            "risk journal: told up to line %d, written up to %d".formatted(told.risk.no(), upTo));
      var onTape = told.risk;
      if (onTape.no() == live.risk().no()) {
        if (!plain(onTape).equals(plain(live.risk())))
          differences.add("risk state: tape %s, table %s".formatted(onTape, live.risk()));
      } else if (told.isComplete())
        differences.add(
            "risk state: after line %d on tape, %d in table"
                .formatted(onTape.no(), live.risk().no()));
      if (told.day != null) compareDay(told.day, told.books);
      return upTo;
    }

    /** Where the day began, as it was told; a day that has just begun is told in a moment. */
    private void compareDay(LocalDate toldDay, Books told) {
      var day = live.day();
      var toldBalance = told.dayBalance();
      var toldEquity = told.dayEquity();
      if (toldBalance == null || toldEquity == null || day == null) return;
      if (!accounts.configured().containsKey(accountId) || !toldDay.equals(day.tradingDay()))
        return;
      var base = accounts.base(accountId, told.capital());
      var balance = base.add(day.realized()).subtract(day.fees());
      if (toldBalance.compareTo(balance) != 0
          || toldEquity.compareTo(balance.add(day.unrealized())) != 0)
        differences.add(
            "start of %s: tape balance %s equity %s, table balance %s equity %s"
                .formatted(
                    day.tradingDay(),
                    toldBalance.toPlainString(),
                    toldEquity.toPlainString(),
                    balance.toPlainString(),
                    balance.add(day.unrealized()).toPlainString()));
    }

    private void readTrades() {
      var rows = new ArrayList<RoundTripRow>();
      tape.roundTrips(
          accountId,
          row -> {
            rows.add(row);
            if (rows.size() < 5_000) return;
            session.toldTrades(rows);
            rows.clear();
          });
      session.toldTrades(rows);
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** 50000 and 50000.00 are the same money. */
  private static RiskState plain(RiskState risk) {
    return new RiskState(
        risk.no(),
        risk.day(),
        plain(risk.dayPeak()),
        plain(risk.peak()),
        plain(risk.closePeak()),
        risk.reached().stream()
            .map(
                tier ->
                    new TierReached(
                        tier.id(),
                        tier.rule(),
                        tier.kind(),
                        tier.tier(),
                        tier.percent(),
                        tier.program(),
                        tier.version(),
                        tier.tradingDay(),
                        tier.until(),
                        tier.limit().stripTrailingZeros(),
                        tier.used().stripTrailingZeros()))
            .toList(),
        risk.times(),
        risk.capital());
  }

  private static @Nullable BigDecimal plain(@Nullable BigDecimal money) {
    return money == null ? null : money.stripTrailingZeros();
  }

  /** Lines of a risk journal as they come from the tape, each once. */
  private static final class RiskLines {
    private final long upTo;
    private final List<RiskEventRecord> lines = new ArrayList<>();
    private RiskState risk = RiskState.NONE;
    private Books books = Books.NONE;
    private @Nullable LocalDate day;

    RiskLines(long upTo) {
      this.upTo = upTo;
    }

    void take(RiskEventRecord line) {
      if (line.no() != risk.no() + 1 || line.no() > upTo) return;
      lines.add(line);
      var fact = RiskRows.fact(line.event());
      risk = risk.evolve(fact);
      books = books.plus(fact);
      if (line.event() instanceof RiskEvent.DayStarted began) day = began.tradingDay();
    }

    boolean isComplete() {
      return risk.no() == upTo;
    }
  }
}
