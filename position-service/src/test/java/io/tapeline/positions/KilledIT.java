package io.tapeline.positions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.Topics;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.stack.Ports;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.TestStack;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built service as a process of its own, killed while it makes its tables from a long tape. Of
 * live orders that is a test of the whole suite.
 */
class KilledIT {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
  private static final String ACCOUNT = "KILLED";
  private static final String SYMBOL = "ESM8";
  private static final Duration SOON = Duration.ofMinutes(4);

  /** So many that a start folds them in many transactions. */
  private static final int LINES = 20_000;

  @TempDir private Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(20_261_123);
  private TestStack stack;
  private int port;
  private Process process;
  private long seq;
  private long netQty;
  private long fills;

  @BeforeEach
  void theStackRuns() throws IOException {
    stack = TestStack.own();
    port = Ports.free(1).getFirst();
  }

  @AfterEach
  void everythingStops() throws InterruptedException {
    if (process != null) kill();
    if (stack != null) stack.close();
  }

  @Test
  void whoIsKilledInTheMiddleOfAReplayBooksEveryFillOnce() throws Exception {
    try (var press = Press.of(stack.bootstrapServers())) {
      press.printAll(Topics.ORDER_EVENTS, ACCOUNT, lines(LINES));
      launch();
      assertThat(killedInTheMiddle()).as("killed in the middle").isLessThan(LINES);
      launch();
    }
    awaitFolded(seq);

    var report = get("/api/accounts/" + ACCOUNT + "/verify-fold");
    assertThat(report.path("differences")).as("%s", report).isEmpty();
    assertThat(report.path("tapeSeq").asLong()).isEqualTo(seq);
    assertThat(report.path("cutSeq").asLong()).isEqualTo(seq);
    var position = get("/api/accounts/" + ACCOUNT + "/positions").path("items").path(0);
    assertThat(position.path("netQty").asLong()).isEqualTo(netQty);
    var lost = get("/api/accounts/" + ACCOUNT + "/no-lost-fill");
    assertThat(lost.path("booked").asLong()).isEqualTo(fills);
    assertThat(lost.path("notInTables")).as("%s", lost).isEmpty();
    assertThat(lost.path("journaledTwice")).isEmpty();
  }

  private List<String> lines(int count) throws IOException {
    var lines = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) lines.add(Json.MAPPER.writeValueAsString(line()));
    return lines;
  }

  private OrderEventRecord line() {
    var now = Instant.now();
    TapeEvent event = ++seq == 1 ? submitted(now) : filled();
    return new OrderEventRecord(ACCOUNT, seq, 1, now, Journal.NOON, event, null);
  }

  private static TapeEvent submitted(Instant now) {
    return new TapeEvent.OrderSubmitted(
        "o1",
        1,
        SYMBOL,
        Side.BUY,
        OrdType.MARKET,
        TimeInForce.DAY,
        1,
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        new BigDecimal("0.25"),
        new BigDecimal("12.50"),
        "USD",
        "sim",
        now,
        "c1",
        "tester",
        null);
  }

  private TapeEvent filled() {
    var side = random.nextBoolean() ? Side.BUY : Side.SELL;
    long qty = 1L + random.nextInt(5);
    netQty += side == Side.BUY ? qty : -qty;
    fills++;
    return new TapeEvent.OrderFilled(
        "o1",
        "E" + seq,
        "V1",
        SYMBOL,
        side,
        qty,
        new BigDecimal("4800.00").add(new BigDecimal("0.25").multiply(bd(random.nextInt(40)))),
        new BigDecimal("1.10"),
        null);
  }

  private static BigDecimal bd(long ticks) {
    return BigDecimal.valueOf(ticks);
  }

  /** Kills it as soon as anything is folded, and says how much is. */
  private long killedInTheMiddle() throws InterruptedException {
    var end = System.nanoTime() + SOON.toNanos();
    while (folded() == 0) {
      assertThat(System.nanoTime()).as("nothing is folded").isLessThan(end);
      assertThat(process.isAlive()).as("alive").isTrue();
      Thread.sleep(2);
    }
    kill();
    return folded();
  }

  private void awaitFolded(long lines) throws InterruptedException {
    var end = System.nanoTime() + SOON.toNanos();
    while (folded() < lines || get("/q/health/ready").isMissingNode()) {
      assertThat(System.nanoTime()).as("folded %d of %d lines", folded(), lines).isLessThan(end);
      Thread.sleep(50);
    }
  }

  /** As the table says; before there is one nothing is. */
  private long folded() {
    try (var postgres = stack.connect("position_service");
        var statement = postgres.createStatement();
        var rows =
            statement.executeQuery(
                "select seq from position_service.account_fold where account_id = '"
                    + ACCOUNT
                    + "'")) {
      return rows.next() ? rows.getLong(1) : 0;
    } catch (SQLException _) {
      return 0;
    }
  }

  private void launch() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    set(command, "kafka.bootstrap.servers", stack.bootstrapServers());
    set(command, "quarkus.http.host", "127.0.0.1");
    set(command, "quarkus.http.port", "" + port);
    set(command, "quarkus.datasource.username", "position_service");
    set(command, "quarkus.datasource.jdbc.url", stack.jdbcUrl());
    set(command, "quarkus.datasource.reactive.url", stack.reactiveUrl());
    set(command, "tapeline.secret-file", stack.secretFile().toString());
    set(command, "tapeline.parent-pid", "" + ProcessHandle.current().pid());
    set(command, "tapeline.accounts.\"" + ACCOUNT + "\".venue", "sim");
    // small transactions, so that there is a middle
    set(command, "positions.batch", "200");
    command.addAll(List.of("-jar", JAR.toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("QUARKUS_DATASOURCE_PASSWORD", stack.passwordOf("position_service"));
    var log = directory.resolve("service.log").toFile();
    process = builder.redirectOutput(appendTo(log)).start();
  }

  private static ProcessBuilder.Redirect appendTo(File log) throws IOException {
    if (!log.exists()) Files.createFile(log.toPath());
    return ProcessBuilder.Redirect.appendTo(log);
  }

  private static void set(List<String> command, String name, String value) {
    command.add("-D" + name + "=" + value);
  }

  /** As {@code kill -9}. */
  private void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** The answer; missing where there is none. */
  private JsonNode get(String path) throws InterruptedException {
    try {
      var secret = InstallationSecret.read(stack.secretFile());
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(Duration.ofSeconds(60))
              .header(
                  "Authorization",
                  "Bearer " + ServiceToken.mint(secret, "tester", Scope.READ, Instant.now()))
              .build();
      var answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      return answer.statusCode() == 200
          ? Json.MAPPER.readTree(answer.body())
          : MissingNode.getInstance();
    } catch (IOException _) {
      return MissingNode.getInstance();
    }
  }
}
