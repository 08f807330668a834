package io.tapeline.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Orders to be sent at venue times of a replay: one JSON per line, in the order of their times. */
final class OrderScript {
  private OrderScript() {}

  /** What to do with an order. */
  enum Op {
    PLACE,
    CANCEL
  }

  /**
   * One line.
   *
   * @param at venue time
   * @param body the order as REST takes it; for a cancel only its clOrdId
   */
  record Step(Instant at, String account, Op op, String clOrdId, JsonNode body) {}

  static List<Step> read(Path file) {
    try {
      return parse(file.getFileName().toString(), Files.readAllLines(file));
    } catch (IOException e) {
      throw new StackException("The order script " + file + " cannot be read: " + e + ".", e);
    }
  }

  static List<Step> parse(String name, List<String> lines) {
    var steps = new ArrayList<Step>();
    for (var i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      var where = name + ", line " + (i + 1) + ": ";
      var step = step(where, lines.get(i));
      if (!steps.isEmpty() && step.at().isBefore(steps.getLast().at())) {
        throw new StackException(where + "its time is before that of the line above.");
      }
      steps.add(step);
    }
    return List.copyOf(steps);
  }

  private static Step step(String where, String line) {
    try {
      var json = Json.MAPPER.readTree(line);
      var body = json.path("body");
      return new Step(
          Instant.parse(text(where, json, "at")),
          text(where, json, "account"),
          op(where, text(where, json, "op")),
          text(where, body, "clOrdId"),
          body);
    } catch (JsonProcessingException e) {
      throw new StackException(where + "this is not JSON: " + e.getOriginalMessage() + ".", e);
    } catch (DateTimeException e) {
      throw new StackException(where + "\"at\" is not a time like 2023-12-25T23:00:00.000000Z.", e);
    }
  }

  private static Op op(String where, String op) {
    return switch (op) {
      case "place" -> Op.PLACE;
      case "cancel" -> Op.CANCEL;
      default ->
          throw new StackException(where + "\"op\" is neither place nor cancel: " + op + ".");
    };
  }

  private static String text(String where, JsonNode json, String field) {
    var value = json.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new StackException(where + "\"" + field + "\" is missing.");
    }
    return value.textValue();
  }
}
