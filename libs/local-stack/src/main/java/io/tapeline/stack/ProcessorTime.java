package io.tapeline.stack;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

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
    for (var name : Suite.SERVICES)
      service(launcher, name).forEach(process -> add(used, name, process));
    ProcessHandle.of(postmaster)
        .ifPresent(
            parent -> {
              add(used, "PostgreSQL", parent);
              parent.children().forEach(backend -> add(used, "PostgreSQL", backend));
            });
    add(used, "the load itself", ProcessHandle.current());
    return used;
  }

  /** The processes of a service; what the launcher started tells by its jar what it is. */
  static Stream<ProcessHandle> service(ProcessHandle launcher, String name) {
    return launcher
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("/" + name + "/target/"));
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
