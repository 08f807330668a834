package io.tapeline.orders.kafka;

import io.tapeline.model.AccountId;
import io.tapeline.orders.app.Tape.Line;
import io.tapeline.orders.app.Tape.Mark;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One account's way to the tape; confined to the relay's thread but for what is volatile. */
final class Lane {
  static final int MOST_WAITING = 500;

  final AccountId account;
  final int partition;
  final ArrayDeque<Line> waiting = new ArrayDeque<>();
  long committed;
  long published;
  boolean busy;
  int unacknowledged;
  boolean failed;
  volatile Mark mark;

  /** When the oldest line that is not on the tape was committed; 0: nothing waits. */
  private volatile long waitingSince;

  Lane(AccountId account, int partition, long published, long nextOffset) {
    this.account = account;
    this.partition = partition;
    this.published = published;
    mark = new Mark(account, published, partition, nextOffset);
  }

  /** Takes the next line, when it fits; otherwise it is read from the journal later. */
  void offer(Line line, long nanos) {
    if (line.seq() <= committed) return;
    if (line.seq() <= published) {
      // read from the journal and published before it was told here
      committed = line.seq();
      return;
    }
    var next = waiting.isEmpty() ? nextUnsent() : waiting.getLast().seq() + 1;
    if (waitingSince == 0) waitingSince = nanos;
    committed = line.seq();
    if (line.seq() == next && waiting.size() < MOST_WAITING) waiting.add(line);
  }

  /** While a window is out, what follows it. */
  private long nextUnsent() {
    return published + unacknowledged + 1;
  }

  void refill(List<Line> lines) {
    waiting.clear();
    waiting.addAll(lines);
    if (waitingSince == 0 && !lines.isEmpty()) waitingSince = System.nanoTime();
  }

  void published(long seq, long nextOffset) {
    published = seq;
    mark = new Mark(account, seq, partition, nextOffset);
    if (seq >= committed) waitingSince = 0;
    else if (unacknowledged == 0) waitingSince = System.nanoTime();
  }

  long waitedNanos() {
    var since = waitingSince;
    return since == 0 ? 0 : System.nanoTime() - since;
  }

  long lagMillis() {
    return TimeUnit.NANOSECONDS.toMillis(waitedNanos());
  }
}
