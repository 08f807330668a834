package io.tapeline.orders.kafka;

import io.tapeline.model.AccountId;
import io.tapeline.orders.app.Tape.Line;
import io.tapeline.orders.app.Tape.Mark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

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

  /** Where to go back to before anything else is sent; 0: nowhere. */
  private long goBackTo;

  /** Who waits until everything up to a line is told again. */
  private final List<ToldAgain> toldAgain = new ArrayList<>();

  private record ToldAgain(long upTo, LongConsumer done) {}

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

  /** Once the window that is out has come back, goes on from an earlier line. */
  void tellAgain(long from, LongConsumer done) {
    goBackTo = goBackTo == 0 ? Math.max(1, from) : Math.clamp(from, 1, goBackTo);
    toldAgain.add(new ToldAgain(committed, done));
  }

  void goBack() {
    if (goBackTo == 0) return;
    if (goBackTo <= published) {
      published = goBackTo - 1;
      waiting.clear();
    }
    goBackTo = 0;
    answerWhoWaits();
  }

  private void answerWhoWaits() {
    toldAgain.removeIf(
        asked -> {
          if (published < asked.upTo()) return false;
          asked.done().accept(published);
          return true;
        });
  }

  void published(long seq, long nextOffset) {
    published = seq;
    mark = new Mark(account, seq, partition, nextOffset);
    if (seq >= committed) waitingSince = 0;
    else if (unacknowledged == 0) waitingSince = System.nanoTime();
    if (goBackTo == 0) answerWhoWaits();
  }

  long waitedNanos() {
    var since = waitingSince;
    return since == 0 ? 0 : System.nanoTime() - since;
  }

  long lagMillis() {
    return TimeUnit.NANOSECONDS.toMillis(waitedNanos());
  }
}
