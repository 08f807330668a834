package io.tapeline.deploy;

import static io.tapeline.deploy.BridgeCalls.ACCOUNT;
import static io.tapeline.deploy.BridgeCalls.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Trades on a desk and writes down what it then says, or holds what it says against what another
 * wrote down. {@code deploy/upgrade} runs it, from its source.
 *
 * <p>Arguments: the bridge's address, a token, the file to write or to compare with, how many
 * orders.
 */
public final class UpgradeClient {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What has to outlive a version, list by list; marks and times of publication need not. */
  private static final Map<String, List<String>> LASTING =
      new TreeMap<>(
          Map.of(
              "/orders?state=all",
              List.of(
                  "clOrdId",
                  "symbol",
                  "side",
                  "ordType",
                  "orderQty",
                  "price",
                  "ordStatus",
                  "cumQty",
                  "avgPx",
                  "seq",
                  "venueOrderId",
                  "role",
                  "parentClOrdId"),
              "/fills",
              List.of("execId", "seq", "clOrdId", "symbol", "side", "lastQty", "lastPx", "fee"),
              "/positions",
              List.of("symbol", "netQty", "avgPx", "realizedPnl", "fees"),
              "/trades",
              List.of("tradeId", "symbol", "side", "qty", "entryPx", "exitPx", "pnl", "fees")));

  private final BridgeCalls calls;

  private UpgradeClient(String address, String token) {
    calls = new BridgeCalls(() -> address, token);
  }

  public static void main(String[] arguments) throws Exception {
    var client = new UpgradeClient(arguments[0], arguments[1]);
    var file = Path.of(arguments[2]);
    if (Files.exists(file)) {
      var before = JSON.readTree(Files.readString(file));
      client.await(() -> client.difference(before));
      System.out.println(summary(before));
    }
    client.trade(Integer.parseInt(arguments[3]));
    if (!Files.exists(file)) Files.writeString(file, client.state().toString());
  }

  private static String summary(JsonNode state) {
    var counts = new ArrayList<String>();
    for (var list : LASTING.keySet())
      counts.add(state.path(list).size() + " " + list.replaceAll("/|\\?.*", ""));
    return "as before: " + String.join(", ", counts);
  }

  /** Some at the market, which fill at once, and one far away, which stays. */
  private void trade(int orders) throws Exception {
    var symbol = calls.front("ES");
    var run = "u" + Long.toString(System.currentTimeMillis(), 36) + "-";
    for (var n = 0; n < orders; n++)
      place(run + n, symbol, n % 3 == 0 ? "SELL" : "BUY", Map.of("ordType", "MARKET"));
    place(run + "far", symbol, "BUY", Map.of("ordType", "LIMIT", "price", far(symbol)));
    await(
        () -> {
          for (var row : calls.all(ACCOUNT + "/orders?state=all")) {
            var id = row.path("clOrdId").asText();
            var wanted = id.endsWith("far") ? "NEW" : "FILLED";
            if (id.startsWith(run) && !row.path("ordStatus").asText().equals(wanted))
              return id + " is " + row.path("ordStatus");
          }
          return booked();
        });
  }

  private String far(String symbol) throws Exception {
    for (var quote : calls.all("/api/quotes?symbols=" + symbol))
      return new BigDecimal(quote.path("bidPx").asText()).subtract(BigDecimal.TEN).toPlainString();
    throw new IOException("no quote of " + symbol);
  }

  /** Whether positions have what executions say; empty when they do. */
  private String booked() throws Exception {
    var net = new TreeMap<String, Long>();
    for (var fill : calls.all(ACCOUNT + "/fills"))
      net.merge(
          fill.path("symbol").asText(),
          (fill.path("side").asText().equals("BUY") ? 1 : -1) * fill.path("lastQty").asLong(),
          Long::sum);
    for (var position : calls.all(ACCOUNT + "/positions"))
      net.merge(position.path("symbol").asText(), -position.path("netQty").asLong(), Long::sum);
    return net.values().stream().allMatch(lots -> lots == 0) ? "" : "positions are off by " + net;
  }

  private void place(String id, String symbol, String side, Map<String, Object> more)
      throws Exception {
    var order = new TreeMap<String, Object>(more);
    order.putAll(Map.of("clOrdId", id, "symbol", symbol, "side", side, "orderQty", 1));
    var answer = calls.send("POST", ACCOUNT + "/orders", JSON.writeValueAsString(order));
    if (answer.status() != 201) throw new IOException(id + ": " + answer);
  }

  private ObjectNode state() throws Exception {
    var state = JSON.createObjectNode();
    for (var list : LASTING.entrySet()) {
      var rows = state.putArray(list.getKey());
      for (var row : calls.all(ACCOUNT + list.getKey()))
        rows.add(((ObjectNode) row).retain(list.getValue()));
    }
    return state;
  }

  private String difference(JsonNode before) throws Exception {
    var now = state();
    for (var list : LASTING.keySet()) {
      var then = rows(before.path(list));
      var rows = rows(now.path(list));
      if (!rows.equals(then)) return list + "\n  was " + then + "\n  is  " + rows;
    }
    return "";
  }

  private static List<String> rows(JsonNode list) {
    var rows = new ArrayList<String>();
    list.forEach(row -> rows.add(row.toString()));
    return rows.stream().sorted().toList();
  }

  private interface Complaint {
    String get() throws Exception;
  }

  private void await(Complaint complaint) throws Exception {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (var said = complaint.get(); !said.isEmpty(); said = complaint.get()) {
      if (System.nanoTime() > deadline) throw new IOException(said);
      TimeUnit.MILLISECONDS.sleep(300);
    }
  }
}
