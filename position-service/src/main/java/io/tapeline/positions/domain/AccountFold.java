package io.tapeline.positions.domain;

import static io.tapeline.positions.domain.Step.Contradiction.CONTRACT_CHANGED;
import static io.tapeline.positions.domain.Step.Contradiction.NOT_AS_BOOKED;
import static io.tapeline.positions.domain.Step.Contradiction.NOT_STANDING;
import static io.tapeline.positions.domain.Step.Contradiction.NOT_TRADEABLE;
import static io.tapeline.positions.domain.Step.Contradiction.TOO_LARGE;
import static io.tapeline.positions.domain.Step.Contradiction.UNKNOWN_CONTRACT;

import io.tapeline.model.AccountId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.OffTickException;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.Step.Advanced;
import io.tapeline.positions.domain.Step.Contradicted;
import io.tapeline.positions.domain.Step.Gap;
import io.tapeline.positions.domain.Step.Repeated;
import io.tapeline.positions.domain.Step.Reversed;
import io.tapeline.positions.domain.TapeLine.Fact.Booked;
import io.tapeline.positions.domain.TapeLine.Fact.Busted;
import io.tapeline.positions.domain.TapeLine.Fact.ContractNamed;
import io.tapeline.positions.domain.TapeLine.Fact.Corrected;
import io.tapeline.positions.domain.TapeLine.Fact.Executed;
import io.tapeline.positions.domain.TapeLine.Fact.NothingTraded;
import io.tapeline.positions.domain.TapeLine.Fact.TradingAllowed;
import io.tapeline.positions.domain.TapeLine.Fact.TradingLocked;
import io.tapeline.positions.domain.TapeLine.Fact.VenueSaid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One account's positions after the first {@code seq} lines of its journal. The same lines always
 * give the same fold; that is what {@code verify} compares.
 *
 * @param positions by contract, those named but not yet traded included: their numbers are needed
 *     to price the first fill
 * @param permission what the account may do, as order-service journaled it
 */
public record AccountFold(
    AccountId accountId, long seq, SortedMap<Symbol, Position> positions, Permission permission) {
  public AccountFold {
    positions = Collections.unmodifiableSortedMap(positions);
  }

  /** Before the first line. */
  public static AccountFold empty(AccountId accountId) {
    return new AccountFold(accountId, 0, new TreeMap<>(), Permission.ALL);
  }

  /**
   * What the line does; neither this fold nor the executions ever change.
   *
   * @param executions those of this account that stand, at least of the contract of a line that
   *     takes one back
   */
  public Step step(TapeLine line, Executions executions) {
    if (line.seq() <= seq) return new Repeated();
    if (line.seq() != seq + 1) return new Gap(seq + 1, line.seq());
    return switch (line.fact()) {
      case NothingTraded _, VenueSaid _ -> advanced(at(line.seq()));
      case TradingAllowed(var state) -> advanced(permitted(line.seq(), permission.byDesk(state)));
      case TradingLocked(var state) -> advanced(permitted(line.seq(), permission.byRules(state)));
      case ContractNamed(var instrument) -> named(line, instrument);
      case Executed executed -> executed(line, executed);
      case Busted(var was) -> reversed(line, was, null, executions);
      case Corrected(var was, var now) ->
          reversed(line, was, now.lastQty().isZero() ? null : now, executions);
    };
  }

  private Step named(TapeLine line, Instrument instrument) {
    var known = positions.get(instrument.symbol());
    if (known == null) return advanced(with(line.seq(), Position.untraded(instrument)));
    if (sameNumbers(known.instrument(), instrument)) return advanced(at(line.seq()));
    return new Contradicted(
        CONTRACT_CHANGED,
        "%s was %s ticks of %s, now %s of %s"
            .formatted(
                instrument.symbol(),
                known.instrument().tickSize().toPlainString(),
                known.instrument().tickValue(),
                instrument.tickSize().toPlainString(),
                instrument.tickValue()));
  }

  private static boolean sameNumbers(Instrument a, Instrument b) {
    return a.tickSize().compareTo(b.tickSize()) == 0 && a.tickValue().equals(b.tickValue());
  }

  private Step executed(TapeLine line, Executed executed) {
    var position = positions.get(executed.symbol());
    if (position == null)
      return new Contradicted(UNKNOWN_CONTRACT, "no order has named " + executed.symbol());
    if (executed.lastQty().isZero())
      return new Contradicted(NOT_TRADEABLE, "execution " + executed.execId() + " of nothing");
    try {
      var fill = fill(line, line.seq(), executed, position.instrument());
      var closed = new ArrayList<Pairing>();
      return new Advanced(with(line.seq(), position.plus(fill, closed::add)), fill, closed);
    } catch (OffTickException e) {
      return new Contradicted(NOT_TRADEABLE, String.valueOf(e.getMessage()));
    } catch (ArithmeticException _) {
      return tooLarge(executed.execId());
    }
  }

  private Step reversed(TapeLine line, Booked was, @Nullable Executed now, Executions executions) {
    var position = positions.get(was.symbol());
    if (position == null)
      return new Contradicted(UNKNOWN_CONTRACT, "no order has named " + was.symbol());
    var old = executions.standing(was.symbol(), was.execId());
    if (old == null && was.qty().isZero())
      // it overtook its fill, which will not come any more: there is nothing to take back
      return now == null ? advanced(at(line.seq())) : executed(line, now);
    if (old == null)
      return new Contradicted(NOT_STANDING, "no execution " + was.execId() + " to take back");
    if (!isSaidOf(was, old, position.instrument()))
      return new Contradicted(
          NOT_AS_BOOKED,
          "execution %s is %s %s at %s ticks, taken back as %s %s at %s"
              .formatted(
                  old.execId(),
                  old.side(),
                  old.lastQty().lots(),
                  old.lastPx().ticks(),
                  was.side(),
                  was.qty().lots(),
                  was.px().toPlainString()));
    try {
      var instead = now == null ? null : fill(line, old.place(), now, position.instrument());
      var before = new LinkedHashMap<String, Pairing>();
      position.refolded(executions.with(old, old), trip -> before.put(trip.tradeId(), trip));
      var made = new ArrayList<Pairing>();
      var after =
          position.refolded(
              executions.with(old, instead),
              trip -> {
                if (!trip.equals(before.remove(trip.tradeId()))) made.add(trip);
              });
      return new Reversed(
          with(line.seq(), after), old, instead, List.copyOf(before.values()), made);
    } catch (OffTickException e) {
      return new Contradicted(NOT_TRADEABLE, String.valueOf(e.getMessage()));
    } catch (ArithmeticException _) {
      return tooLarge(was.execId());
    }
  }

  private static boolean isSaidOf(Booked was, Fill fill, Instrument instrument) {
    return was.side() == fill.side()
        && was.qty().equals(fill.lastQty())
        && was.px().compareTo(instrument.decimal(fill.lastPx())) == 0;
  }

  private static Fill fill(TapeLine line, long place, Executed executed, Instrument instrument) {
    return new Fill(
        line.seq(),
        place,
        executed.execId(),
        executed.clOrdId(),
        executed.symbol(),
        executed.side(),
        executed.lastQty(),
        instrument.price(executed.lastPx()),
        executed.fee(),
        line.at(),
        line.venueTimeOrAt(),
        executed.strategy(),
        executed.reportedPnl());
  }

  private static Step tooLarge(ExecId execId) {
    return new Contradicted(TOO_LARGE, "execution " + execId + " outgrows what can be summed");
  }

  private static Advanced advanced(AccountFold after) {
    return new Advanced(after, null, List.of());
  }

  private AccountFold permitted(long seq, Permission now) {
    return new AccountFold(accountId, seq, positions, now);
  }

  private AccountFold at(long seq) {
    return new AccountFold(accountId, seq, positions, permission);
  }

  private AccountFold with(long seq, Position position) {
    var after = new TreeMap<>(positions);
    after.put(position.instrument().symbol(), position);
    return new AccountFold(accountId, seq, after, permission);
  }
}
