package io.tapeline.market.replay.domain;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over recorded market data of one {@link RecordingKind}, ordered by receive time. Starts
 * before its first record; the accessors speak of the record that {@link #next} moved to and cost
 * nothing. Which of them have a meaning depends on the kind.
 */
public interface Recording extends AutoCloseable {
  /** Prices are in units of 1e-9; this one means that there is none. */
  long NO_PRICE = Long.MAX_VALUE;

  /** The last record of an event: what the venue did at once is complete with it. */
  int LAST_OF_EVENT = 128;

  /** Part of a picture of the whole book, not of something that happened. */
  int SNAPSHOT = 32;

  /** For people: where this comes from. */
  String name();

  RecordingKind kind();

  /** The contract codes it speaks of, so far as it says beforehand. */
  Set<String> symbols();

  /**
   * Moves to the next record.
   *
   * @return whether there was one
   * @throws BrokenRecordingException when what follows cannot be read
   */
  boolean next();

  /** What the venue calls the contract at the time of this record; null where it is not said. */
  @Nullable String symbol();

  int instrumentId();

  /** When the venue said it happened, nanoseconds since 1970. */
  long tsEvent();

  /** When it was received, nanoseconds since 1970; never goes back. */
  long tsRecv();

  /** {@code A}dd, {@code M}odify, {@code C}ancel, clea{@code R}, {@code T}rade, {@code F}ill. */
  byte action();

  /** {@code B}id, {@code A}sk or {@code N}either; on a trade the aggressor's. */
  byte side();

  int flags();

  long price();

  long size();

  /** Of an mbo record. */
  long orderId();

  /** Of an mbp-1 record, as the five that follow: the best prices after the record. */
  long bidPrice();

  long askPrice();

  long bidSize();

  long askSize();

  int bidOrders();

  int askOrders();

  /** Records passed over so far because they are of another kind, by kind. */
  Map<String, Long> passedOver();

  @Override
  void close();
}
