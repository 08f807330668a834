package io.tapeline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Json;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.MetricsToken;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import io.tapeline.stack.Ports;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.Tape;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.awaitility.core.ThrowingRunnable;

/**
 * The suite as a user runs it: {@code ./tapeline run} as a process of its own, with data and ports
 * of its own.
 */
final class Desk implements AutoCloseable {
  static final Path ROOT = projectRoot();
  static final Path ES_ON_CHRISTMAS =
      ROOT.resolve("../shared/data/esh4-glbx-mdp3-20231225.mbo.dbn.zst").normalize();

  static final Duration SOON = Duration.ofMinutes(3);
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofMinutes(3);
  private static final Pattern LINK = Pattern.compile("http://\\S+/sign-in\\?code=\\S+");

  private final Path data;
  private final Process launcher;
  private final AtomicInteger orders = new AtomicInteger();
  private final StringBuilder output = new StringBuilder();
  private final int port;
  private final Map<String, Integer> ports;
  private final int kafkaPort;
  private final String signInLink;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Desk(Path data, List<String> options, boolean asShipped) {
    this.data = data;
    // of these none goes to an outgoing connection before the desk listens there
    var free = Ports.free(7);
    port = free.get(0);
    ports =
        Map.of(
            "ui-bridge", free.get(0),
            "order-service", free.get(1),
            "position-service", free.get(2),
            "market-gateway", free.get(3));
    kafkaPort = free.get(5);
    var command =
        new ArrayList<>(
            List.of(
                ROOT.resolve("tapeline").toString(),
                "run",
                "--no-build",
                "--data",
                data.toString()));
    var names =
        List.of(
            "--port",
            "--orders-port",
            "--positions-port",
            "--market-port",
            "--postgres-port",
            "--kafka-port",
            "--kafka-controller-port");
    for (var i = 0; i < names.size(); i++)
      command.addAll(List.of(names.get(i), String.valueOf(free.get(i))));
    command.addAll(options);
    launcher = process(command, asShipped);
    Thread.ofVirtual().start(this::readOutput);
    signInLink = awaitLink();
    token = newToken();
  }

  /** Starts the desk and waits until it says it is ready. */
  static Desk start(Path data, String... options) {
    return new Desk(data, List.of(options), false);
  }

  /** The same with all compilers, as a user has it: for what measures. */
  static Desk startAsShipped(Path data, String... options) {
    return new Desk(data, List.of(options), true);
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  String signInLink() {
    return signInLink;
  }

  String token() {
    return token;
  }

  Path data() {
    return data;
  }

  /** Everything that is on a topic now, partition by partition. */
  List<Tape.Entry> tape(String topic) {
    try (var tape = Tape.of("127.0.0.1:" + kafkaPort, topic)) {
      return tape.read();
    }
  }

  /** Writes on a topic what no service wrote. */
  void press(String topic, String key, String text) {
    try (var press = Press.of("127.0.0.1:" + kafkaPort)) {
      press.printText(topic, key, text);
    }
  }

  /** What the launcher has printed so far. */
  String output() {
    synchronized (output) {
      return output.toString();
    }
  }

  /** Waits until something is seen; what fails on the way may succeed the next time. */
  static void eventually(ThrowingRunnable seen) {
    eventually(Duration.ofMillis(200), seen);
  }

  private static void eventually(Duration firstAfter, ThrowingRunnable seen) {
    await()
        .atMost(SOON)
        .pollDelay(firstAfter)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .untilAsserted(seen);
  }

  JsonNode get(String path) {
    var response = call("GET", path, null);
    assertThat(response.statusCode()).as("GET %s: %s", path, response.body()).isEqualTo(200);
    return json(response);
  }

  /**
   * Places an order. Without an answer it is asked for again; after a refusal, which may pass,
   * under another id, since an id that was refused stays refused.
   *
   * @return its id
   */
  String place(String account, Map<String, ?> order) {
    var body = new HashMap<String, Object>(order);
    body.put("clOrdId", "p" + orders.incrementAndGet());
    eventually(
        Duration.ZERO,
        () -> {
          var answer = post("/api/accounts/" + account + "/orders", body);
          if (answer.statusCode() != 201 && answer.statusCode() != 504)
            body.put("clOrdId", "p" + orders.incrementAndGet());
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        });
    return body.get("clOrdId").toString();
  }

  /** What is answered to an order under an id that was never used. */
  String answerTo(String account, Map<String, ?> order) {
    var body = new HashMap<String, Object>(order);
    body.put("clOrdId", "p" + orders.incrementAndGet());
    return post("/api/accounts/" + account + "/orders", body).body();
  }

  HttpResponse<String> post(String path, Object body) {
    return call("POST", path, body);
  }

  HttpResponse<String> patch(String path, Object body) {
    return call("PATCH", path, body);
  }

  HttpResponse<String> delete(String path) {
    return call("DELETE", path, null);
  }

  /** What a service tells Prometheus. */
  String metrics(String service) {
    var answer = withTheTokenForMetrics(service, "/q/metrics");
    assertThat(answer.statusCode()).as("metrics of %s", service).isEqualTo(200);
    return answer.body();
  }

  HttpResponse<String> withTheTokenForMetrics(String service, String path) {
    try {
      var secret = InstallationSecret.read(data.resolve("secret"));
      return send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(service) + path))
              .header("Authorization", "Bearer " + MetricsToken.of(secret))
              .timeout(Duration.ofSeconds(20))
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> call(String method, String path, Object body) {
    var publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body));
    var request =
        HttpRequest.newBuilder(url(path))
            .method(method, publisher)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .timeout(Duration.ofSeconds(20))
            .build();
    return send(request);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return Json.read(response.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  /** The contract of a product to trade now, by the catalogue. */
  String frontContract(String root) {
    return StreamSupport.stream(get("/api/instruments").path("items").spliterator(), false)
        .filter(row -> row.path("root").asText().equals(root) && row.path("front").asBoolean())
        .findFirst()
        .orElseThrow()
        .path("symbol")
        .asText();
  }

  Feed feed() {
    return Feed.open(url("/ws"), token);
  }

  /** The process of a service, found among the launcher's children by its jar. */
  ProcessHandle service(String name) {
    return launcher
        .descendants()
        .filter(
            process -> process.info().commandLine().orElse("").contains("/" + name + "/target/"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " does not run:\n" + output()));
  }

  /** Ends a service as a crash would, with no chance to tidy up. */
  void kill(String name) {
    var service = service(name);
    service.destroyForcibly();
    service.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  ProcessHandle launcherProcess() {
    return launcher.toHandle();
  }

  /** Stops the desk as Ctrl-C does and proves that no process is left. */
  @Override
  public void close() {
    var family = launcher.descendants().toList();
    launcher.destroy();
    try {
      if (!launcher.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        family.forEach(ProcessHandle::destroyForcibly);
        launcher.destroyForcibly();
        throw new AssertionError("the desk did not stop in " + STOP + ":\n" + output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(family).as("processes left behind").noneMatch(ProcessHandle::isAlive));
  }

  /** As {@code ./tapeline token} does, without the second its JVM takes. */
  private String newToken() {
    try {
      var secret = InstallationSecret.read(data.resolve("secret"));
      var made =
          http.send(
              HttpRequest.newBuilder(url("/api/tokens"))
                  .POST(HttpRequest.BodyPublishers.ofString("{\"scope\":\"admin\"}"))
                  .header(
                      "Authorization",
                      "Bearer " + ServiceToken.mint(secret, "launcher", Scope.ADMIN, Instant.now()))
                  .header("Content-Type", "application/json")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      return json(made).path("token").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String awaitLink() {
    var deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      var link = LINK.matcher(output());
      if (link.find()) return link.group();
      if (!launcher.isAlive()) throw new AssertionError("the desk ended at start:\n" + output());
      pause();
    }
    launcher.descendants().forEach(ProcessHandle::destroy);
    launcher.destroy();
    throw new AssertionError("the desk was not ready in " + START + ":\n" + output());
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readOutput() {
    try (var reader = launcher.inputReader(StandardCharsets.UTF_8)) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (output) {
          output.append(line).append('\n');
        }
      }
    } catch (IOException _) {
      // the launcher ended, and its output with it
    }
  }

  /** Runs another command of the launcher to its end and returns what it printed. */
  static String run(String... arguments) {
    var command = new ArrayList<>(List.of(ROOT.resolve("tapeline").toString()));
    command.addAll(List.of(arguments));
    try {
      var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.PIPE).start();
      var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s: %s%s", command, out, err).isZero();
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What {@code ./tapeline} ends with. */
  static int exitOf(String... arguments) {
    var command = new ArrayList<>(List.of(ROOT.resolve("tapeline").toString()));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Process process(List<String> command, boolean asShipped) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      // what is only tested does not live long enough to be worth compiling well
      if (!asShipped) builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path projectRoot() {
    for (var path = Path.of("").toAbsolutePath(); path != null; path = path.getParent()) {
      if (Files.exists(path.resolve("mvnw"))) return path;
    }
    throw new IllegalStateException("not inside the project");
  }
}
