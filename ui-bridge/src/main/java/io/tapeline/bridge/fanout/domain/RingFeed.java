package io.tapeline.bridge.fanout.domain;

import java.util.ArrayDeque;
import java.util.List;

/**
 * A cursor into a ring. A lossless channel that lost its place starts over from a snapshot; the
 * tape of prints goes on and says how many it skipped.
 */
final class RingFeed implements Feed {
  private static final int MOST_AT_ONCE = 512;
  private static final int PRINTS_AT_FIRST = 50;
  private static final int NOTICES_AT_FIRST = 200;

  private final Ring ring;
  private final ArrayDeque<Ring.Entry> snapshot = new ArrayDeque<>();
  private long cursor;
  private boolean following;
  private boolean asked;

  RingFeed(Ring ring) {
    this.ring = ring;
  }

  @Override
  public ChannelName name() {
    return ring.name();
  }

  /** Goes on after the cursor, if nothing after it is missing. */
  boolean resume(long from) {
    if (!ring.reaches(from)) return false;
    cursor = from;
    following = true;
    return true;
  }

  /** Starts from the owner's answer, or from what the ring holds where the ring is all there is. */
  Control begin(List<Ring.Entry> rows, long asOfSeq) {
    snapshot.clear();
    snapshot.addAll(rows);
    cursor = asOfSeq;
    following = true;
    asked = false;
    return Control.snapshot(name(), asOfSeq);
  }

  Control beginFromRing() {
    synchronized (ring) {
      int most = name().kind() == ChannelKind.TAPE ? PRINTS_AT_FIRST : NOTICES_AT_FIRST;
      return begin(ring.last(most), Math.max(0, ring.head()));
    }
  }

  boolean reaches(long seq) {
    return ring.reaches(seq);
  }

  /** Whether the owner must be asked for a snapshot; says so once. */
  boolean takeWanted() {
    if (following || asked) return false;
    asked = true;
    return true;
  }

  boolean isAsked() {
    return asked;
  }

  /** The owner did not answer: it must be asked again. */
  void askAgain() {
    asked = false;
  }

  @Override
  public boolean hasNews() {
    return following && (!snapshot.isEmpty() || ring.head() > cursor);
  }

  @Override
  public boolean write(Frame frame) {
    if (!following) return true;
    while (!snapshot.isEmpty()) {
      if (frame.isFull()) return false;
      frame.value(snapshot.removeFirst(), true, 0);
    }
    if (ring.head() <= cursor) return true;
    return name().kind() == ChannelKind.TAPE ? writePrints(frame) : writeRecords(frame);
  }

  private boolean writeRecords(Frame frame) {
    List<Ring.Entry> entries;
    long head;
    synchronized (ring) {
      if (!ring.reaches(cursor)) {
        startOver(frame);
        return true;
      }
      head = ring.head();
      entries = ring.after(cursor, MOST_AT_ONCE);
    }
    for (var entry : entries) {
      if (frame.isFull()) return false;
      frame.value(entry, false, 0);
      cursor = entry.seq();
    }
    if (entries.size() == MOST_AT_ONCE) return false;
    cursor = head;
    return true;
  }

  private void startOver(Frame frame) {
    frame.control(Control.resync(name(), "BEHIND").bytes());
    if (name().kind().journaled()) following = false;
    else frame.control(beginFromRing().bytes());
  }

  private boolean writePrints(Frame frame) {
    List<Ring.Entry> entries;
    long lost;
    synchronized (ring) {
      lost = Math.max(0, ring.base() - cursor);
      entries = ring.after(cursor, MOST_AT_ONCE);
    }
    for (var entry : entries) {
      if (frame.isFull()) return false;
      frame.value(entry, false, lost);
      lost = 0;
      cursor = entry.seq();
    }
    return true;
  }
}
