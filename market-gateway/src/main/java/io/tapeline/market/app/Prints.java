package io.tapeline.market.app;

import io.tapeline.contract.TradePrint;
import java.util.List;
import java.util.Map;

/** The tape of trades, read from where one was. */
public interface Prints {
  /**
   * Opens the tape.
   *
   * @param next offset of each partition to go on at; those left out begin with the first that is
   *     kept
   * @param before how many records before that to read again
   */
  Reading from(Map<Integer, Long> next, int before);

  /**
   * A trade as it lies on the tape.
   *
   * @param print null where the record could not be read; it is counted
   */
  record Read(int partition, long offset, @org.jspecify.annotations.Nullable TradePrint print) {}

  /** A reader at work, of one thread. */
  interface Reading extends AutoCloseable {
    /** What came, in the order of each partition; empty after a while in which nothing did. */
    List<Read> poll(java.time.Duration atMost);

    /** The ends of all partitions now. */
    Map<Integer, Long> ends();

    @Override
    void close();
  }
}
