package io.tapeline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Sends a script's orders at exact venue times: the replay is held at each time until the order is
 * settled, so the outcome does not depend on how fast anything is.
 */
final class ScriptedReplay {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);
  private final BridgeClient bridge;
  private final Progress progress;
  private int accepted;
  private int denied;
  private int unsettled;

  ScriptedReplay(BridgeClient bridge, Progress progress) {
    this.bridge = bridge;
    this.progress = progress;
  }

  void run(List<OrderScript.Step> steps) {
    var done = 0;
    for (var step : steps) {
      if (!holdAt(step.at())) {
        progress.say(
            "The recording ended before %s: %d orders of the script were not sent."
                .formatted(step.at(), steps.size() - done));
        report();
        return;
      }
      send(step);
      done++;
    }
    report();
    resume(Map.of("action", "resume"));
  }

  private void report() {
    progress.say(
        "Order script: %d accepted, %d denied%s."
            .formatted(accepted, denied, unsettled == 0 ? "" : ", " + unsettled + " still open"));
  }

  private boolean holdAt(Instant at) {
    resume(Map.of("action", "resume", "until", at.toString()));
    while (true) {
      var replay = bridge.get("/api/replay");
      if (ReplayWatch.isHeldAt(replay.body(), at)) {
        return true;
      }
      if (ReplayWatch.hasEnded(replay.body())) {
        return false;
      }
      ReplayWatch.refuseFailed(replay.body());
      Waiting.pause(LOOK);
    }
  }

  private void resume(Map<String, String> action) {
    var answer = bridge.post("/api/replay", action);
    if (!answer.isSuccess()) {
      throw new StackException("The replay cannot be resumed: " + answer.complaint() + ".");
    }
  }

  private void send(OrderScript.Step step) {
    var orders = "/api/accounts/" + step.account() + "/orders";
    var order = orders + "/" + step.clOrdId();
    var answer =
        switch (step.op()) {
          case PLACE -> bridge.post(orders, step.body());
          case CANCEL -> bridge.delete(order, "cancel-" + step.clOrdId());
        };
    if (answer.isSuccess()) {
      accepted++;
      awaitSettled(order);
    } else {
      denied++;
      progress.say(
          "  %s of %s denied: %s".formatted(step.op(), step.clOrdId(), answer.complaint()));
    }
  }

  private void awaitSettled(String order) {
    var deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      var row = bridge.get(order);
      if (row.isSuccess() && isSettled(row.body())) {
        return;
      }
      Waiting.pause(LOOK);
    }
    unsettled++;
  }

  /** Nothing of it is on its way to the venue, or it went no further than us. */
  static boolean isSettled(JsonNode row) {
    return row.path("pending").isEmpty() || row.path("ordStatus").asText().equals("DENIED");
  }
}
