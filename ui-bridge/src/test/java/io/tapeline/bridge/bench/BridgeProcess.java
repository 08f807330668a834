package io.tapeline.bridge.bench;

import com.sun.net.httpserver.HttpServer;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import io.tapeline.testkit.TestStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The packaged bridge in a process of its own, with the JVM settings of a local installation. */
final class BridgeProcess implements AutoCloseable {
  private final Process process;
  private final HttpServer services;
  final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  static BridgeProcess start(TestStack stack) throws IOException, InterruptedException {
    return new BridgeProcess(stack);
  }

  private BridgeProcess(TestStack stack) throws IOException, InterruptedException {
    services = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    services.createContext(
        "/",
        call -> {
          var body = "{\"items\":[],\"asOfSeq\":0}".getBytes(StandardCharsets.US_ASCII);
          call.sendResponseHeaders(200, body.length);
          call.getResponseBody().write(body);
          call.close();
        });
    services.start();
    var inner = "http://127.0.0.1:" + services.getAddress().getPort();
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    var more = System.getProperty("tapeline.bench.jvm", "");
    if (!more.isEmpty()) command.addAll(List.of(more.split(" ", -1)));
    command.addAll(
        List.of(
            "-Dquarkus.vertx.event-loops-pool-size="
                + Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            "-Dkafka.bootstrap.servers=" + stack.bootstrapServers(),
            "-Dquarkus.datasource.jdbc.url=" + stack.jdbcUrl(),
            "-Dquarkus.datasource.reactive.url=" + stack.reactiveUrl(),
            "-Dquarkus.datasource.password=" + stack.passwordOf("ui_bridge"),
            "-Dtapeline.secret-file=" + stack.secretFile(),
            "-Dtapeline.services.orders=" + inner,
            "-Dtapeline.services.positions=" + inner,
            "-Dtapeline.services.market=" + inner,
            "-Dtapeline.fanout.connections-per-user=5000",
            "-Dtapeline.parent-pid=" + ProcessHandle.current().pid(),
            "-Dquarkus.http.port=" + port,
            "-jar",
            jar().toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "fanout-bench.log").toFile())
            .start();
    for (int i = 0; !isReady(); i++) {
      if (i > 600 || !process.isAlive())
        throw new IOException("the bridge did not start: target/fanout-bench.log");
      Thread.sleep(100);
    }
  }

  private static Path jar() throws IOException {
    var jar = Path.of("target", "quarkus-app", "quarkus-run.jar");
    if (!Files.exists(jar)) throw new IOException(jar + " is not there: package the bridge first");
    return jar;
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/q/health/ready").startsWith("{") && get("/q/health/ready").contains("\"UP\"");
    } catch (IOException _) {
      return false;
    }
  }

  String token() throws IOException {
    return ServiceToken.mint(
        InstallationSecret.read(TestStack.shared().secretFile()),
        "launcher",
        Scope.ADMIN,
        Instant.now());
  }

  String get(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token())
                .timeout(Duration.ofSeconds(10))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  /** A token of a user's, as scripts use them. */
  String apiToken() throws IOException, InterruptedException {
    var answer =
        http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/tokens"))
                    .header("Authorization", "Bearer " + token())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"scope\":\"read\"}"))
                    .build(),
                BodyHandlers.ofString())
            .body();
    return answer.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
  }

  /** Where clients of that token come in. */
  Audience.Door door(String token) {
    return door(token, "tapeline.v1.json");
  }

  /** Where they are sent binary frames. */
  Audience.Door binaryDoor(String token) {
    return door(token, "tapeline.v1.bin");
  }

  private Audience.Door door(String token, String subprotocol) {
    return new Audience.Door(
        port,
        "/ws",
        "Authorization: Bearer %s\r\nSec-WebSocket-Protocol: %s\r\n".formatted(token, subprotocol));
  }

  /** Processor seconds used so far, as the operating system counts them. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  /** Resident memory, bytes. */
  long resident() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")))
      if (line.startsWith("VmRSS")) return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
    throw new IOException("no VmRSS");
  }

  /** Live heap, bytes: after a collection. */
  long heap() throws IOException, InterruptedException {
    jcmd("GC.run");
    var info = jcmd("GC.class_histogram");
    var total = info.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
    return Long.parseLong(total.trim().split("\\s+", -1)[2]);
  }

  /** Bytes allocated so far: what collections have seen, and what none has seen yet. */
  double allocated() throws IOException, InterruptedException {
    return get("/q/metrics")
        .lines()
        .filter(BridgeProcess::isAllocated)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static boolean isAllocated(String line) {
    return line.startsWith("jvm_gc_memory_allocated_bytes_total")
        || (line.startsWith("jvm_memory_used_bytes") && line.contains("Eden Space"));
  }

  String jcmd(String... what) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                "" + process.pid()));
    command.addAll(List.of(what));
    var jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return said;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    services.stop(0);
  }
}
