package io.tapeline.positions.app;

import io.tapeline.contract.RiskEventRecord;
import io.tapeline.contract.RoundTripRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.positions.domain.Quote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the tape has of an account, from its beginning to its present end. All of it blocks. */
public interface TapeHistory {
  /**
   * A line of the journal as it lies on the tape.
   *
   * @param json the record; null where it has none
   */
  record Kept(Delivery delivery, @Nullable String json) {}

  /** A record as it lies on a topic, unread. */
  record Raw(String topic, int partition, long offset, Instant writtenAt, String json) {}

  /** What was read: offsets of the account's partition, {@code to} excluded. */
  record Span(int partition, long from, long to) {}

  /** Hands over every record of the account's journal, in order. */
  default void read(AccountId accountId, Consumer<Delivery> reader) {
    readPieces(
        accountId,
        0,
        piece -> {
          for (var kept : piece) reader.accept(kept.delivery());
          return true;
        });
  }

  /**
   * Hands over the account's journal in order, in pieces of a few thousand records, until the
   * reader has seen enough.
   *
   * @param fromOffset where to begin; 0: at the beginning
   */
  Span readPieces(AccountId accountId, long fromOffset, Predicate<List<Kept>> reader);

  /**
   * What a contract was quoted at an instant of the service clock, or traded at last before, as far
   * as the tape still goes back.
   */
  Optional<Quote> quoteAt(Symbol symbol, Instant at);

  /** Hands over every record of the account on one of its topics, in order. */
  void raw(String topic, AccountId accountId, Consumer<Raw> reader);

  /** A contract's last record of a topic up to an instant, if it is still kept. */
  Optional<Raw> lastBefore(String topic, Symbol symbol, Instant at);

  /** A contract's first record of a topic after an instant. */
  Optional<Raw> firstAfter(String topic, Symbol symbol, Instant at);

  /** A contract's records of a topic from an instant to another, so many at most. */
  List<Raw> between(String topic, Symbol symbol, Instant from, Instant to, int most);

  /** Hands over the id of every execution the venue reported of the account. */
  void reportedExecutions(AccountId accountId, Consumer<String> reader);

  /** Hands over what was told of the account's risk journal; a line may come twice. */
  void riskEvents(AccountId accountId, Consumer<RiskEventRecord> reader);

  /** Hands over what was told of the account's round trips; the highest {@code seq} counts. */
  void roundTrips(AccountId accountId, Consumer<RoundTripRow> reader);
}
