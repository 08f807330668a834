package io.tapeline.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Stands in for each of the four services: says that it is ready, tells when it stops. */
final class FakeService {
  private static volatile String until = "";
  private static volatile boolean playing;

  private FakeService() {}

  public static void main(String[] arguments) throws IOException {
    var user = System.getProperty("quarkus.datasource.username");
    var diary = Path.of(System.getProperty("tapeline.secret-file")).resolveSibling("logs/diary");
    if (Files.exists(diary.resolveSibling(user + "-must-fail"))) {
      System.out.println("12:00 INFO  starting");
      System.out.println("12:00 ERROR the venue's file is truncated");
      System.exit(1);
    }
    if (System.getenv("QUARKUS_DATASOURCE_PASSWORD") == null) {
      throw new IllegalStateException("no password");
    }
    var launcher = ProcessHandle.of(Long.getLong("tapeline.parent-pid")).orElseThrow();
    var _ = launcher.onExit().thenRun(() -> System.exit(0));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> write(diary, "stopped " + user)));
    var port = Integer.getInteger("quarkus.http.port");
    var server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
    server.createContext("/", FakeService::answer);
    server.start();
    write(diary, "started " + user);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var path = exchange.getRequestURI().getPath();
    var open = path.equals("/q/health/ready");
    var signed =
        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
            .startsWith("Bearer eyJ");
    var status = open || signed ? 200 : 401;
    var body =
        switch (path) {
          case "/api/status" -> "{\"ready\":true,\"waitingFor\":[]}";
          case "/api/sign-in-links" -> "{\"path\":\"/sign-in?code=abc\"}";
          case "/api/tokens" -> "{\"token\":\"tok-" + request.replaceAll("[^a-z0-9]", "") + "\"}";
          case "/api/replay" -> replay(exchange.getRequestMethod(), request);
          default -> "{\"ordStatus\":\"FILLED\",\"pending\":[]}";
        };
    if (path.endsWith("/orders") && request.contains("\"clOrdId\":\"BAD\"")) {
      status = 422;
      body = "{\"reason\":\"MAX_ORDER_QTY\",\"detail\":\"max=10\"}";
    }
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String replay(String method, String request) {
    if (method.equals("POST")) {
      playing = true;
      until = request.contains("until") ? request : "";
    }
    var state = !playing || !until.isEmpty() ? "HELD" : "ENDED";
    return "{\"state\":\"" + state + "\",\"facts\":{\"records\":42,\"byKind\":{\"add\":40}}}";
  }

  private static void write(Path diary, String line) {
    try {
      Files.writeString(diary, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.out.println("no diary: " + e);
    }
  }
}
