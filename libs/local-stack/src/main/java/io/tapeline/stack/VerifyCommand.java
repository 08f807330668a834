package io.tapeline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Folds every account again from the tape, while the desk runs, and compares with what is kept. */
@Command(
    name = "verify",
    sortOptions = false,
    description = "Compare every account with the tape (the desk must be running).")
final class VerifyCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int DIFFERENT = 3;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data directory of the running desk (default: $$TAPELINE_DATA or ~/.tapeline).")
  private @Nullable Path data;

  @Override
  public Integer call() {
    var bridge = RunningDesk.bridge(data, LIMIT);
    var begun = bridge.post("/api/verify", Map.of());
    if (!begun.isSuccess())
      throw new StackException("Nothing can be verified: " + begun.complaint() + ".");
    var run = done(bridge, begun.body().path("id").asLong());
    var differing = new ArrayList<String>();
    for (var item : run.path("items")) {
      tell(item);
      if (!item.path("ok").asBoolean()) differing.add(item.path("accountId").asText());
    }
    if (differing.isEmpty() && run.path("ok").asBoolean()) {
      System.out.println("Everything that is kept is what the tape says.");
      return 0;
    }
    System.out.println("NOT what the tape says: " + String.join(", ", differing) + ".");
    return DIFFERENT;
  }

  private static JsonNode done(BridgeClient bridge, long id) {
    var end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      var run = bridge.get("/api/verify");
      if (!run.isSuccess())
        throw new StackException("The run cannot be followed: " + run.complaint() + ".");
      if (run.body().path("id").asLong() != id)
        throw new StackException("The service that verified was started again.");
      if (run.body().path("state").asText().equals("DONE")) return run.body();
      pause();
    }
    throw new StackException("Not done within " + LIMIT.toMinutes() + " minutes.");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted.", e);
    }
  }

  private static void tell(JsonNode item) {
    var tables = item.path("tables");
    System.out.printf(
        "%s: %s, line %s, offsets %s to %s of partition %s, %s orders%n",
        item.path("accountId").asText(),
        item.path("ok").asBoolean() ? "ok" : "NOT OK",
        tables.path("cutSeq").asText(),
        tables.path("fromOffset").asText(),
        tables.path("toOffset").asText(),
        tables.path("partition").asText(),
        item.path("orders").path("orders").asText("no"));
    for (var rows : tables.path("rows"))
      System.out.printf(
          "  %s: %s on tape, %s in table, hash %s%n",
          rows.path("rows").asText(),
          rows.path("onTape").asText(),
          rows.path("inTable").asText(),
          rows.path("tapeHash").asText().equals(rows.path("tableHash").asText())
              ? rows.path("tapeHash").asText()
              : rows.path("tapeHash").asText() + " and " + rows.path("tableHash").asText());
    for (var difference : item.path("differences"))
      System.out.println("  DIFFERENT: " + difference.asText());
  }
}
