package io.tapeline.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lets a process that runs already stand back for others. */
final class Niceness {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Niceness() {}

  /**
   * Gives it to every thread of a process: Linux keeps a niceness for each, and a thread that is
   * made later takes that of the one that made it.
   */
  static void give(int niceness, long pid) {
    if (niceness == 0) return;
    var given = new TreeSet<String>();
    // another time, for a thread may have been made meanwhile by one that was not nice yet
    for (var round = 0; round < 3; round++) {
      var more = threads(pid);
      more.removeAll(given);
      if (more.isEmpty()) return;
      renice(niceness, more);
      given.addAll(more);
    }
  }

  private static void renice(int niceness, Set<String> threads) {
    var command = new ArrayList<>(List.of("renice", "-n", "" + niceness, "-p"));
    command.addAll(threads);
    var _ = Commands.run(command, LIMIT);
  }

  /** Where the system shows no threads, the process stands for all of them. */
  private static Set<String> threads(long pid) {
    var threads = new TreeSet<String>();
    try (var entries = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (var entry : entries) threads.add(entry.getFileName().toString());
    } catch (IOException e) {
      threads.add("" + pid);
    }
    return threads;
  }
}
