package io.tapeline.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapeline.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What benches came to, for people and for programs. */
record BenchReport(Machine machine, boolean quick, List<Run> runs) {
  /**
   * One bench.
   *
   * @param ended whether it came to its end, and nothing was refused
   * @param leftBehind processes that it should have ended
   */
  record Run(
      String part,
      boolean ended,
      Duration took,
      String output,
      List<Family.Member> processes,
      int leftBehind) {
    String said() {
      return "  %s after %d s%s"
          .formatted(
              ended ? "done" : "FAILED",
              took.toSeconds(),
              leftBehind == 0 ? "" : "; left %d processes behind".formatted(leftBehind));
    }
  }

  /** Of the parts that ran, in the order of the aims. */
  List<Aim.Outcome> outcomes() {
    return Aim.ALL.stream()
        .flatMap(
            aim ->
                runs.stream()
                    .filter(run -> run.part().equals(aim.part()))
                    .map(run -> aim.in(run.output())))
        .toList();
  }

  void writeTo(Path directory) throws IOException {
    Files.writeString(directory.resolve("report.md"), markdown());
    Files.writeString(directory.resolve("report.svg"), new BenchPlot(outcomes()).svg());
    Files.write(
        directory.resolve("report.json"),
        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json()));
  }

  static String line(Aim.Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%-10s %-38s %14s  %-22s %s",
        outcome.aim().part(),
        outcome.aim().what(),
        seen(outcome),
        outcome.aim().wanted(),
        verdict(outcome));
  }

  private static String seen(Aim.Outcome outcome) {
    return outcome.value().map(Aim::number).orElse("");
  }

  private static String verdict(Aim.Outcome outcome) {
    if (outcome.value().isEmpty()) return "not measured";
    return outcome.isMet() ? "met" : "NOT MET";
  }

  String markdown() {
    var page = new StringBuilder();
    page.append("# Bench\n\n").append(machine).append(".\n");
    if (quick)
      page.append("\nShort runs, made to see that everything works: the figures prove nothing.\n");
    page.append("\n| part | | seen | aim | |\n|---|---|---|---|---|\n");
    for (var outcome : outcomes())
      page.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  outcome.aim().part(),
                  outcome.aim().what(),
                  seen(outcome),
                  outcome.aim().wanted(),
                  verdict(outcome)));
    page.append("\n![Each figure as a share of its aim](report.svg)\n");
    page.append("\n| part | took | process | CPU s | most memory, MB |\n|---|---|---|---|---|\n");
    for (var run : runs)
      for (var process : run.processes())
        page.append(
            String.format(
                Locale.ROOT,
                "| %s | %d s%s | %s | %.1f | %.0f |\n",
                run.part(),
                run.took().toSeconds(),
                run.ended() ? "" : ", FAILED",
                process.name(),
                process.processors().toMillis() / 1e3,
                Memory.megabytes(process.peak())));
    return page.toString();
  }

  private ObjectNode json() {
    var report = Json.MAPPER.createObjectNode();
    report.set("machine", Json.MAPPER.valueToTree(machine));
    report.put("quick", quick);
    var figures = report.putArray("figures");
    for (var outcome : outcomes()) {
      var figure = figures.addObject();
      figure.put("part", outcome.aim().part()).put("what", outcome.aim().what());
      figure.put("aim", outcome.aim().wanted()).put("met", outcome.isMet());
      outcome.value().ifPresent(value -> figure.put("value", value));
      figure.put("unit", outcome.aim().unit());
    }
    var parts = report.putArray("parts");
    for (var run : runs) {
      var part = parts.addObject();
      part.put("part", run.part()).put("ended", run.ended());
      part.put("seconds", run.took().toSeconds()).put("leftBehind", run.leftBehind());
      var processes = part.putArray("processes");
      for (var process : run.processes())
        processes
            .addObject()
            .put("name", process.name())
            .put("cpuSeconds", process.processors().toMillis() / 1e3)
            .put("peakMegabytes", Math.round(Memory.megabytes(process.peak())));
    }
    return report;
  }
}
