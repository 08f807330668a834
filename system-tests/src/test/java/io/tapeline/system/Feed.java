package io.tapeline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * A client of the WebSocket that keeps what a browser would: the newest value of every key, and all
 * it was ever told.
 */
final class Feed implements WebSocket.Listener, AutoCloseable {
  private final StringBuilder partial = new StringBuilder();
  private final Map<String, JsonNode> newest = new LinkedHashMap<>();
  private final List<JsonNode> items = new ArrayList<>();
  private WebSocket socket;
  private int nextId = 1;

  static Feed open(URI http, String token) {
    var feed = new Feed();
    feed.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .subprotocols("tapeline.v1.json")
            .connectTimeout(Duration.ofSeconds(30))
            .buildAsync(URI.create("ws" + http.toString().substring("http".length())), feed)
            .join();
    return feed;
  }

  Feed subscribe(String... channels) {
    socket
        .sendText(
            new String(
                Json.bytes(
                    Map.of("op", "subscribe", "id", nextId++, "channels", List.of(channels))),
                StandardCharsets.UTF_8),
            true)
        .join();
    return this;
  }

  /** Waits until the newest value of a key satisfies, and returns it. */
  JsonNode await(String channel, String key, Predicate<JsonNode> wanted) {
    Awaitility.await()
        .atMost(Desk.SOON)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(newest(channel, key) != null && wanted.test(newest(channel, key)))
                    .as("wanted of %s %s; the newest is %s", channel, key, newest(channel, key))
                    .isTrue());
    return newest(channel, key);
  }

  synchronized JsonNode newest(String channel, String key) {
    return newest.get(channel + " " + key);
  }

  /** Every value item of a channel, in the order of arrival. */
  synchronized List<JsonNode> items(String channel) {
    return items.stream()
        .filter(item -> item.path("ch").asText().equals(channel) && item.has("data"))
        .toList();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
    partial.append(text);
    if (last) {
      accept(Json.read(partial.toString().getBytes(StandardCharsets.UTF_8), JsonNode.class));
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  private synchronized void accept(JsonNode frame) {
    for (var item : frame.path("items")) {
      items.add(item);
      if (item.has("data"))
        newest.put(item.path("ch").asText() + " " + item.path("k").asText(), item.path("data"));
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
