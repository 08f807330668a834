package io.tapeline.positions.domain;

import static io.tapeline.positions.domain.Step.Contradiction.CONTRACT_CHANGED;
import static io.tapeline.positions.domain.Step.Contradiction.NOT_TRADEABLE;
import static io.tapeline.positions.domain.Step.Contradiction.TOO_LARGE;
import static io.tapeline.positions.domain.Step.Contradiction.UNKNOWN_CONTRACT;

import io.tapeline.model.AccountId;
import io.tapeline.model.Instrument;
import io.tapeline.model.OffTickException;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.Step.Advanced;
import io.tapeline.positions.domain.Step.Contradicted;
import io.tapeline.positions.domain.Step.Gap;
import io.tapeline.positions.domain.Step.Repeated;
import io.tapeline.positions.domain.TapeLine.Fact.ContractNamed;
import io.tapeline.positions.domain.TapeLine.Fact.Executed;
import io.tapeline.positions.domain.TapeLine.Fact.NothingTraded;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One account's positions after the first {@code seq} lines of its journal. The same lines always
 * give the same fold; that is what {@code verify} compares.
 *
 * @param positions by contract, those named but not yet traded included: their numbers are needed
 *     to price the first fill
 */
public record AccountFold(AccountId accountId, long seq, SortedMap<Symbol, Position> positions) {
  public AccountFold {
    positions = Collections.unmodifiableSortedMap(positions);
  }

  /** Before the first line. */
  public static AccountFold empty(AccountId accountId) {
    return new AccountFold(accountId, 0, new TreeMap<>());
  }

  /** What the line does; this fold itself never changes. */
  public Step step(TapeLine line) {
    if (line.seq() <= seq) return new Repeated();
    if (line.seq() != seq + 1) return new Gap(seq + 1, line.seq());
    return switch (line.fact()) {
      case NothingTraded _ -> new Advanced(new AccountFold(accountId, line.seq(), positions), null);
      case ContractNamed(var instrument) -> named(line, instrument);
      case Executed executed -> executed(line, executed);
    };
  }

  private Step named(TapeLine line, Instrument instrument) {
    var known = positions.get(instrument.symbol());
    if (known == null) return new Advanced(with(line.seq(), Position.untraded(instrument)), null);
    if (sameNumbers(known.instrument(), instrument))
      return new Advanced(new AccountFold(accountId, line.seq(), positions), null);
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
      var fill =
          new Fill(
              line.seq(),
              executed.execId(),
              executed.clOrdId(),
              executed.symbol(),
              executed.side(),
              executed.lastQty(),
              position.instrument().price(executed.lastPx()),
              executed.fee(),
              line.at(),
              Objects.requireNonNullElse(line.venueTime(), line.at()));
      return new Advanced(with(line.seq(), position.plus(fill)), fill);
    } catch (OffTickException e) {
      return new Contradicted(NOT_TRADEABLE, String.valueOf(e.getMessage()));
    } catch (ArithmeticException _) {
      return new Contradicted(
          TOO_LARGE, "execution " + executed.execId() + " outgrows what can be summed");
    }
  }

  private AccountFold with(long seq, Position position) {
    var after = new TreeMap<>(positions);
    after.put(position.instrument().symbol(), position);
    return new AccountFold(accountId, seq, after);
  }
}
