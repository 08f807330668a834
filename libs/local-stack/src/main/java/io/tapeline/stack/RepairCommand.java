package io.tapeline.stack;

import com.fasterxml.jackson.databind.JsonNode;
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
  private static final int NO_ANSWER_YET = 504;

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
    // what is folded anew agrees with the tape at every line on the way: here it is to arrive
    var journaled = bridge.get("/api/accounts/" + account + "/verify").body().path("seq").asLong(0);
    var asked = bridge.post("/api/accounts/" + account + "/repair", Map.of());
    // a long journal takes longer to be told again than the bridge waits
    boolean begun = asked.isSuccess();
    if (!begun && asked.status() != NO_ANSWER_YET)
      throw new StackException(account + " cannot be repaired: " + asked.complaint() + ".");
    var end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      pause();
      var check = bridge.get("/api/accounts/" + account + "/verify-fold");
      var row = bridge.get("/api/accounts/" + account);
      boolean quarantined = row.body().path("quarantined").asBoolean(false);
      boolean arrived = check.body().path("cutSeq").asLong(-1) >= journaled;
      if (arrived && check.body().path("equal").asBoolean() && !quarantined) {
        letItTrade(bridge, row.body().path("venue").asText());
        System.out.println(
            account
                + " is folded up to line "
                + check.body().path("cutSeq").asText()
                + " and may trade again.");
        return 0;
      }
      if (quarantined && begun) {
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
    var end = System.nanoTime() + LIMIT.toNanos();
    while (isListed(bridge.get(quarantines).body())) {
      // the venue's session ends and begins anew: the answer may come later than the bridge waits
      var followed = bridge.delete(quarantines + "/" + account, UUID.randomUUID().toString());
      if (followed.isSuccess()) return;
      if (System.nanoTime() > end)
        throw new StackException(
            account
                + " is folded, but its venue does not follow it: "
                + followed.complaint()
                + ".");
      pause();
    }
  }

  private boolean isListed(JsonNode quarantines) {
    return quarantines
        .path("items")
        .valueStream()
        .anyMatch(one -> one.path("accountId").asText().equals(account));
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
