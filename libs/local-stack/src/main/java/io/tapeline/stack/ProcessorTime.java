package io.tapeline.stack;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much of the processors each part of the desk used since this was made. */
final class ProcessorTime {
  private final DeskProcesses processes;
  private final Map<String, Duration> before;
  private final long begin = System.nanoTime();

  ProcessorTime(DeskProcesses processes) {
    this.processes = processes;
    before = now();
  }

  private Map<String, Duration> now() {
    var used = new LinkedHashMap<String, Duration>();
    processes.byPart().forEach((part, all) -> all.forEach(one -> add(used, part, one)));
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
