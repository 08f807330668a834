package io.tapeline.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processes of a desk, by what they are part of. */
record DeskProcesses(ProcessHandle launcher, long postmaster) {
  private static final String POSTGRES = "PostgreSQL";

  Map<String, List<ProcessHandle>> byPart() {
    var parts = new LinkedHashMap<String, List<ProcessHandle>>();
    parts.put("Kafka and launcher", List.of(launcher));
    launcher
        .children()
        .forEach(
            child -> {
              var command = child.info().commandLine().orElse("");
              for (var name : Suite.SERVICES)
                if (command.contains("/" + name + "/target/")) parts.put(name, List.of(child));
            });
    ProcessHandle.of(postmaster)
        .ifPresent(
            parent -> {
              var all = new ArrayList<>(List.of(parent));
              parent.children().forEach(all::add);
              parts.put(POSTGRES, all);
            });
    return parts;
  }

  /** PostgreSQL apart: its processes share what they hold. */
  Map<String, Memory> memory() {
    var memory = new LinkedHashMap<String, Memory>();
    byPart()
        .forEach(
            (part, all) -> {
              if (!part.equals(POSTGRES))
                Memory.of(all.getFirst().pid()).ifPresent(held -> memory.put(part, held));
            });
    return memory;
  }
}
