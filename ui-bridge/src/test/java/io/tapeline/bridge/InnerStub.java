package io.tapeline.bridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tapeline.stack.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands for the services behind the bridge: answers by path, and tells what it was sent. */
public final class InnerStub implements QuarkusTestResourceLifecycleManager {
  /** What was canceled because its user was gone, each with its key; the first call fails. */
  private static final Set<String> CANCELED = ConcurrentHashMap.newKeySet();

  private static final AtomicBoolean HAS_FAILED = new AtomicBoolean();

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", InnerStub::answer);
    var url = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext(Issuer.PATH, new Issuer(url)::answer);
    server.start();
    return Map.of(
        "quarkus.oidc.tenant-enabled",
        "true",
        "quarkus.oidc.auth-server-url",
        url + Issuer.PATH,
        "quarkus.oidc.client-id",
        "tapeline",
        "quarkus.oidc.credentials.secret",
        "a-secret-of-at-least-thirty-two-characters",
        "tapeline.door.sign-ins-at-once",
        "1000", // tests sign in more often than people do
        "tapeline.absence.shortest-grace",
        "2s",
        "tapeline.services.orders",
        url,
        "tapeline.services.positions",
        url,
        "tapeline.services.market",
        // nobody listens there, except while a test does
        "http://127.0.0.1:" + Ports.free(1).getFirst());
  }

  private static void answer(HttpExchange call) throws IOException {
    try (call) {
      var body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var path = call.getRequestURI().toString();
      if (path.startsWith("/api/accounts/PRACTICE/orders?state=working"))
        say(call, 200, "application/json", WORKING);
      else if (path.startsWith("/api/accounts/PRACTICE/fills?limit=200"))
        say(call, 200, "application/json", FILLS);
      else if (path.equals("/api/accounts"))
        say(
            call,
            200,
            "application/json",
            "{\"items\":[{\"accountId\":\"PRACTICE\"},{\"accountId\":\"SOMEONE-ELSES\"}]}");
      else if (path.equals("/api/timings")) say(call, 200, "application/json", TIMINGS);
      else if (path.equals("/canceled")) say(call, 200, "text/plain", String.join("\n", CANCELED));
      else if (path.endsWith("/cancel-all") && key(call).startsWith("cancel-on-disconnect.")) {
        boolean works = HAS_FAILED.getAndSet(true);
        if (works) CANCELED.add(path + ' ' + key(call));
        say(call, works ? 202 : 503, "application/json", "{}");
      } else if (path.contains("/orders/denied"))
        say(
            call,
            409,
            "application/problem+json",
            "{\"status\":409,\"reason\":\"STALE_VERSION\",\"detail\":\"d\",\"params\":{},\"row\":{\"version\":3}}");
      else if (path.contains("/orders/slow-death")) return; // hangs up without an answer
      else
        say(
            call,
            call.getRequestMethod().equals("POST") ? 201 : 200,
            "application/json",
            "{\"method\":\"%s\",\"path\":\"%s\",\"authorization\":\"%s\",\"key\":\"%s\",\"id\":\"%s\",\"body\":\"%s\"}"
                .formatted(
                    call.getRequestMethod(),
                    path,
                    call.getRequestHeaders().getFirst("Authorization"),
                    call.getRequestHeaders().getFirst("Idempotency-Key"),
                    call.getRequestHeaders().getFirst("X-Request-Id"),
                    body.replace("\"", "'")));
    }
  }

  private static String key(HttpExchange call) {
    return Objects.requireNonNullElse(call.getRequestHeaders().getFirst("Idempotency-Key"), "");
  }

  private static void say(HttpExchange call, int status, String type, String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().add("Content-Type", type);
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
  }

  private static final String TIMINGS =
      """
      {"items":[{"service":"order-service","name":"place_order","kind":"OPERATION","what":"","budget":50.0,"slow":1,"count":7,
        "min":1.0,"max":61.5,"mean":9.25,"median":4.5,"p95":61.0,"p99":61.5,
        "window":{"count":0,"min":0.0,"max":0.0,"mean":0.0,"median":0.0,"p95":0.0,"p99":0.0},
        "errors":{"count":0,"min":0.0,"max":0.0,"mean":0.0,"median":0.0,"p95":0.0,"p99":0.0}}],"missing":[]}""";
  private static final String WORKING =
      "{\"items\":[{\"accountId\":\"PRACTICE\",\"clOrdId\":\"w1\",\"seq\":3,\"ordStatus\":\"NEW\"}],\"asOfSeq\":4}";
  private static final String FILLS =
      "{\"items\":[{\"accountId\":\"PRACTICE\",\"execId\":\"E1\",\"clOrdId\":\"w0\",\"seq\":2}],\"asOfSeq\":4}";

  @Override
  public void stop() {
    if (server != null) server.stop(0);
  }
}
