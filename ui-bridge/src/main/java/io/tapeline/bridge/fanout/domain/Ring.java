package io.tapeline.bridge.fanout.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last records of a channel on which every record counts. It holds everything after {@link
 * #base()} up to {@link #head()}; a reader that is behind the base has missed something.
 */
public final class Ring implements Channel {
  /** Nothing was heard yet: whatever the owner's answer says is the beginning. */
  static final long UNHEARD = -1;

  private final ChannelName name;
  private final int capacity;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long base = UNHEARD;
  private volatile long head = UNHEARD;

  Ring(ChannelName name, int capacity) {
    this.name = name;
    this.capacity = capacity;
  }

  /** One record, encoded once for all. */
  public record Entry(long seq, Item item, long atMillis) {
    public static Entry of(
        ChannelName channel, long seq, @Nullable String key, byte[] data, long atMillis) {
      return new Entry(seq, Item.of(ItemKey.of(channel, key), Version.of(seq), data), atMillis);
    }

    /** The record itself. */
    public byte[] data() {
      return item.data();
    }
  }

  @Override
  public ChannelName name() {
    return name;
  }

  /** The number of the newest record. */
  public long head() {
    return head;
  }

  synchronized long base() {
    return base;
  }

  /** Starts the ring at its beginning, where nothing is before the first record. */
  synchronized void startEmpty() {
    if (head != UNHEARD) return;
    base = 0;
    head = 0;
  }

  /** Whether everything after the cursor is here. */
  public synchronized boolean reaches(long cursor) {
    return base == UNHEARD || cursor >= base;
  }

  /** Moves on over a record that is not shown on this channel. */
  synchronized Heard pass(long seq) {
    var heard = judge(seq);
    if (heard == Heard.REPEAT) return heard;
    if (heard == Heard.GAP) {
      entries.clear();
      base = seq - 1;
    }
    if (base == UNHEARD) base = seq - 1;
    head = seq;
    return heard;
  }

  synchronized Heard append(long seq, @Nullable String key, byte[] data, long atMillis) {
    var heard = judge(seq);
    if (heard == Heard.REPEAT) return heard;
    if (heard == Heard.GAP) {
      entries.clear();
      base = seq - 1;
    }
    if (base == UNHEARD) base = seq - 1;
    if (entries.size() >= capacity) base = entries.removeFirst().seq();
    entries.addLast(Entry.of(name, seq, key, data, atMillis));
    head = seq;
    return heard;
  }

  /** Appends with the next number of our own. */
  synchronized long append(@Nullable String key, byte[] data, long atMillis) {
    startEmpty();
    long seq = head + 1;
    append(seq, key, data, atMillis);
    return seq;
  }

  private Heard judge(long seq) {
    if (head == UNHEARD || seq == head + 1) return Heard.NEXT;
    return seq <= head ? Heard.REPEAT : Heard.GAP;
  }

  /** What a record was to the ring. */
  public enum Heard {
    NEXT,
    REPEAT,
    /** Records before it are missing: whoever had not seen them must ask the owner. */
    GAP
  }

  /** At most that many of the entries after the cursor, oldest first. */
  synchronized List<Entry> after(long cursor, int most) {
    var found = new ArrayList<Entry>();
    var newestFirst = entries.descendingIterator();
    while (newestFirst.hasNext()) {
      var entry = newestFirst.next();
      if (entry.seq() <= cursor) break;
      found.add(entry);
    }
    var oldestFirst = found.reversed();
    return oldestFirst.size() <= most ? oldestFirst : oldestFirst.subList(0, most);
  }

  /** At most that many of the entries before a number, newest first. */
  public synchronized List<Entry> before(long seq, int most) {
    var found = new ArrayList<Entry>();
    var newestFirst = entries.descendingIterator();
    while (newestFirst.hasNext() && found.size() < most) {
      var entry = newestFirst.next();
      if (entry.seq() < seq) found.add(entry);
    }
    return found;
  }

  /** The newest entries, oldest first. */
  synchronized List<Entry> last(int most) {
    return entries.stream().skip(Math.max(0, entries.size() - most)).toList();
  }
}
