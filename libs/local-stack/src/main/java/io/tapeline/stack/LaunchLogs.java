package io.tapeline.stack;

import java.util.logging.LogManager;

/**
 * The JDK closes all logs as the first thing when a process ends; ours stay open until everything
 * is stopped. Public because the JDK makes it.
 */
public final class LaunchLogs extends LogManager {
  private static volatile boolean open;

  static void keepOpen() {
    open = true;
  }

  static void close() {
    open = false;
    LogManager.getLogManager().reset();
  }

  @Override
  public void reset() {
    if (!open) {
      super.reset();
    }
  }
}
