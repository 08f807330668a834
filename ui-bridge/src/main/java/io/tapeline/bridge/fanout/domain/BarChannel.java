package io.tapeline.bridge.fanout.domain;

import io.tapeline.bars.BarVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bars of one contract and interval that changed last, while anybody follows them. A forming
 * bar is merged with its own later states, never with another bar: a reader sees the last state of
 * each, or is told that it is too far behind.
 */
public final class BarChannel implements Channel {
  /** A minute of one-second bars, and some that were revised. */
  static final int KEPT = 64;

  private final ChannelName name;
  private final ItemKey key;

  /** By start; the one that changed least recently is first. */
  private final Map<Instant, Change> bars = new LinkedHashMap<>();

  private volatile long newest;
  private volatile int followers;
  private long forgotten;

  BarChannel(ChannelName name) {
    this.name = name;
    this.key = ItemKey.of(name, null);
  }

  /**
   * The newest state of a bar.
   *
   * @param number of the change, counted over the channel
   * @param first number of the bar's first change
   * @param times how often the bar has changed so far
   */
  record Change(long number, long first, long times, BarVersion bar, Item item, long atMillis) {}

  @Override
  public ChannelName name() {
    return name;
  }

  public boolean isFollowed() {
    return followers > 0;
  }

  synchronized void follow() {
    followers++;
  }

  /** Without a follower nothing is kept: it would be old when the next one comes. */
  synchronized void leave() {
    if (--followers > 0) return;
    bars.clear();
    forgotten = newest;
  }

  /**
   * Takes a state of a bar, unless a newer one of it is here or nobody follows.
   *
   * @param data its row as it is sent
   */
  public synchronized void put(BarVersion bar, byte[] data, long atMillis) {
    if (followers == 0) return;
    var start = bar.key().start();
    var known = bars.get(start);
    if (known != null && !known.bar().newerOf(bar).equals(bar)) return;
    long number = newest + 1;
    bars.remove(start);
    if (bars.size() >= KEPT) forgotten = bars.remove(bars.keySet().iterator().next()).number();
    var item = Item.of(key, Version.of(number), data);
    bars.put(
        start,
        known == null
            ? new Change(number, number, 1, bar, item, atMillis)
            : new Change(number, known.first(), known.times() + 1, bar, item, atMillis));
    newest = number;
  }

  long newest() {
    return newest;
  }

  /**
   * What a reader is told next.
   *
   * @param isAll everything that is here, because something after the cursor no longer is
   */
  record News(List<Change> changes, boolean isAll) {}

  /** What changed after the cursor, in that order. */
  synchronized News after(long cursor, boolean snapshot) {
    boolean isAll = cursor < forgotten && !snapshot;
    var found = new ArrayList<Change>();
    for (var change : bars.values()) if (isAll || change.number() > cursor) found.add(change);
    return new News(found, isAll);
  }
}
