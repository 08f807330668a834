package io.tapeline.market.book.domain;

/**
 * The best price of each side and what it shows, where a recording has no more. Remembers what the
 * desk took of it as long as the price stands.
 */
public final class TopOfBook {
  /** One side's best price. Without orders it has no lots, and its price means nothing. */
  public static final class Top {
    private long ticks;
    private long lots;
    private int orders;
    private long taken;

    private Top() {}

    public boolean isEmpty() {
      return lots == 0;
    }

    public long ticks() {
      return ticks;
    }

    public long lots() {
      return lots;
    }

    public int orders() {
      return orders;
    }

    /** Lots the desk can still take. */
    public long available() {
      return lots - taken;
    }

    public void take(long more) {
      if (more > available()) throw new IllegalArgumentException(more + " of " + available());
      taken += more;
    }

    public void set(long newTicks, long newLots, int newOrders) {
      taken = newTicks == ticks ? Math.min(taken, newLots) : 0;
      ticks = newTicks;
      lots = newLots;
      orders = newOrders;
    }

    public void clear() {
      set(0, 0, 0);
    }
  }

  private final Top bid = new Top();
  private final Top ask = new Top();

  public Top bid() {
    return bid;
  }

  public Top ask() {
    return ask;
  }

  /** Whether the bid is at or above the ask, so that the venue cannot be matching. */
  public boolean isCrossed() {
    return !bid.isEmpty() && !ask.isEmpty() && bid.ticks >= ask.ticks;
  }
}
