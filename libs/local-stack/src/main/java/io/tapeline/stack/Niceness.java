package io.tapeline.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lets a service, or what compiles in it, stand back for others while it runs. */
final class Niceness {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** As Linux shows the name of the threads that optimise what runs already. */
  private static final String OPTIMISER = "C2 CompilerThre";

  private static final int OPTIMISER_STANDS_BACK = 5;

  private Niceness() {}

  /**
   * Gives it to every thread of a process: Linux keeps a niceness for each, and a thread that is
   * made later takes that of the one that made it. The optimiser stands further back.
   */
  static void give(int niceness, long pid) {
    if (niceness == 0) return;
    var given = new TreeSet<String>();
    // another time, for a thread may have been made meanwhile by one that was not nice yet
    for (var round = 0; round < 3; round++) {
      var more = threads(pid);
      more.removeAll(given);
      if (more.isEmpty()) return;
      var optimisers = optimisers(pid);
      given.addAll(more);
      more.removeAll(optimisers);
      renice(niceness, more);
      renice(niceness + OPTIMISER_STANDS_BACK, optimisers);
    }
  }

  /**
   * What is compiled a second time runs already: a start, and an order that comes soon after it, go
   * before. Waits a moment for a process that was only just made.
   */
  static void letOptimiserStandBack(long pid) {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline && ProcessHandle.of(pid).isPresent()) {
      var optimisers = optimisers(pid);
      if (!optimisers.isEmpty()) {
        renice(OPTIMISER_STANDS_BACK, optimisers);
        return;
      }
      Waiting.pause(Duration.ofMillis(50));
    }
  }

  private static void renice(int niceness, Set<String> threads) {
    if (threads.isEmpty()) return;
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

  private static Set<String> optimisers(long pid) {
    var found = new TreeSet<String>();
    for (var thread : threads(pid)) {
      try {
        var name = Files.readString(Path.of("/proc/" + pid + "/task/" + thread + "/comm"));
        if (name.startsWith(OPTIMISER)) found.add(thread);
      } catch (IOException e) {
        // it ended meanwhile, or this system shows no threads
      }
    }
    return found;
  }
}
