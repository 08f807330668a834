package io.tapeline.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How soon the four services are ready, and what they have in memory after a while of orders. */
final class StartBench {
  private static final int ACCOUNTS = 4;
  private static final int CONNECTIONS = 4;
  private static final String NO_CACHE = "-XX:AOTMode=off";

  /** As the launcher says it of a service: how long after all four were started it was ready. */
  private static final Pattern READY = Pattern.compile("\\s*(\\S+)\\s+ready\\s+([0-9.]+) s");

  /** What {@code ./tapeline bench startup} can be told. */
  static final class Options {
    @Option(
        names = "--runs",
        paramLabel = "N",
        description = "Starts with the caches, and as many without; 0: none (default: 3).")
    int runs = 3;

    @Option(
        names = "--rate",
        paramLabel = "N",
        description = "Orders a second after the last start (default: 20).")
    int rate = 20;

    @Option(
        names = "--seconds",
        paramLabel = "N",
        description = "For so long; then memory is looked at (default: 60).")
    int seconds = 60;

    @Option(
        names = "--java",
        paramLabel = "OPTIONS",
        description = "Java options for the services, beside theirs: to compare.")
    @Nullable String java;

    void check() {
      if (runs < 0 || rate < 1 || seconds < 1)
        throw new StackException("The numbers of a bench are positive.");
    }
  }

  private final Options options;
  private final Path directory;

  StartBench(Options options) throws IOException {
    this.options = options;
    directory = Files.createTempDirectory("tapeline-bench-");
  }

  /** Whether every order was taken. */
  boolean run() throws IOException {
    try {
      if (options.runs > 0) {
        say("A first start makes database and topics, and is not counted …");
        start().close();
      }
      var cached = new ArrayList<Double>();
      var plain = new ArrayList<Double>();
      for (var run = 1; run <= options.runs; run++) {
        cached.add(timed("with caches"));
        plain.add(timed("without", NO_CACHE));
      }
      if (options.runs > 0) {
        say(
            "all four ready, with caches: best %.1f s, median %.1f s"
                .formatted(best(cached), median(cached)));
        say(
            "all four ready, without: best %.1f s, median %.1f s"
                .formatted(best(plain), median(plain)));
      }
      return afterAWhile();
    } finally {
      Directories.deleteRecursively(directory);
    }
  }

  private BenchedDesk start(String... java) {
    var all = new ArrayList<String>();
    if (options.java != null) all.add(options.java);
    all.addAll(List.of(java));
    return BenchedDesk.start(
            directory.resolve("desk"),
            ACCOUNTS,
            List.of("-D" + ServiceSpec.MORE + "=" + String.join(" ", all)))
        .kept();
  }

  private double timed(String how, String... java) {
    var begin = System.nanoTime();
    try (var desk = start(java)) {
      var whole = (System.nanoTime() - begin) / 1e9;
      var last = 0.0;
      var parts = new StringBuilder();
      for (var line : desk.said()) {
        var ready = READY.matcher(line);
        if (!ready.matches() || !Suite.SERVICES.contains(ready.group(1))) continue;
        last = Math.max(last, Double.parseDouble(ready.group(2)));
        parts.append(", ").append(ready.group(1)).append(' ').append(ready.group(2));
      }
      say(
          "  %s: %.1f s%s; they took %.1f s of processors; a quote %.1f s after the command"
              .formatted(how, last, parts, processorSeconds(desk), whole));
      return last;
    }
  }

  /** Of the services until now: it tells more than the clock where a machine has other work. */
  private static double processorSeconds(BenchedDesk desk) {
    return desk.processes().byPart().entrySet().stream()
        .filter(part -> Suite.SERVICES.contains(part.getKey()))
        .flatMap(part -> part.getValue().stream())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToDouble(used -> used.toMillis() / 1e3)
        .sum();
  }

  private boolean afterAWhile() {
    try (var desk = start()) {
      var load =
          new OrderLoad(
              desk.port(), desk.token(), desk.accounts(), Bench.frontContract(desk.bridge()));
      for (var account : desk.accounts()) Bench.awaitTakesOrders(load, account);
      var processors = desk.processorTime();
      var watch = Thread.ofVirtual().start(() -> watchMemory(desk));
      var outcome = load.atRate(options.rate, Duration.ofSeconds(options.seconds), CONNECTIONS);
      watch.interrupt();
      say("%d orders/s for %d s: %s".formatted(options.rate, options.seconds, outcome.latencies()));
      say("  CPU: %s".formatted(processors));
      desk.processes()
          .memory()
          .forEach((part, memory) -> say("  memory of %s: %s".formatted(part, memory)));
      if (!outcome.isClean()) say("  REFUSED, by status: %s".formatted(outcome.refused()));
      return outcome.isClean();
    }
  }

  /** Ten times on the way: whether it still grows tells more than where it ended. */
  private void watchMemory(BenchedDesk desk) {
    var begin = System.nanoTime();
    var every = Duration.ofSeconds(options.seconds).dividedBy(10);
    try {
      while (true) {
        Thread.sleep(every);
        var now =
            desk.processes().memory().entrySet().stream()
                .filter(part -> Suite.SERVICES.contains(part.getKey()))
                .map(
                    part ->
                        "%s %.0f (%.0f its own)"
                            .formatted(
                                part.getKey(),
                                Memory.megabytes(part.getValue().resident()),
                                Memory.megabytes(part.getValue().own())))
                .collect(Collectors.joining(", "));
        say("  after %d s, MB: %s".formatted((System.nanoTime() - begin) / 1_000_000_000, now));
      }
    } catch (InterruptedException _) {
      // the orders are through
    }
  }

  private static double best(List<Double> seconds) {
    return seconds.stream().min(Double::compare).orElseThrow();
  }

  private static double median(List<Double> seconds) {
    return seconds.stream().sorted().toList().get(seconds.size() / 2);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
