package io.tapeline.bridge.fanout.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapeline.contract.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Executions as {@code FillRow} has them, from the events that tell of them: booked, taken back by
 * the venue ({@code revised}), or another one booked in their place ({@code corrects}).
 */
final class FillRows {
  private static final String FILLED = "OrderFilled";
  private static final String BUSTED = "FillBusted";
  private static final String CORRECTED = "FillCorrected";

  /** The types of events that tell of an execution. */
  static final Set<String> OF = Set.of(FILLED, BUSTED, CORRECTED);

  private static final List<String> AS_BOOKED =
      List.of("execId", "clOrdId", "symbol", "side", "lastQty", "lastPx", "fee", "reportedPnl");
  private static final Map<String, String> AS_CORRECTED =
      Map.of(
          "newExecId", "execId",
          "clOrdId", "clOrdId",
          "symbol", "symbol",
          "side", "side",
          "newQty", "lastQty",
          "newPx", "lastPx",
          "newFee", "fee",
          "newReportedPnl", "reportedPnl",
          "execId", "corrects");

  private FillRows() {}

  /** The row of an event of one of those types. */
  static ObjectNode read(byte[] line) {
    var entry = Json.read(line, JsonNode.class);
    var event = entry.required("event");
    var fill = Json.MAPPER.createObjectNode();
    fill.set("accountId", entry.required("accountId"));
    fill.set("seq", entry.required("seq"));
    var type = event.path("type").asText();
    if (type.equals(CORRECTED))
      AS_CORRECTED.forEach(
          (from, to) -> {
            if (event.hasNonNull(from)) fill.set(to, event.get(from));
          });
    else for (var name : AS_BOOKED) if (event.hasNonNull(name)) fill.set(name, event.get(name));
    if (type.equals(BUSTED)) fill.put("revised", "BUSTED");
    fill.set("at", entry.required("at"));
    fill.set("venueTime", entry.hasNonNull("venueTime") ? entry.get("venueTime") : entry.get("at"));
    return fill;
  }
}
