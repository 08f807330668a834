package io.tapeline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/** Looks at a replay from outside: whether it failed, whether it has ended, what it found. */
final class ReplayWatch {

  private ReplayWatch() {}

  static boolean hasEnded(JsonNode replay) {
    return replay.path("state").asText("").equals("ENDED");
  }

  static boolean isHeldAt(JsonNode replay, Instant at) {
    var until = replay.path("until").asText("");
    return replay.path("state").asText("").equals("HELD")
        && (until.isEmpty() || Instant.parse(until).equals(at));
  }

  /** The gateway looks into the files more deeply than the launcher; what it says is shown. */
  static void refuseFailed(JsonNode replay) {
    var error = replay.path("error");
    if (error.isTextual() || replay.path("state").asText("").equals("FAILED")) {
      throw new StackException("The replay cannot go on: " + error.asText("no reason given"));
    }
  }

  /** Returns when the recording has been played to its end. */
  static void awaitEnd(BridgeClient bridge) {
    var replay = bridge.get("/api/replay").body();
    while (!hasEnded(replay)) {
      refuseFailed(replay);
      Waiting.pause(Duration.ofMillis(500));
      replay = bridge.get("/api/replay").body();
    }
  }

  /** The facts as indented lines, in the order in which they are told. */
  static String report(JsonNode replay) {
    var text = new StringBuilder("Replay facts\n");
    append(text, replay.has("facts") ? replay.path("facts") : replay, "  ");
    return text.toString().stripTrailing();
  }

  private static void append(StringBuilder text, JsonNode node, String indent) {
    for (var field : node.properties()) {
      text.append(indent).append(field.getKey()).append(": ");
      if (field.getValue().isObject()) {
        text.append('\n');
        append(text, field.getValue(), indent + "  ");
      } else if (field.getValue().isArray() && field.getValue().path(0).isObject()) {
        text.append('\n');
        for (var item : field.getValue()) {
          append(text, item, indent + "  ");
          text.append('\n');
        }
      } else {
        text.append(field.getValue().isTextual() ? field.getValue().textValue() : field.getValue());
        text.append('\n');
      }
    }
  }
}
