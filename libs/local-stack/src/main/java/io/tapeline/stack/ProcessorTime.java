package io.tapeline.stack;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much of the processors each part of the desk used since this was made. */
final class ProcessorTime {
  private final ProcessHandle launcher;
  private final long postmaster;
  private final Map<String, Duration> before;
  private final long begin = System.nanoTime();

  ProcessorTime(ProcessHandle launcher, long postmaster) {
    this.launcher = launcher;
    this.postmaster = postmaster;
    before = now();
  }

  private Map<String, Duration> now() {
    var used = new LinkedHashMap<String, Duration>();
    add(used, "Kafka and launcher", launcher);
    launcher
        .children()
        .forEach(
            child -> {
              var command = child.info().commandLine().orElse("");
              for (var name : Suite.SERVICES)
                if (command.contains("/" + name + "/target/")) add(used, name, child);
            });
    ProcessHandle.of(postmaster)
        .ifPresent(
            parent -> {
              add(used, "PostgreSQL", parent);
              parent.children().forEach(backend -> add(used, "PostgreSQL", backend));
            });
    add(used, "the load itself", ProcessHandle.current());
    return used;
  }

  private static void add(Map<String, Duration> used, String name, ProcessHandle process) {
    process.info().totalCpuDuration().ifPresent(cpu -> used.merge(name, cpu, Duration::plus));
  }

  /** In per cent of one processor. */
  @Override
  public String toString() {
    var took = System.nanoTime() - begin;
    var parts = new StringBuilder();
    now()
        .forEach(
            (name, cpu) -> {
              var used = cpu.minus(before.getOrDefault(name, Duration.ZERO));
              if (!parts.isEmpty()) parts.append(", ");
              parts.append("%s %d %%".formatted(name, Math.round(100.0 * used.toNanos() / took)));
            });
    return parts.toString();
  }
}
