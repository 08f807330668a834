package io.tapeline.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the log of timing was told. */
final class Heard extends Handler {
  private final List<String> lines = new ArrayList<>();

  static List<String> during(Runnable what) {
    var heard = new Heard();
    var log = Logger.getLogger("io.tapeline.timing");
    log.addHandler(heard);
    try {
      what.run();
    } finally {
      log.removeHandler(heard);
    }
    return heard.lines;
  }

  @Override
  public synchronized void publish(LogRecord line) {
    lines.add(line.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
