package io.tapeline.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** A client of the WebSocket that keeps every frame. */
final class Screen implements AutoCloseable, WebSocket.Listener {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
  private final BinaryReader reader = new BinaryReader();
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;
  private final AtomicInteger binaryFrames = new AtomicInteger();
  volatile int closeCode;

  static Screen open(URI at, Map<String, String> headers) {
    return open(at, headers, "tapeline.v1.json");
  }

  /**
   * @param subprotocols the one that is liked best first
   */
  static Screen open(URI at, Map<String, String> headers, String first, String... subprotocols) {
    var screen = new Screen();
    var builder = HTTP.newWebSocketBuilder().subprotocols(first, subprotocols);
    headers.forEach(builder::header);
    screen.socket = builder.buildAsync(at, screen).join();
    return screen;
  }

  /** Whether every frame came in binary. */
  boolean isBinary() {
    return frames.size() == binaryFrames.get();
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  void say(String json) {
    socket.sendText(json, true).join();
  }

  void sayBytes() {
    socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
  }

  List<JsonNode> frames() {
    return frames;
  }

  List<JsonNode> items() {
    var items = new ArrayList<JsonNode>();
    for (var frame : frames)
      StreamSupport.stream(frame.required("items").spliterator(), false).forEach(items::add);
    return items;
  }

  String epoch() {
    return frames.getFirst().required("epoch").asText();
  }

  JsonNode await(Predicate<JsonNode> item) {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      for (var found : items()) if (item.test(found)) return found;
      sleep();
    }
    throw new AssertionError("not among " + items() + ", closed with " + closeCode);
  }

  /** Whether it comes within a second. */
  boolean sees(Predicate<JsonNode> item) {
    var deadline = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    while (System.nanoTime() < deadline) {
      if (items().stream().anyMatch(item)) return true;
      sleep();
    }
    return false;
  }

  JsonNode awaitValue(String channel, String containing) {
    return await(
        item ->
            item.path("ch").asText().equals(channel)
                && item.path("data").toString().contains(containing));
  }

  JsonNode awaitControl(String op, String channel) {
    return await(
        item -> item.path("op").asText().equals(op) && item.path("ch").asText().equals(channel));
  }

  int awaitClose() {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    while (closeCode == 0 && System.nanoTime() < deadline) sleep();
    return closeCode;
  }

  private static void sleep() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      try {
        frames.add(Json.MAPPER.readTree(text.toString()));
      } catch (IOException e) {
        throw new AssertionError(text.toString(), e);
      }
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    var part = new byte[data.remaining()];
    data.get(part);
    binary.writeBytes(part);
    if (last) {
      try {
        binaryFrames.incrementAndGet();
        frames.add(reader.read(binary.toByteArray(), binary.size()));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      binary.reset();
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
    closeCode = statusCode;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    if (closeCode == 0) closeCode = -1;
  }

  /** The connection is lost. */
  void drop() {
    socket.abort();
  }

  @Override
  public void close() {
    drop();
  }
}
