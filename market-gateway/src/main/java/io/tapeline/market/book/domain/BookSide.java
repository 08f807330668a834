package io.tapeline.market.book.domain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One side's levels in an array with the best price last: what changes is near the best, so that
 * little is moved, and the best is at hand.
 */
public final class BookSide {
  private final boolean bids;

  /** Ascending; asks are stored negated, so that the best is the highest on both sides. */
  private long[] keys = new long[1024];

  private @Nullable BookLevel[] levels = new BookLevel[1024];
  private int size;

  BookSide(boolean bids) {
    this.bids = bids;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** How many prices have orders. */
  public int size() {
    return size;
  }

  /**
   * The level so many places behind the best, which is 0.
   *
   * @throws IndexOutOfBoundsException when there are not so many
   */
  public BookLevel level(int rank) {
    var level = levels[size - 1 - rank];
    if (level == null) throw new IndexOutOfBoundsException(rank);
    return level;
  }

  /** The level at a price, if any order rests there. */
  public @Nullable BookLevel find(long ticks) {
    int index = Arrays.binarySearch(keys, 0, size, key(ticks));
    return index < 0 ? null : levels[index];
  }

  BookLevel findOrAdd(long ticks) {
    long key = key(ticks);
    int index = Arrays.binarySearch(keys, 0, size, key);
    if (index >= 0) {
      var found = levels[index];
      if (found != null) return found;
    }
    return insert(-index - 1, key, new BookLevel(bids, ticks));
  }

  private BookLevel insert(int index, long key, BookLevel level) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      levels = Arrays.copyOf(levels, size * 2);
    }
    System.arraycopy(keys, index, keys, index + 1, size - index);
    System.arraycopy(levels, index, levels, index + 1, size - index);
    keys[index] = key;
    levels[index] = level;
    size++;
    return level;
  }

  void remove(BookLevel level) {
    int index = Arrays.binarySearch(keys, 0, size, key(level.ticks));
    System.arraycopy(keys, index + 1, keys, index, size - index - 1);
    System.arraycopy(levels, index + 1, levels, index, size - index - 1);
    levels[--size] = null;
  }

  void clear() {
    Arrays.fill(levels, 0, size, null);
    size = 0;
  }

  private long key(long ticks) {
    return bids ? ticks : -ticks;
  }
}
