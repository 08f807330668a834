package io.tapeline.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Benches one after the other, what they say, and what their processes took. */
final class AllBenches {
  /** Every part, and how it is told to be short. */
  private static final Map<String, List<String>> PARTS = parts();

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Path root = RunCommand.projectRoot();
  private final Path into = root.resolve("target/bench");
  private final List<String> parts;
  private final boolean quick;
  private final AtomicReference<Optional<Process>> running =
      new AtomicReference<>(Optional.empty());
  private volatile boolean stopped;

  AllBenches(List<String> parts, boolean quick) {
    for (var part : parts)
      if (!PARTS.containsKey(part))
        throw new StackException(
            "bench all knows %s; not %s.".formatted(String.join(", ", PARTS.keySet()), part));
    this.parts = parts.isEmpty() ? List.copyOf(PARTS.keySet()) : parts;
    this.quick = quick;
  }

  private static Map<String, List<String>> parts() {
    var jmh = List.of("-wi", "1", "-w", "1", "-i", "1", "-r", "1");
    var parts = new LinkedHashMap<String, List<String>>();
    parts.put("timing", jmh);
    parts.put("matching", jmh);
    parts.put("replay", List.of("--records", "500000"));
    parts.put("positions", List.of("--events", "30000"));
    parts.put("fan-out", List.of("--seconds", "2"));
    parts.put(
        "orders",
        List.of(
            "--warm-up",
            "10",
            "--runs",
            "1",
            "--seconds",
            "5",
            "--sustained",
            "200",
            "--saturation",
            "2"));
    parts.put("paint", List.of("--seconds", "10"));
    parts.put("startup", List.of("--runs", "1", "--seconds", "10"));
    return parts;
  }

  /** Whether all of them came to their end. */
  boolean run() throws IOException {
    Files.createDirectories(into);
    var machine = Machine.now();
    var runs = new ArrayList<BenchReport.Run>();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    for (var part : parts) {
      System.out.println("bench " + part + " …");
      var run = run(part);
      if (stopped) throw new StackException("The bench was stopped within " + part + ".");
      System.out.println(run.said());
      runs.add(run);
    }
    var report = new BenchReport(machine, quick, runs);
    report.writeTo(into);
    System.out.println();
    report.outcomes().forEach(outcome -> System.out.println(BenchReport.line(outcome)));
    System.out.println("Report: " + into.resolve("report.md"));
    return runs.stream().allMatch(BenchReport.Run::ended);
  }

  private BenchReport.Run run(String part) throws IOException {
    var log = into.resolve(part + ".log");
    var command = new ArrayList<>(List.of(root.resolve("tapeline").toString(), "bench", part));
    if (quick) command.addAll(PARTS.getOrDefault(part, List.of()));
    var begin = System.nanoTime();
    var process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    running.set(Optional.of(process));
    var family = new Family(process.toHandle());
    try {
      while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) family.look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    } finally {
      process.destroy();
      running.set(Optional.empty());
    }
    return new BenchReport.Run(
        part,
        process.exitValue() == 0,
        Duration.ofNanos(System.nanoTime() - begin),
        Files.readString(log),
        family.members(),
        family.leftBehind());
  }

  /** A part has a desk of its own to stop, which takes it a moment. */
  private void stop() {
    stopped = true;
    running
        .get()
        .ifPresent(
            process -> {
              process.destroy();
              process.onExit().join();
            });
  }
}
