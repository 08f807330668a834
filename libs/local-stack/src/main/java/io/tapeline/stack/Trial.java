package io.tapeline.stack;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Some seconds of a desk's life right after a build: what the services learn of themselves
 * meanwhile is in the caches they leave when they stop.
 */
final class Trial {
  private static final Duration LENGTH = Duration.ofSeconds(10);

  /** Well below what the practice account allows. */
  private static final int ORDERS_PER_SECOND = 30;

  private Trial() {}

  static void run(BridgeClient bridge, URI at) {
    var token = BenchedDesk.tradeToken(bridge);
    var account = BenchedDesk.practiceAccounts(bridge).getFirst();
    var symbol = Bench.frontContract(bridge);
    try (var http = HttpClient.newHttpClient()) {
      var screen = open(http, at, token, account, symbol);
      var load = new OrderLoad(at.getPort(), token, List.of(account), symbol);
      Bench.awaitTakesOrders(load, account);
      var _ = load.atRate(ORDERS_PER_SECOND, LENGTH, 2);
      screen.abort();
    } catch (CompletionException e) {
      throw new StackException("The trial's screen was not let in: " + e.getCause() + ".", e);
    }
  }

  private static WebSocket open(
      HttpClient http, URI at, String token, String account, String symbol) {
    var screen =
        http.newWebSocketBuilder()
            .subprotocols("tapeline.v1.json")
            .header("Authorization", "Bearer " + token)
            .buildAsync(
                URI.create("ws://" + at.getAuthority() + "/ws"), new WebSocket.Listener() {})
            .join();
    var channels =
        "\"quote:*\",\"depth:%2$s\",\"bar:%2$s:1m\",\"account:%1$s\",\"orders:%1$s\",\"positions:%1$s\",\"fills:%1$s\",\"trades:%1$s\""
            .formatted(account, symbol);
    screen.sendText("{\"op\":\"subscribe\",\"id\":1,\"channels\":[" + channels + "]}", true).join();
    return screen;
  }
}
