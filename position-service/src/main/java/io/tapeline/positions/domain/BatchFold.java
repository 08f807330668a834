package io.tapeline.positions.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Symbol;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Delivery.Poison;
import io.tapeline.positions.domain.Step.Advanced;
import io.tapeline.positions.domain.Step.Contradicted;
import io.tapeline.positions.domain.Step.Contradiction;
import io.tapeline.positions.domain.Step.Gap;
import io.tapeline.positions.domain.Step.Repeated;
import io.tapeline.positions.domain.Step.Reversed;
import io.tapeline.positions.domain.TapeLine.Fact.Busted;
import io.tapeline.positions.domain.TapeLine.Fact.ContractNamed;
import io.tapeline.positions.domain.TapeLine.Fact.Corrected;
import io.tapeline.positions.domain.TapeLine.Fact.Executed;
import io.tapeline.positions.domain.TapeLine.Fact.NothingTraded;
import io.tapeline.positions.domain.TapeLine.Fact.TradingAllowed;
import io.tapeline.positions.domain.TapeLine.Fact.TradingLocked;
import io.tapeline.positions.domain.TapeLine.Fact.VenueSaid;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds one batch of the tape into the accounts it speaks of. Touches nothing: what it decides is
 * committed by others, in one transaction.
 *
 * <p>A gap is believed only the second time: at the first, the partition is read again from its
 * beginning, because Kafka's offsets are only hints and may be ahead of the tables. While that is
 * done, what cannot be folded is passed over: its owner may have told the missing lines again,
 * further on. An account that cannot be folded further is quarantined, its records are parked; the
 * others go on.
 */
public final class BatchFold {
  public static final String UNATTRIBUTABLE = "UNATTRIBUTABLE";

  private final Readings readings;
  private final Map<AccountId, Set<ExecId>> booked;
  private final Map<AccountId, List<Fill>> standing;
  private final BiFunction<AccountFold, LocalDate, Totals> totalsBefore;
  private final Instant now;
  private final Map<AccountId, Work> works = new LinkedHashMap<>();
  private final List<Parked> parked = new ArrayList<>();
  private final Map<AccountId, Gap> gaps = new LinkedHashMap<>();
  private final Map<AccountId, Quarantine> lacking = new LinkedHashMap<>();
  private long repeats;

  /**
   * How accounts are being read.
   *
   * @param again their partition is being read again from its beginning, because of a gap or a
   *     repair
   * @param patiently of these, whose missing lines may still come further on
   */
  public record Readings(Set<AccountId> again, Set<AccountId> patiently) {
    public static final Readings ONCE = new Readings(Set.of(), Set.of());

    /** All that there is, to its end. */
    public static Readings whole(AccountId accountId) {
      return new Readings(Set.of(accountId), Set.of(accountId));
    }
  }

  /** A record that is laid aside, with the reason. */
  public record Parked(Delivery.Place place, String reason, String detail) {}

  /** An execution was taken back by the line of this seq. */
  public record Reversal(long seq, ExecId execId) {}

  /**
   * A round trip as a line left it.
   *
   * @param seq of the line
   * @param voided it was, and is no more
   */
  public record Trip(long seq, Pairing pairing, boolean voided) {}

  /** What a batch does to one account. */
  public record Change(
      AccountState before,
      AccountState after,
      List<Fill> fills,
      List<Reversal> reversals,
      List<Trip> trips) {
    public boolean isEmpty() {
      return before.equals(after);
    }
  }

  /**
   * What a batch does.
   *
   * @param gaps accounts with missing lines whose partition has not been read again yet; nothing
   *     after the gap was folded
   * @param lacking what was passed over first, of accounts that are read patiently: with the line
   *     they could not be folded beyond then
   */
  public record Result(
      List<Change> changes,
      List<Parked> parked,
      Map<AccountId, Gap> gaps,
      Map<AccountId, Quarantine> lacking,
      long repeats) {
    public long fills() {
      return changes.stream().mapToLong(change -> change.fills().size()).sum();
    }
  }

  private static final class Work {
    private final AccountState before;
    private final List<Fill> fills = new ArrayList<>();
    private final List<Reversal> reversals = new ArrayList<>();
    private final Map<String, Trip> trips = new LinkedHashMap<>();
    private @Nullable Map<ClOrdId, WorkingOrder> orders;
    private final Set<ExecId> booked;
    private final Executions executions;
    private AccountState after;

    Work(AccountState before, Set<ExecId> booked, List<Fill> standing) {
      this.before = before;
      this.after = before;
      this.booked = new HashSet<>(booked);
      this.executions = new Executions(standing);
    }

    void trip(long seq, Pairing pairing, boolean voided) {
      trips.remove(pairing.tradeId());
      trips.put(pairing.tradeId(), new Trip(seq, pairing, voided));
    }

    /** Copied once per batch: orders come and go with nearly every line. */
    void order(WorkingOrder order) {
      var known = orders == null ? before.orders() : orders;
      if (order.isDone()
          ? !known.containsKey(order.clOrdId())
          : order.equals(known.get(order.clOrdId()))) return;
      if (orders == null) orders = new HashMap<>(known);
      if (order.isDone()) orders.remove(order.clOrdId());
      else orders.put(order.clOrdId(), order);
    }

    Change change() {
      return new Change(
          before,
          orders == null ? after : after.with(orders),
          List.copyOf(fills),
          List.copyOf(reversals),
          List.copyOf(trips.values()));
    }
  }

  private BatchFold(
      Readings readings,
      Map<AccountId, Set<ExecId>> booked,
      Map<AccountId, List<Fill>> standing,
      BiFunction<AccountFold, LocalDate, Totals> totalsBefore,
      Instant now) {
    this.readings = readings;
    this.booked = booked;
    this.standing = standing;
    this.totalsBefore = totalsBefore;
    this.now = now;
  }

  /** The contracts of which a batch takes executions back, by account. */
  public static Map<AccountId, Set<Symbol>> reversedIn(
      List<Delivery> batch, Function<AccountId, AccountState> committed) {
    var symbols = new HashMap<AccountId, Set<Symbol>>();
    for (var delivery : batch) {
      if (!(delivery instanceof Line(_, var accountId, var line))) continue;
      var symbol =
          switch (line.fact()) {
            case Busted(var was) -> was.symbol();
            case Corrected(var was, _) -> was.symbol();
            case ContractNamed _,
                Executed _,
                TradingAllowed _,
                TradingLocked _,
                VenueSaid _,
                NothingTraded _ ->
                null;
          };
      if (symbol != null && line.seq() > committed.apply(accountId).fold().seq())
        symbols.computeIfAbsent(accountId, _ -> new HashSet<>()).add(symbol);
    }
    return symbols;
  }

  /**
   * Folds a batch.
   *
   * @param committed the accounts as they stand
   * @param readings which accounts are not read for the first time
   * @param booked executions of this batch that are known to be booked under another seq
   * @param standing the committed executions that stand, of the contracts of {@link #reversedIn}
   * @param totalsBefore what an account had come to when a trading day began
   * @param now the service clock
   */
  public static Result fold(
      List<Delivery> batch,
      Function<AccountId, AccountState> committed,
      Readings readings,
      Map<AccountId, Set<ExecId>> booked,
      Map<AccountId, List<Fill>> standing,
      BiFunction<AccountFold, LocalDate, Totals> totalsBefore,
      Instant now) {
    var fold = new BatchFold(readings, booked, standing, totalsBefore, now);
    for (var delivery : batch) fold.take(delivery, committed);
    var changes =
        fold.works.values().stream().map(Work::change).filter(change -> !change.isEmpty()).toList();
    return new Result(
        changes,
        List.copyOf(fold.parked),
        Map.copyOf(fold.gaps),
        Map.copyOf(fold.lacking),
        fold.repeats);
  }

  private void take(Delivery delivery, Function<AccountId, AccountState> committed) {
    var accountId = delivery.accountId();
    if (accountId == null) {
      parked.add(
          new Parked(
              delivery.place(),
              UNATTRIBUTABLE,
              delivery instanceof Poison poison ? poison.why() : "no account"));
      return;
    }
    if (gaps.containsKey(accountId)) return;
    var work =
        works.computeIfAbsent(
            accountId,
            id ->
                new Work(
                    committed.apply(id),
                    booked.getOrDefault(id, Set.of()),
                    standing.getOrDefault(id, List.of())));
    switch (delivery) {
      case Poison poison -> poison(work, poison);
      case Line line -> next(work, line);
    }
  }

  private void poison(Work work, Poison poison) {
    if (passOver(work, work.after.fold().seq() + 1, Quarantine.POISON, poison.why())) return;
    if (work.after.quarantine() == null)
      quarantine(work, work.after.fold().seq() + 1, Quarantine.POISON, poison.why());
    park(work, poison.place());
  }

  private void next(Work work, Line next) {
    var line = next.line();
    if (work.after.quarantine() != null && line.seq() > work.after.fold().seq()) {
      park(work, next.place());
      return;
    }
    switch (work.after.fold().step(line, work.executions)) {
      case Repeated _ -> repeats++;
      case Advanced(var after, var fill, var closed) -> {
        if (advance(work, next, after, null, fill))
          closed.forEach(trip -> work.trip(line.seq(), trip, false));
      }
      case Reversed(var after, var old, var instead, var gone, var made) -> {
        if (advance(work, next, after, old, instead)) {
          gone.forEach(trip -> work.trip(line.seq(), trip, true));
          made.forEach(trip -> work.trip(line.seq(), trip, false));
        }
      }
      case Gap gap -> gap(work, next, gap);
      case Contradicted(var why, var detail) -> {
        quarantine(work, line.seq(), why.name(), detail);
        park(work, next.place());
      }
    }
  }

  private boolean advance(
      Work work, Line next, AccountFold after, @Nullable Fill old, @Nullable Fill fill) {
    if (fill != null && !work.booked.add(fill.execId())) {
      quarantine(
          work,
          fill.seq(),
          Contradiction.BOOKED_TWICE.name(),
          "execution " + fill.execId() + " is booked already");
      park(work, next.place());
      return false;
    }
    if (fill != null || old != null)
      beginDay(work, TradingCalendar.of(next.line().venueTimeOrAt()));
    work.after = work.after.with(after);
    var order = next.line().order();
    if (order != null) work.order(order);
    if (old != null) {
      work.executions.remove(old);
      work.reversals.add(new Reversal(next.line().seq(), old.execId()));
    }
    if (fill != null) {
      work.executions.add(fill);
      work.fills.add(fill);
    }
    return true;
  }

  private void beginDay(Work work, LocalDate day) {
    var known = work.after.day();
    if (known == null || day.isAfter(known.tradingDay()))
      work.after = work.after.with(DayStart.of(day, totalsBefore.apply(work.after.fold(), day)));
  }

  private void gap(Work work, Line next, Gap gap) {
    if (!readings.again().contains(next.accountId())) {
      gaps.put(next.accountId(), gap);
      return;
    }
    var detail = "seq %d is missing, %d came".formatted(gap.expected(), gap.found());
    if (passOver(work, gap.expected(), Quarantine.GAP, detail)) return;
    quarantine(work, gap.expected(), Quarantine.GAP, detail);
    park(work, next.place());
  }

  private boolean passOver(Work work, long seq, String reason, String detail) {
    var accountId = work.before.accountId();
    if (!readings.patiently().contains(accountId) || work.after.quarantine() != null) return false;
    // of the same hole the first word is the one that explains it
    lacking.merge(
        accountId,
        new Quarantine(seq, reason, detail, now),
        (known, later) -> later.seq() > known.seq() ? later : known);
    return true;
  }

  private void quarantine(Work work, long seq, String reason, String detail) {
    work.after = work.after.with(new Quarantine(seq, reason, detail, now));
  }

  private void park(Work work, Delivery.Place place) {
    var quarantine = work.after.quarantine();
    if (quarantine != null) parked.add(new Parked(place, quarantine.reason(), quarantine.detail()));
  }
}
