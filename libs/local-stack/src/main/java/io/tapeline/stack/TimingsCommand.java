package io.tapeline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the running desk takes how long for. */
@Command(
    name = "timings",
    sortOptions = false,
    description = "Show how long what takes, in milliseconds (the desk must be running).")
final class TimingsCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int INCOMPLETE = 3;
  private static final List<String> HEAD =
      List.of(
          "service", "name", "count", "min", "median", "mean", "p95", "p99", "max", "budget",
          "slow", "errors");
  private static final List<String> NUMBERS = List.of("min", "median", "mean", "p95", "p99", "max");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data directory of the running desk (default: $$TAPELINE_DATA or ~/.tapeline).")
  private @Nullable Path data;

  @Option(names = "--window", description = "Of the last minute, and not since the start.")
  private boolean window;

  @Option(names = "--reset", description = "Forget what was recorded so far.")
  private boolean reset;

  @Override
  public Integer call() {
    var bridge = RunningDesk.bridge(data, LIMIT);
    var answer = reset ? bridge.delete("/api/timings", "reset") : bridge.get("/api/timings");
    if (!answer.isSuccess())
      throw new StackException("The timings cannot be had: " + answer.complaint() + ".");
    if (reset) System.out.println("Forgotten; counting anew.");
    else for (var line : table(answer.body().path("items"), window)) System.out.println(line);
    var missing = answer.body().path("missing");
    for (var service : missing)
      System.out.println("NO ANSWER from " + service.asText() + " in time.");
    return missing.isEmpty() ? 0 : INCOMPLETE;
  }

  /** The lines of the table: services in order, and of each what there was a call of. */
  static List<String> table(JsonNode items, boolean window) {
    var rows =
        StreamSupport.stream(items.spliterator(), false)
            .sorted(
                Comparator.comparing((JsonNode item) -> item.path("service").asText())
                    .thenComparing(item -> item.path("name").asText()))
            .map(item -> cells(item, window))
            .filter(cells -> !(cells.get(2).equals("0") && cells.getLast().equals("0")))
            .toList();
    var widths = HEAD.stream().map(String::length).toArray(Integer[]::new);
    for (var row : rows)
      for (int i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], row.get(i).length());
    var lines = new ArrayList<String>();
    lines.add(line(HEAD, widths));
    for (var row : rows) lines.add(line(row, widths));
    return lines;
  }

  private static List<String> cells(JsonNode item, boolean window) {
    var figures = window ? item.path("window") : item;
    var cells = new ArrayList<String>();
    cells.add(item.path("service").asText());
    cells.add(item.path("name").asText());
    cells.add(figures.path("count").asText());
    for (var number : NUMBERS) cells.add(millis(figures.path(number).asDouble()));
    cells.add(millis(item.path("budget").asDouble()));
    cells.add(item.path("slow").asText());
    cells.add(item.path("errors").path("count").asText());
    return cells;
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }

  /** Names stand to the left, numbers to the right. */
  private static String line(List<String> cells, Integer[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      var space = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i < 2 ? cells.get(i) + space : space + cells.get(i));
      if (i < widths.length - 1) line.append("  ");
    }
    return line.toString().stripTrailing();
  }
}
