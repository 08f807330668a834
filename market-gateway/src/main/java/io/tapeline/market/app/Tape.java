package io.tapeline.market.app;

import io.tapeline.contract.BarRow;
import io.tapeline.contract.DepthRow;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.contract.NoticeRow;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.TradePrint;
import io.tapeline.contract.VenueReportRecord;
import io.tapeline.market.intake.domain.JournalLine;
import io.tapeline.model.AccountId;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The topics, as the gateway writes and reads them. */
public interface Tape {
  /**
   * Writes a report after those written before for the same account.
   *
   * @return done when it is on the topic for good
   */
  CompletionStage<Void> report(VenueReportRecord report);

  /** Market facts may be lost with a broken broker: the next one is the whole state again. */
  void quote(QuoteRow quote);

  /** How many market facts were lost so far. */
  long lost();

  void depth(DepthRow depth);

  void print(TradePrint print);

  void status(MarketStatusRow status);

  /**
   * A bar that is final, or its revision; it waits for the broker.
   *
   * @return done when it is on the topic for good
   */
  CompletionStage<Void> bar(BarRow bar);

  /** A bar in the making. */
  void forming(BarRow bar);

  void instrument(InstrumentRow instrument);

  /** A contract that is over. */
  void expired(Symbol symbol);

  /**
   * Tells somebody something; it waits for the broker.
   *
   * @return done when it is on the topic for good
   */
  CompletionStage<Void> notice(NoticeRow notice);

  /** Waits until everything written so far is on its topic. */
  void flush();

  /**
   * Reads the orders journal of these accounts on a thread of its own, from where this group was
   * last, or from the beginning.
   *
   * @param batches told one after the other; the next one when this one returned
   */
  Reading readJournal(String group, Set<AccountId> accounts, Consumer<Batch> batches);

  /** Lines in the order of the topic. */
  interface Batch {
    List<JournalLine> lines();

    /** When the first line that asks for something was written to the topic, where there is one. */
    Optional<Instant> askedAt();

    /** Puts a line aside for a person, with the reason; done when this returns. */
    void park(int index, String reason);
  }

  /** A reader at work. */
  interface Reading extends AutoCloseable {
    boolean isRunning();

    /** How many records of the topic were not read yet when last seen. */
    long lag();

    @Override
    void close();
  }
}
