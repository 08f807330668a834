package io.tapeline.deploy;

import static io.tapeline.deploy.BridgeCalls.ACCOUNT;
import static io.tapeline.deploy.BridgeCalls.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Trades through the bridge and watches it over WebSockets while the services are rolled, and says
 * at the end whether anything was lost. {@code deploy/try} runs it, from its source.
 *
 * <p>Arguments: the directory with {@code endpoints} (addresses of the bridge, one a line, read
 * again for every try) and {@code token}; the client trades until a file {@code stop} appears
 * there.
 */
public final class RollingClient {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int WATCHERS = 4;

  /** For a while: the answer to that id for ever, so the next order has another. */
  private static final Set<String> FOR_A_WHILE =
      Set.of("VENUE_DOWN", "RECONCILING", "TAPE_DOWN", "FEED_NOT_TRUSTED", "RISK_STATE_STALE");

  /** What a row that was asked for may say older than one that was pushed. */
  private static final Set<String> ENDS = Set.of("FILLED", "EXPIRED");

  private final Path directory;
  private final BridgeCalls calls;
  private final AtomicInteger turn = new AtomicInteger();
  private final List<String> acknowledged = new ArrayList<>();
  private final Set<String> stale = new TreeSet<>();
  private final Map<String, Integer> troubles = new LinkedHashMap<>();
  private long longestWaitMillis;

  private RollingClient(Path directory) throws IOException {
    this.directory = directory;
    calls = new BridgeCalls(this::turn, Files.readString(directory.resolve("token")).strip());
  }

  /** The bridges take turns. */
  private String turn() throws IOException {
    var endpoints = Files.readAllLines(directory.resolve("endpoints"));
    return endpoints.get(Math.floorMod(turn.getAndIncrement(), endpoints.size()));
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(new RollingClient(Path.of(arguments[0])).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    var symbol = calls.front("ES");
    var watchers = new ArrayList<Watcher>();
    for (var i = 0; i < WATCHERS; i++) watchers.add(new Watcher());
    watchers.forEach(watcher -> Thread.ofVirtual().start(watcher));
    var run = "t" + Long.toString(System.currentTimeMillis(), 36) + "-";
    for (var n = 0; !Files.exists(directory.resolve("stop")); n++) {
      place(run + n, symbol, n % 2 == 0 ? "BUY" : "SELL");
      TimeUnit.MILLISECONDS.sleep(150);
    }
    return agrees(symbol, watchers);
  }

  /** Asks under one id until there is an answer that stays. */
  private void place(String id, String symbol, String side) throws Exception {
    var order =
        JSON.writeValueAsString(
            Map.of(
                "clOrdId", id, "symbol", symbol, "side", side, "ordType", "MARKET", "orderQty", 1));
    var begin = System.nanoTime();
    while (true) {
      var answer = calls.send("POST", ACCOUNT + "/orders", order);
      var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      if (answer.status() == 201) {
        acknowledged.add(id);
        longestWaitMillis = Math.max(longestWaitMillis, millis);
        return;
      }
      var reason = answer.body().path("reason").asText("no answer");
      troubles.merge(answer.status() + " " + reason, 1, Integer::sum);
      if (answer.status() / 100 == 4 || FOR_A_WHILE.contains(reason)) return;
      if (millis > PATIENCE.toMillis()) throw new IOException(id + " found no taker: " + answer);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean agrees(String symbol, List<Watcher> watchers) throws Exception {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var complaint = complaint(symbol, watchers);
      if (complaint.isEmpty()) break;
      if (System.nanoTime() > deadline) {
        System.out.println("LOST: " + complaint);
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    System.out.printf(
        "%d orders acknowledged: %d filled once, %d expired unsent; orders, fills, position and %d WebSocket clients agree.%n",
        acknowledged.size(), acknowledged.size() - stale.size(), stale.size(), watchers.size());
    System.out.printf(
        "The longest wait for an acknowledgement was %.1f s; the clients came back %d times; asked again after %s.%n",
        longestWaitMillis / 1e3, watchers.stream().mapToInt(w -> w.returns.get()).sum(), troubles);
    return true;
  }

  /** What does not agree, or nothing. */
  private String complaint(String symbol, List<Watcher> watchers) throws Exception {
    var orders = new LinkedHashMap<String, JsonNode>();
    for (var row : calls.all(ACCOUNT + "/orders?state=all"))
      orders.put(row.path("clOrdId").asText(), row);
    for (var id : acknowledged) {
      var row = orders.get(id);
      if (row == null) return "order " + id + " is not there";
      var status = row.path("ordStatus").asText();
      // taken, and then nobody was there to send it before it was too old: said, and never executed
      var isStale = status.equals("EXPIRED") && row.path("cumQty").asLong() == 0;
      if (isStale) stale.add(id);
      else if (!status.equals("FILLED")) return "order " + id + " is " + row;
      for (var watcher : watchers)
        if (!status.equals(watcher.statuses.get(id)))
          return "a client sees " + id + " as " + watcher.statuses.get(id);
    }
    var fills = calls.all(ACCOUNT + "/fills");
    var executions = new TreeSet<String>();
    var net = 0L;
    for (var fill : fills) {
      if (!executions.add(fill.path("execId").asText())) return "a fill twice: " + fill;
      if (fill.path("symbol").asText().equals(symbol))
        net += (fill.path("side").asText().equals("BUY") ? 1 : -1) * fill.path("lastQty").asLong();
    }
    var ordered = orders.values().stream().mapToLong(row -> row.path("cumQty").asLong()).sum();
    var filled = fills.stream().mapToLong(fill -> fill.path("lastQty").asLong()).sum();
    if (ordered != filled) return ordered + " lots by orders, " + filled + " by fills";
    for (var position : calls.all(ACCOUNT + "/positions"))
      if (position.path("symbol").asText().equals(symbol)
          && position.path("netQty").asLong() != net)
        return "position " + position.path("netQty") + ", fills say " + net;
    return "";
  }

  /** A client of the WebSocket that always comes back. */
  private final class Watcher implements Runnable, WebSocket.Listener {
    private final Map<String, String> statuses = new ConcurrentHashMap<>();
    private final AtomicInteger returns = new AtomicInteger(-1);
    private final StringBuilder text = new StringBuilder();
    private volatile boolean open;

    @Override
    public void run() {
      while (true) {
        try {
          connect();
          while (open) TimeUnit.MILLISECONDS.sleep(100);
          TimeUnit.MILLISECONDS.sleep(300);
        } catch (InterruptedException e) {
          return;
        } catch (Exception e) {
          open = false;
          pause();
        }
      }
    }

    private void connect() throws Exception {
      open = true;
      var socket =
          calls
              .http()
              .newWebSocketBuilder()
              .subprotocols("tapeline.v1.json")
              .header("Authorization", calls.authorization())
              .connectTimeout(Duration.ofSeconds(5))
              .buildAsync(calls.bridge("ws", "/ws"), this)
              .get(10, TimeUnit.SECONDS);
      var _ =
          socket.sendText(
              "{\"op\":\"subscribe\",\"id\":1,\"channels\":[\"orders:PRACTICE\"]}", true);
      returns.incrementAndGet();
      // what happened while it was away
      for (var row : calls.all(ACCOUNT + "/orders?state=all")) see(row);
    }

    private void see(JsonNode row) {
      var id = row.path("clOrdId").asText("");
      var status = row.path("ordStatus").asText("");
      if (!id.isEmpty()) statuses.merge(id, status, (old, now) -> ENDS.contains(old) ? old : now);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          for (var item : JSON.readTree(text.toString()).path("items")) see(item.path("data"));
        } catch (IOException e) {
          socket.abort();
          open = false;
        }
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      open = false;
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      open = false;
    }

    private static void pause() {
      try {
        TimeUnit.MILLISECONDS.sleep(300);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
