package io.tapeline.orders;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Json;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import io.tapeline.stack.Ports;
import io.tapeline.testkit.TestStack;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built service as a process of its own, which can be paused, continued and killed. */
final class Replica implements AutoCloseable {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

  /** Of several at a time on a machine that has other work. */
  private static final List<String> CHEAP =
      List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** As {@code ./tapeline run} starts it, with the cache of a trial: {@code ./tapeline build}. */
  private static final List<String> AS_SHIPPED =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-Xlog:aot",
          "-XX:AOTCache=" + JAR.resolveSibling("order-service.aot"));

  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A replica that sleeps answers late or never, and its client asks again. */
  private static final Duration ORDER_LIMIT = Duration.ofSeconds(3);

  private final TestStack stack;
  private final InstallationSecret secret;
  private final int port;
  private final List<String> command;
  private final File log;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Process process;

  /** An answer; status 0: none came in time. */
  record Said(int status, JsonNode body) {
    boolean isUnclear() {
      return status == 0 || status >= 500;
    }

    String reason() {
      return body.path("reason").asText();
    }
  }

  private Replica(TestStack stack, int port, List<String> command, File log) throws IOException {
    this.stack = stack;
    this.port = port;
    this.command = command;
    this.log = log;
    secret = InstallationSecret.read(stack.secretFile());
    process = launch();
  }

  /**
   * Starts it; {@link #awaitReady} waits.
   *
   * @param databaseUrl where it finds PostgreSQL, for example through somebody in between
   */
  static Replica start(TestStack stack, String databaseUrl, List<String> accounts) {
    try {
      // it may be started again later: not one that the system gives to connections meanwhile
      var port = Ports.free(1).getFirst();
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(Boolean.getBoolean("replica.as-shipped") ? AS_SHIPPED : CHEAP);
      command.addAll(
          List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
      set(command, "kafka.bootstrap.servers", stack.bootstrapServers());
      set(command, "quarkus.http.host", "127.0.0.1");
      set(command, "quarkus.http.port", "" + port);
      set(command, "quarkus.datasource.username", "order_service");
      set(command, "quarkus.datasource.jdbc.url", stack.jdbcUrl());
      set(command, "quarkus.datasource.reactive.url", databaseUrl);
      set(command, "tapeline.secret-file", stack.secretFile().toString());
      set(command, "tapeline.parent-pid", "" + ProcessHandle.current().pid());
      set(command, "tapeline.services.orders", "http://127.0.0.1:" + port);
      // no position-service is there to speak of risk
      set(command, "orders.risk-silence", "0s");
      for (var account : accounts) {
        set(command, "tapeline.accounts.\"" + account + "\".venue", "sim");
        var limits = "orders.limits.\"" + account + "\".";
        set(command, limits + "max-order-qty", "50");
        set(command, limits + "max-position", "100000");
        set(command, limits + "max-working-orders", "100000");
        set(command, limits + "orders-per-second", "100000");
        set(command, limits + "collar-ticks", "100");
      }
      command.addAll(List.of("-jar", JAR.toString()));
      return new Replica(
          stack, port, command, Files.createTempFile("replica-" + port + "-", ".log").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void set(List<String> command, String name, String value) {
    command.add("-D" + name + "=" + value);
  }

  private Process launch() throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("QUARKUS_DATASOURCE_PASSWORD", stack.passwordOf("order_service"));
    return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  void awaitReady() {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (get("/q/health/ready").status() != 200) {
      if (!process.isAlive() || System.nanoTime() > deadline)
        throw new AssertionError("the replica is not ready; its log is " + log + "\n" + tail());
      sleep(100);
    }
  }

  void pause() {
    signal("-STOP");
  }

  void goOn() {
    signal("-CONT");
  }

  /** As a crash: no chance to tidy up. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  void startAgain() {
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, "" + process.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Said place(String account, String id, long qty) {
    return send(
        request("/api/accounts/" + account + "/orders")
            .timeout(ORDER_LIMIT)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"clOrdId":"%s","symbol":"ESH6","side":"BUY","ordType":"LIMIT","orderQty":%d,"price":"5000"}"""
                        .formatted(id, qty))));
  }

  Said cancel(String account, String id) {
    return send(request("/api/accounts/" + account + "/orders/" + id).DELETE());
  }

  Said post(String path) {
    return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
  }

  Said get(String path) {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    var token = ServiceToken.mint(secret, "ada", Scope.ADMIN, Instant.now());
    return HttpRequest.newBuilder(URI.create(url() + path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  private Said send(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      var body = answer.body();
      return new Said(
          answer.statusCode(),
          body.startsWith("{")
              ? Json.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class)
              : Json.MAPPER.nullNode());
    } catch (IOException _) {
      return new Said(0, Json.MAPPER.nullNode());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  String log() {
    try {
      return Files.readString(log.toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    var lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    signal("-CONT");
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
