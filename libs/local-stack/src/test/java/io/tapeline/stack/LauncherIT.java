package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher, PostgreSQL and Kafka; only the four services are stand-ins. */
class LauncherIT {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path place;

  private final List<Integer> ports = Ports.free(7);
  private Launched launched;

  @BeforeEach
  void shareTheUnpackedPrograms() throws Exception {
    var data = Launched.data(place);
    DataDirectory.open(data).close();
    PostgresBinaries.unpackedUnder(TestPlaces.BINARIES);
    Files.createSymbolicLink(data.resolve("bin"), TestPlaces.BINARIES);
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    if (launched != null) {
      launched.interrupt();
      launched.awaitExit();
    }
  }

  @Test
  void ctrlCStopsEverythingInOrderAndTheNextStartGoesOn() throws Exception {
    launched = Launched.run(place, ports);
    launched.awaitOutput("/sign-in?code=abc");
    assertThat(launched.output())
        .contains(
            "PostgreSQL         ready", "Kafka              ready", "ui-bridge          ready")
        .contains("  http://127.0.0.1:" + ports.get(0) + "/sign-in?code=abc");
    var children = launched.children();
    var secret = Files.readString(Launched.data(place).resolve("secret"));

    launched.interrupt();
    assertThat(launched.awaitExit()).isEqualTo(130);
    assertThat(launched.diary())
        .endsWith(
            "stopped ui_bridge",
            "stopped market_gateway",
            "stopped order_service",
            "stopped position_service");
    assertThat(launched.output()).contains("Stopped after");
    awaitGone(children);
    for (var port : ports) {
      assertThat(Ports.isBusy(port)).as("port %d", port).isFalse();
    }
    assertThat(Launched.data(place).resolve("run.json")).doesNotExist();

    launched = Launched.run(place, ports);
    launched.awaitOutput("/sign-in?code=abc");
    assertThat(Files.readString(Launched.data(place).resolve("secret"))).isEqualTo(secret);

    // A second launcher on the same data, a token, and a service that dies.
    var second = Launched.run(place, Ports.free(7));
    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.output()).startsWith("tapeline: Tapeline is already running on ");

    var token =
        Launched.start(
            place,
            ports,
            List.of("token", "--data", Launched.data(place).toString(), "--scope", "read"));
    assertThat(token.awaitExit()).isZero();
    assertThat(token.output()).startsWith("tok-").contains("read").hasLineCount(1);

    var before = launched.diary().size();
    service("order_service").destroyForcibly();
    launched.awaitOutput("order-service died (exit code 137) and is started again");
    launched.await("started again", () -> launched.diary().size() > before);
    assertThat(launched.diary()).endsWith("started order_service");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatLiesBehindTheAnswerStandsBackOnceAllAreReadyAndAfterADeath() throws Exception {
    launched = Launched.run(place, ports);
    launched.awaitOutput("/sign-in?code=abc");
    assertThat(nicenesses("market_gateway", false)).hasSizeGreaterThan(5).containsOnly(5);
    assertThat(nicenesses("order_service", false)).hasSizeGreaterThan(5).containsOnly(0);
    launched.await(
        "what optimises stands back further",
        () ->
            nicenesses("market_gateway", true).equals(List.of(10))
                && nicenesses("order_service", true).equals(List.of(5)));

    service("position_service").destroyForcibly();
    launched.awaitOutput("position-service died (exit code 137) and is started again");
    launched.await(
        "all of its threads stand back",
        () -> {
          var found = nicenesses("position_service", false);
          return found.size() > 5
              && Set.copyOf(found).equals(Set.of(5))
              && nicenesses("position_service", true).equals(List.of(10));
        });
  }

  /** Of each thread that optimises, or of each that does not. */
  private List<Integer> nicenesses(String user, boolean optimises) {
    var found = new ArrayList<Integer>();
    for (var process : launched.children()) {
      if (!process.info().commandLine().orElse("").contains("username=" + user)) continue;
      try (var threads = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
        for (var thread : threads) {
          var line = Files.readString(thread.resolve("stat"));
          if (line.contains("(C2 CompilerThre") != optimises) continue;
          // behind the name, which may hold anything, it is the 17th
          found.add(Integer.parseInt(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[16]));
        }
      } catch (IOException e) {
        // a thread or the process ended meanwhile
      }
    }
    return found;
  }

  @Test
  void aKilledLauncherLeavesNothingAndTheNextOneStarts() throws Exception {
    launched = Launched.run(place, ports);
    launched.awaitOutput("/sign-in?code=abc");
    var children = launched.children();
    var postgres = LocalPostgres.pidIn(Launched.data(place).resolve("postgres")).orElseThrow();
    launched.kill();
    launched.awaitExit();
    awaitGone(children);
    awaitGone(ProcessHandle.of(postgres).stream().toList());

    launched = Launched.run(place, ports);
    launched.awaitOutput("/sign-in?code=abc");
  }

  @Test
  void aBusyPortIsNamedWithTheOptionThatChangesIt() throws Exception {
    try (var taken =
        new ServerSocket(ports.get(3), 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      launched = Launched.run(place, ports);
      assertThat(launched.awaitExit()).isEqualTo(1);
      assertThat(launched.output())
          .contains(
              "tapeline: Port "
                  + taken.getLocalPort()
                  + ", which market-gateway needs, is taken by another program: stop that one, or choose another port with --market-port.")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aServiceThatDoesNotStartIsNamedWithItsLastError() throws Exception {
    var logs = Files.createDirectories(Launched.data(place).resolve("logs"));
    Files.createFile(logs.resolve("market_gateway-must-fail"));
    launched = Launched.run(place, ports);
    assertThat(launched.awaitExit()).isEqualTo(1);
    assertThat(launched.output())
        .contains(
            "tapeline: market-gateway stopped while it started: 12:00 ERROR the venue's file is truncated")
        .contains("Its log is " + logs.resolve("market-gateway.log"));
  }

  @Test
  void aScriptIsSentAtItsTimesAndTheFactsArePrinted() throws Exception {
    var recording = Files.write(place.resolve("day.dbn"), new byte[] {'D', 'B', 'N', 1});
    var script =
        Files.writeString(
            place.resolve("orders.jsonl"),
            """
            {"at":"2023-12-25T23:00:00Z","account":"REPLAY","op":"place","body":{"clOrdId":"A1"}}
            {"at":"2023-12-25T23:00:01Z","account":"REPLAY","op":"place","body":{"clOrdId":"BAD"}}
            {"at":"2023-12-25T23:00:02Z","account":"REPLAY","op":"cancel","body":{"clOrdId":"A1"}}
            """);
    launched =
        Launched.run(
            place,
            ports,
            "--replay",
            recording.toString(),
            "--speed=max",
            "--orders",
            script.toString(),
            "--exit-at-end");
    assertThat(launched.awaitExit()).isZero();
    assertThat(launched.output())
        .contains("PLACE of BAD denied: MAX_ORDER_QTY: max=10")
        .contains("Order script: 2 accepted, 1 denied.")
        .contains("Replay facts\n  records: 42\n  byKind: \n    add: 40\n");
  }

  @Test
  void aTokenWithoutARunningDeskIsRefusedInOneSentence() throws Exception {
    launched =
        Launched.start(
            place, ports, List.of("token", "--data", place.resolve("nowhere").toString()));
    assertThat(launched.awaitExit()).isEqualTo(1);
    assertThat(launched.output())
        .startsWith("tapeline: Tapeline is not running on ")
        .hasLineCount(1);
  }

  private ProcessHandle service(String user) {
    return launched.children().stream()
        .filter(
            child ->
                child.info().commandLine().orElse("").contains("datasource.username=" + user + " "))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitGone(List<ProcessHandle> processes) {
    var deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
      assertThat(System.nanoTime())
          .as(
              "still there: %s",
              processes.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::info).toList())
          .isLessThan(deadline);
      Waiting.pause(Duration.ofMillis(100));
    }
  }
}
