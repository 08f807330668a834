package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tapeline.contract.RoundTripRow;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.AccountFold;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.BatchFold.Trip;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Delivery.Poison;
import io.tapeline.positions.domain.Executions;
import io.tapeline.positions.domain.Fill;
import io.tapeline.positions.domain.Fingerprint;
import io.tapeline.positions.domain.Step;
import io.tapeline.positions.domain.Step.Advanced;
import io.tapeline.positions.domain.Step.Contradicted;
import io.tapeline.positions.domain.Step.Gap;
import io.tapeline.positions.domain.Step.Repeated;
import io.tapeline.positions.domain.Step.Reversed;
import io.tapeline.positions.store.FoldTables;
import io.tapeline.positions.store.FoldTables.BookedFill;
import io.tapeline.positions.store.TradeTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;

/**
 * Folds an account's journal again from its first line and holds the result against the tables, at
 * the line the tables have reached.
 */
@ApplicationScoped
public class FoldCheck {
  /** Differences beyond these are only counted. */
  private static final int MOST_DIFFERENCES = 100;

  private final FoldTables tables;
  private final TradeTable trades;
  private final TapeHistory tape;
  private final Semaphore one = new Semaphore(1);

  /**
   * What was found.
   *
   * @param cutSeq the line at which tape and tables are compared
   * @param tapeSeq how far the tape could be folded up to the cut
   * @param tapeEnd the last seq on the tape
   * @param differences in words; empty when equal
   */
  public record Report(
      String accountId,
      boolean equal,
      long cutSeq,
      long tapeSeq,
      long tapeEnd,
      String tapeHash,
      String tableHash,
      long tapeFills,
      long tableFills,
      long repeats,
      List<String> differences) {}

  @Inject
  FoldCheck(FoldTables tables, TradeTable trades, TapeHistory tape) {
    this.tables = tables;
    this.trades = trades;
    this.tape = tape;
  }

  /** Compares; empty when another comparison is under way. */
  public Uni<Optional<Report>> check(AccountId accountId) {
    if (!one.tryAcquire()) return Uni.createFrom().item(Optional.empty());
    return tables
        .load(List.of(accountId))
        .map(states -> Objects.requireNonNull(states.get(accountId)))
        .chain(
            state ->
                Uni.combine()
                    .all()
                    .unis(tables.fills(accountId), trades.all(accountId))
                    .asTuple()
                    .emitOn(Infrastructure.getDefaultWorkerPool())
                    .map(found -> compare(state, found.getItem1(), found.getItem2())))
        .map(Optional::of)
        .onTermination()
        .invoke(one::release);
  }

  private Report compare(
      AccountState state, Map<Long, BookedFill> tableFills, List<RoundTripRow> tableTrades) {
    var refold = new Refold(state.fold().seq(), AccountFold.empty(state.accountId()));
    tape.read(state.accountId(), refold::take);
    tableFills.keySet().removeIf(seq -> seq > refold.cut);
    tableFills.replaceAll((_, fill) -> asOf(refold.cut, fill));
    compareFills(refold, tableFills);
    comparePositions(refold, state.fold());
    compareTrades(refold, tableTrades);
    var tapeHash = Fingerprint.of(refold.fold);
    var tableHash = Fingerprint.of(state.fold());
    if (!tapeHash.equals(tableHash)) refold.differ("hashes differ");
    return new Report(
        state.accountId().value(),
        refold.differences.isEmpty(),
        refold.cut,
        refold.fold.seq(),
        refold.end,
        tapeHash,
        tableHash,
        refold.fills.size(),
        tableFills.size(),
        refold.repeats,
        refold.differences);
  }

  private static BookedFill asOf(long cut, BookedFill fill) {
    var reversedSeq = fill.reversedSeq();
    return reversedSeq == null || reversedSeq <= cut ? fill : new BookedFill(fill.execId(), null);
  }

  private static void compareFills(Refold refold, Map<Long, BookedFill> tableFills) {
    var seqs = new TreeSet<>(refold.fills.keySet());
    seqs.addAll(tableFills.keySet());
    for (var seq : seqs) {
      var onTape = refold.fills.get(seq);
      var inTable = tableFills.get(seq);
      if (!Objects.equals(onTape, inTable))
        refold.differ("fill of seq %s: tape %s, table %s".formatted(seq, onTape, inTable));
    }
  }

  /** How far prices went is no matter of the journal; those changed since the cut are left out. */
  private static void compareTrades(Refold refold, List<RoundTripRow> table) {
    var inTable = new HashMap<String, RoundTripRow>();
    for (var row : table) inTable.put(row.tradeId(), row);
    for (var row : table) {
      if (row.seq() > refold.cut) refold.trips.remove(row.tradeId());
      else if (row.voided() == null && !refold.trips.containsKey(row.tradeId()))
        refold.differ("round trip %s only in table".formatted(row.tradeId()));
    }
    for (var trip : refold.trips.values()) {
      var onTape = TradeRows.row(refold.fold.accountId(), trip, null);
      var row = inTable.get(onTape.tradeId());
      if (row == null || !TradeRows.sameTrade(onTape, row))
        refold.differ("round trip %s: tape %s, table %s".formatted(onTape.tradeId(), onTape, row));
    }
  }

  private static void comparePositions(Refold refold, AccountFold table) {
    var symbols = new TreeSet<>(refold.fold.positions().keySet());
    symbols.addAll(table.positions().keySet());
    for (var symbol : symbols) {
      var onTape = refold.fold.positions().get(symbol);
      var inTable = table.positions().get(symbol);
      if (onTape == null || inTable == null)
        refold.differ("%s only %s".formatted(symbol, onTape == null ? "in table" : "on tape"));
      else if (onTape.netQty() != inTable.netQty()
          || onTape.realizedTicks() != inTable.realizedTicks()
          || onTape.cashTicks() != inTable.cashTicks())
        refold.differ(
            "%s: tape net %s realised %s cash %s, table net %s realised %s cash %s"
                .formatted(
                    symbol,
                    onTape.netQty(),
                    onTape.realizedTicks(),
                    onTape.cashTicks(),
                    inTable.netQty(),
                    inTable.realizedTicks(),
                    inTable.cashTicks()));
    }
  }

  private static final class Refold {
    private final long cut;
    private final Map<Long, BookedFill> fills = new LinkedHashMap<>();
    private final Map<String, Trip> trips = new LinkedHashMap<>();
    private final Executions executions = new Executions();
    private final List<String> differences = new ArrayList<>();
    private AccountFold fold;
    private long end;
    private long repeats;
    private boolean stuck;

    Refold(long cut, AccountFold fold) {
      this.cut = cut;
      this.fold = fold;
    }

    void take(Delivery delivery) {
      switch (delivery) {
        case Line line -> {
          end = Math.max(end, line.line().seq());
          if (!stuck && line.line().seq() <= cut) step(fold.step(line.line(), executions));
        }
        case Poison poison -> {
          if (!stuck && fold.seq() < cut) stop("poison: " + poison.why());
        }
      }
    }

    private void step(Step step) {
      switch (step) {
        case Repeated _ -> repeats++;
        case Advanced(var after, var fill, var closed) -> {
          fold = after;
          for (var trip : closed) trips.put(trip.tradeId(), new Trip(after.seq(), trip, false));
          if (fill != null) book(fill);
        }
        case Reversed(var after, var old, var instead, var gone, var made) -> {
          fold = after;
          for (var trip : gone) trips.remove(trip.tradeId());
          for (var trip : made) trips.put(trip.tradeId(), new Trip(after.seq(), trip, false));
          fills.put(old.seq(), new BookedFill(old.execId(), after.seq()));
          executions.remove(old);
          if (instead != null) book(instead);
        }
        case Gap(var expected, var found) ->
            stop("tape: seq %s is missing, %s came".formatted(expected, found));
        case Contradicted(var why, var detail) -> stop("tape: " + why + ": " + detail);
      }
    }

    private void book(Fill fill) {
      fills.put(fill.seq(), new BookedFill(fill.execId(), null));
      executions.add(fill);
    }

    private void stop(String why) {
      stuck = true;
      differ(why);
    }

    void differ(String difference) {
      if (differences.size() < MOST_DIFFERENCES) differences.add(difference);
    }
  }
}
