package io.tapeline.stack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the user sees in the terminal; also kept in the launcher's log. */
final class Progress {
  private static final Logger LOG = Logger.getLogger("io.tapeline.launcher");
  private final PrintStream out;
  private final long startedAt = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  synchronized void say(String sentence) {
    out.println(sentence);
    out.flush();
    LOG.info(sentence);
  }

  /** For what only the user may see, such as a sign-in link. */
  synchronized void sayPrivately(String sentence) {
    out.println(sentence);
    out.flush();
  }

  /** One line per part, when it is there. */
  void ready(String part, Duration took) {
    say(String.format(Locale.ROOT, "  %-18s ready    %5.1f s", part, took.toMillis() / 1000.0));
  }

  void log(String what, Throwable failure) {
    LOG.log(Level.WARNING, what, failure);
  }

  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }
}
