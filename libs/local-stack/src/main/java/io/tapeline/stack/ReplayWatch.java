package io.tapeline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;

/** Looks at a replay from outside: whether it failed, whether it has ended, what it found. */
final class ReplayWatch {
  private static final Set<String> OVER = Set.of("ENDED", "FINISHED", "DONE");

  private ReplayWatch() {}

  static boolean hasEnded(JsonNode replay) {
    return OVER.contains(replay.path("state").asText(""));
  }

  /** The gateway looks into the files more deeply than the launcher; what it says is shown. */
  static void refuseFailed(JsonNode replay) {
    var error = replay.path("error");
    if (error.isTextual()) {
      throw new StackException("The replay cannot go on: " + error.textValue());
    }
  }

  /** Returns when the recording has been played to its end. */
  static void awaitEnd(BridgeClient bridge) {
    while (!hasEnded(bridge.get("/api/replay").body())) {
      Waiting.pause(Duration.ofMillis(500));
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
