package io.tapeline.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has an account that stands still folded again from the beginning of its journal. */
@Command(
    name = "repair",
    sortOptions = false,
    description =
        "Fold an account again from its journal and let it trade (the desk must be running).")
final class RepairCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int STILL = 3;

  @Parameters(paramLabel = "ACCOUNT", description = "Whose.")
  private String account = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data directory of the running desk (default: $$TAPELINE_DATA or ~/.tapeline).")
  private @Nullable Path data;

  @Override
  public Integer call() {
    var bridge = RunningDesk.bridge(data, LIMIT);
    var asked = bridge.post("/api/accounts/" + account + "/repair", Map.of());
    if (!asked.isSuccess())
      throw new StackException(account + " cannot be repaired: " + asked.complaint() + ".");
    var end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      pause();
      var check = bridge.get("/api/accounts/" + account + "/verify-fold");
      var row = bridge.get("/api/accounts/" + account);
      boolean quarantined = row.body().path("quarantined").asBoolean(false);
      if (check.body().path("equal").asBoolean() && !quarantined) {
        letItTrade(bridge, row.body().path("venue").asText());
        System.out.println(
            account
                + " is folded up to line "
                + check.body().path("cutSeq").asText()
                + " and may trade again.");
        return 0;
      }
      if (quarantined) {
        System.out.println(
            account
                + " stands still again: "
                + String.join(
                    "; ",
                    check
                        .body()
                        .path("differences")
                        .valueStream()
                        .map(node -> node.asText())
                        .toList()));
        return STILL;
      }
    }
    throw new StackException(account + " was not folded within " + LIMIT.toSeconds() + " s.");
  }

  /** Whoever followed the same journal and stopped follows it again. */
  private void letItTrade(BridgeClient bridge, String venue) {
    var released = bridge.post("/api/accounts/" + account + "/release", Map.of());
    if (!released.isSuccess())
      throw new StackException(
          account + " is folded, but stays locked: " + released.complaint() + ".");
    var quarantines = "/api/venues/" + venue + "/quarantines";
    for (var one : bridge.get(quarantines).body().path("items")) {
      if (!one.path("accountId").asText().equals(account)) continue;
      var followed = bridge.delete(quarantines + "/" + account, UUID.randomUUID().toString());
      if (!followed.isSuccess())
        throw new StackException(
            account
                + " is folded, but its venue does not follow it: "
                + followed.complaint()
                + ".");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted.", e);
    }
  }
}
