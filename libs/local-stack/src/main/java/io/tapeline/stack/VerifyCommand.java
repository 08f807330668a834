package io.tapeline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final int DIFFERENT = 3;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data directory of the running desk (default: $$TAPELINE_DATA or ~/.tapeline).")
  private @Nullable Path data;

  /** What is asked of each account, and which part of the answer says that all is well. */
  private record Check(String path, String ok, List<String> numbers) {}

  private static final List<Check> CHECKS =
      List.of(
          new Check("verify", "ok", List.of("seq", "events")),
          new Check(
              "verify-fold",
              "equal",
              List.of("cutSeq", "tapeEnd", "tapeFills", "tableFills", "repeats")),
          new Check("no-lost-fill", "complete", List.of("reported", "journaled", "booked")));

  @Override
  public Integer call() {
    var bridge = RunningDesk.bridge(data, LIMIT);
    var differing = new ArrayList<String>();
    var accounts = bridge.get("/api/accounts?limit=500");
    if (!accounts.isSuccess())
      throw new StackException("The accounts cannot be listed: " + accounts.complaint() + ".");
    for (var account : accounts.body().path("items")) {
      var id = account.path("accountId").asText();
      for (var check : CHECKS)
        if (!passes(bridge, id, check)) differing.add(id + " " + check.path());
    }
    if (differing.isEmpty()) {
      System.out.println("Everything that is kept is what the tape says.");
      return 0;
    }
    System.out.println("NOT what the tape says: " + String.join(", ", differing) + ".");
    return DIFFERENT;
  }

  private static boolean passes(BridgeClient bridge, String account, Check check) {
    var answer = bridge.get("/api/accounts/" + account + "/" + check.path());
    boolean ok = answer.isSuccess() && answer.body().path(check.ok()).asBoolean();
    var line = new StringBuilder(account + " " + check.path() + ": " + (ok ? "ok" : "NOT OK"));
    if (!answer.isSuccess()) line.append(", ").append(answer.complaint());
    for (var number : check.numbers())
      if (answer.body().has(number))
        line.append(", ").append(number).append(' ').append(answer.body().get(number).asText());
    System.out.println(line);
    if (!ok) tellDifferences(answer.body());
    return ok;
  }

  private static void tellDifferences(JsonNode report) {
    for (var field : report.properties())
      if (field.getValue().isArray())
        for (var one : field.getValue())
          System.out.println("  " + field.getKey() + ": " + one.asText());
  }
}
