package io.tapeline.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Topics;
import io.tapeline.testkit.Tape;
import io.tapeline.testkit.TestStack;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is on orders.events.v1, as a careful consumer reads it. */
final class PublishedTape {
  private PublishedTape() {}

  /** Every account's lines, repeats left out; fails on a gap and on a seq with two meanings. */
  static Map<String, List<JsonNode>> read(TestStack stack) {
    var lines = new HashMap<String, List<JsonNode>>();
    try (var tape = Tape.of(stack.bootstrapServers(), Topics.ORDER_EVENTS)) {
      for (var entry : tape.read()) {
        var so = lines.computeIfAbsent(entry.key(), _ -> new ArrayList<>());
        var line = entry.json();
        var seq = line.path("seq").asInt();
        assertThat(seq).as("next line of %s, or a repeat", entry.key()).isBetween(1, so.size() + 1);
        if (seq == so.size() + 1) so.add(line);
        else assertThat(line).as("a repeat says the same").isEqualTo(so.get(seq - 1));
      }
    }
    return lines;
  }

  /** How often a line is there. */
  static long times(TestStack stack, String account, long seq) {
    try (var tape = Tape.of(stack.bootstrapServers(), Topics.ORDER_EVENTS)) {
      return tape.read().stream()
          .filter(entry -> entry.key().equals(account))
          .filter(entry -> entry.json().path("seq").asLong() == seq)
          .count();
    }
  }

  /** Waits until everything in the journal is on the tape. */
  static Map<String, List<JsonNode>> complete(TestStack stack, Duration limit) throws SQLException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      var journal = journal(stack);
      var tape = read(stack);
      if (journal.entrySet().stream()
          .allMatch(e -> tape.getOrDefault(e.getKey(), List.of()).size() >= e.getValue()))
        return tape;
      assertThat(System.nanoTime()).as("journal %s is on the tape", journal).isLessThan(deadline);
      Replica.sleep(200);
    }
  }

  private static Map<String, Integer> journal(TestStack stack) throws SQLException {
    var seqs = new HashMap<String, Integer>();
    try (var connection = stack.connect("order_service");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select account_id, max(seq), count(*) from account_event group by account_id")) {
      while (rows.next()) {
        assertThat(rows.getInt(3)).as("lines of %s", rows.getString(1)).isEqualTo(rows.getInt(2));
        seqs.put(rows.getString(1), rows.getInt(2));
      }
    }
    return seqs;
  }

  /** The orders that were submitted, each as often as it was. */
  static List<String> submitted(List<JsonNode> lines) {
    return of(lines, "OrderSubmitted", "clOrdId");
  }

  static List<String> of(List<JsonNode> lines, String type, String field) {
    return lines.stream()
        .map(line -> line.path("event"))
        .filter(event -> event.path("type").asText().equals(type))
        .map(event -> event.path(field).asText())
        .toList();
  }
}
