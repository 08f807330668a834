package io.tapeline.market.book.domain;

import org.jspecify.annotations.Nullable;

/** A recorded order in the book: a link in the queue of its level. Reused after it is gone. */
public final class RestingOrder {
  long id;
  @Nullable BookLevel level;
  @Nullable RestingOrder ahead;
  @Nullable RestingOrder behind;
  long lots;
  long place;

  /** Which picture of the whole book last had it. */
  long snapshot;

  /**
   * Lots of it that orders of the desk took. The recording knows nothing of that and shows the
   * order as it was; the desk must not take the same lots twice. Kept while the order keeps its
   * place.
   */
  long taken;

  /** Lots filled within the event that is going on; the book shows them until the event's end. */
  long filling;

  RestingOrder() {}

  public long id() {
    return id;
  }

  public long lots() {
    return lots;
  }

  /** Lots the desk can still take. */
  public long available() {
    return lots - taken;
  }

  /**
   * Where it stands in time: of two orders at one price the one with the lower number trades first.
   */
  public long place() {
    return place;
  }

  /** The next in the queue of its level. */
  public @Nullable RestingOrder behind() {
    return behind;
  }

  /**
   * Notes a recorded fill, before the record that takes it out of the book.
   *
   * @return how many of these lots were shown; an iceberg fills beyond what it shows
   */
  public long fill(long size) {
    long shown = Math.min(size, lots - filling);
    filling += shown;
    return shown;
  }

  /** The price it rests at, in ticks. */
  public long ticks() {
    return resting().ticks;
  }

  public boolean isBid() {
    return resting().bids;
  }

  private BookLevel resting() {
    if (level == null) throw new IllegalStateException("order " + id + " has left the book");
    return level;
  }
}
