package io.tapeline.market.sim.domain;

import io.tapeline.model.Side;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One side of a book: its levels in a sorted array, worst first, so that what happens near the best
 * price, where nearly everything happens, moves few of them. Emptied levels wait behind the last
 * one in use and are used again.
 */
final class Ladder {
  private final int sign;
  private @Nullable Level[] levels = new Level[64];
  private int size;

  Ladder(Side side) {
    sign = side == Side.BUY ? 1 : -1;
  }

  int size() {
    return size;
  }

  @Nullable Level best() {
    return size == 0 ? null : levels[size - 1];
  }

  /** The level of a rank: 0 is the best, {@code size() - 1} the worst. */
  Level level(int rank) {
    if (rank < 0 || rank >= size) throw new IndexOutOfBoundsException("rank " + rank);
    return inUse(size - 1 - rank);
  }

  @Nullable Level find(long px) {
    int index = search(px);
    return index >= 0 ? levels[index] : null;
  }

  Level findOrAdd(long px) {
    int index = search(px);
    return index >= 0 ? inUse(index) : add(-index - 1, px);
  }

  void remove(Level emptied) {
    int index = search(emptied.px);
    System.arraycopy(levels, index + 1, levels, index, size - index - 1);
    levels[--size] = emptied;
  }

  /** Whether a is the better price on this side. */
  boolean ranksBefore(long a, long b) {
    return sign * a > sign * b;
  }

  private Level add(int index, long px) {
    if (size == levels.length) levels = Arrays.copyOf(levels, 2 * size);
    var level = levels[size] == null ? new Level(px) : levels[size];
    System.arraycopy(levels, index, levels, index + 1, size - index);
    level.px = px;
    levels[index] = level;
    size++;
    return level;
  }

  private int search(long px) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = inUse(middle).px;
      if (found == px) return middle;
      if (ranksBefore(px, found)) low = middle + 1;
      else high = middle - 1;
    }
    return -low - 1;
  }

  private Level inUse(int index) {
    var level = levels[index];
    if (level == null) throw new IllegalStateException("no level at " + index);
    return level;
  }
}
