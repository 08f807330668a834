package io.tapeline.bridge.fanout.domain;

import java.util.ArrayList;
import java.util.List;

/** A client's feeds of one pace, and when they may be heard again. */
final class Lane {
  private final Pace pace;
  private final List<Feed> feeds = new ArrayList<>();
  private long dueMicros = Long.MIN_VALUE;
  private int start;

  Lane(Pace pace) {
    this.pace = pace;
  }

  Pace pace() {
    return pace;
  }

  List<Feed> feeds() {
    return feeds;
  }

  /** Whether there is anything to send, due or not. */
  boolean hasNews() {
    // asked of every client whenever a record comes: no iterator for it
    for (int i = 0; i < feeds.size(); i++) if (feeds.get(i).hasNews()) return true;
    return false;
  }

  boolean isDue(long nowMicros) {
    return dueMicros <= nowMicros;
  }

  /** When to look again; {@code Long.MAX_VALUE}: the next change will say. */
  long nextDue(long nowMicros) {
    return isDue(nowMicros) || feeds.isEmpty() ? Long.MAX_VALUE : dueMicros;
  }

  void dueNow() {
    dueMicros = Long.MIN_VALUE;
  }

  /** Adds all that is new, and is quiet for the window after it; false when the frame is full. */
  boolean write(Frame frame, long nowMicros, long windowMicros) {
    int before = frame.items();
    for (int i = 0; i < feeds.size(); i++) {
      int index = (start + i) % feeds.size();
      if (!feeds.get(index).write(frame)) {
        start = index; // whoever was cut off is first in line next time
        return false;
      }
    }
    if (frame.items() > before) dueMicros = nowMicros + windowMicros;
    return true;
  }
}
