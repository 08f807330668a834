package io.tapeline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A client that never stops trading: small market orders either way, and limit orders that it
 * cancels. What is not answered is asked again under the same id, as a careful client does.
 */
final class OrderStream implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;

  /** In points: away from the touch, inside the collar. */
  private static final BigDecimal FAR = BigDecimal.TEN;

  /** Denials for a while: the answer to that id for ever, so the next try needs another. */
  private static final Set<String> DENIALS =
      Set.of("VENUE_DOWN", "RECONCILING", "TAPE_DOWN", "FEED_NOT_TRUSTED", "RISK_STATE_STALE");

  private final Desk desk;
  private final String account;
  private final String symbol;

  /** Ids are for ever: every stream has its own. */
  private final String name = "s" + Long.toString(System.nanoTime(), 36) + "-";

  private final List<String> acknowledged = new CopyOnWriteArrayList<>();
  private final Thread trader;
  private volatile boolean trading = true;
  private volatile String newestAnswer = "none";

  private OrderStream(Desk desk, String account, String symbol) {
    this.desk = desk;
    this.account = account;
    this.symbol = symbol;
    this.trader = Thread.ofVirtual().start(this::trade);
  }

  static OrderStream start(Desk desk, String account, String symbol) {
    return new OrderStream(desk, account, symbol);
  }

  /** Ids of the orders that were answered with 201: these must never be lost. */
  List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /** Waits until that many more orders are acknowledged than now. */
  void awaitMore(int count, Duration patience) {
    var goal = acknowledged.size() + count;
    await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () ->
                assertThat(acknowledged.size())
                    .as("acknowledged orders; the newest answer was %s", newestAnswer)
                    .isGreaterThanOrEqualTo(goal));
  }

  void stop() {
    trading = false;
    try {
      trader.join(Desk.SOON);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void trade() {
    for (var i = 0; trading; i++) {
      var clOrdId = name + i;
      place(clOrdId, i);
      if (isLimit(i)) cancel(clOrdId);
      pause();
    }
  }

  private void place(String clOrdId, int i) {
    var order = new LinkedHashMap<String, Object>();
    order.put("clOrdId", clOrdId);
    order.put("symbol", symbol);
    order.put("side", i % 2 == 0 ? "BUY" : "SELL");
    order.put("ordType", isLimit(i) ? "LIMIT" : "MARKET");
    order.put("orderQty", 1 + i % 3);
    if (isLimit(i)) order.put("price", farFromTheMarket(i % 2 == 0));
    while (trading && !answered(clOrdId, order)) pause();
  }

  /** True when the answer is final: durable, or refused for good. */
  private boolean answered(String clOrdId, Map<String, Object> order) {
    try {
      var response = desk.post("/api/accounts/" + account + "/orders", order);
      newestAnswer = clOrdId + ": " + response.statusCode() + " " + response.body();
      if (response.statusCode() == 201) acknowledged.add(clOrdId);
      return response.statusCode() < 500 || DENIALS.contains(reason(response));
    } catch (RuntimeException e) {
      newestAnswer = clOrdId + ": " + e;
      return false;
    }
  }

  private static String reason(HttpResponse<String> response) {
    return Desk.json(response).path("reason").asText();
  }

  private void cancel(String clOrdId) {
    try {
      desk.delete("/api/accounts/" + account + "/orders/" + clOrdId);
    } catch (RuntimeException _) {
      // the order stands and is counted as such
    }
  }

  private static boolean isLimit(int i) {
    return i % 5 >= 3;
  }

  private String farFromTheMarket(boolean buy) {
    while (trading) {
      try {
        var quote = desk.get("/api/quotes?symbols=" + symbol).path("items").path(0);
        if (quote.hasNonNull("bidPx") && quote.hasNonNull("askPx")) {
          return buy
              ? new BigDecimal(quote.path("bidPx").asText()).subtract(FAR).toPlainString()
              : new BigDecimal(quote.path("askPx").asText()).add(FAR).toPlainString();
        }
      } catch (RuntimeException | AssertionError _) {
        // a service is down; that is what this test is about
      }
      pause();
    }
    return "1";
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
