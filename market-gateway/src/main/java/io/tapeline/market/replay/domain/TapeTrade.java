package io.tapeline.market.replay.domain;

/**
 * A recorded trade while it is worked through; one object, used again for each.
 *
 * <p>{@code aggressor} is {@code B}, {@code A}, or {@code N} where the recording does not say, as
 * in an opening auction.
 */
final class TapeTrade {
  long ticks;
  long lots;
  byte aggressor;

  /** Receive time, nanoseconds since 1970. */
  long received;

  void set(long newTicks, Recording record) {
    ticks = newTicks;
    lots = record.size();
    aggressor = record.side();
    received = record.tsRecv();
  }

  /** Whether it can have traded with resting orders of this side. */
  boolean tookFrom(boolean buys) {
    return buys ? aggressor != 'B' : aggressor != 'A';
  }
}
