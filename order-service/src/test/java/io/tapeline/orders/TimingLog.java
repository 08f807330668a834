package io.tapeline.orders;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What timing says in the service's log, from now on until it is closed. */
final class TimingLog extends Handler implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("io.tapeline.timing");

  private final List<String> lines = new CopyOnWriteArrayList<>();

  private TimingLog() {}

  static TimingLog opened() {
    var log = new TimingLog();
    LOG.addHandler(log);
    return log;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  String await(Duration limit, Predicate<String> matches) throws InterruptedException {
    var end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      var found = lines.stream().filter(matches).findFirst();
      if (found.isPresent()) return found.get();
      Thread.sleep(20);
    }
    throw new AssertionError("not in the log within " + limit + ": only " + lines);
  }

  @Override
  public void publish(LogRecord said) {
    var parts = said.getParameters();
    lines.add(
        parts == null ? said.getMessage() : String.format(Locale.ROOT, said.getMessage(), parts));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOG.removeHandler(this);
  }
}
