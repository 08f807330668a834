package io.tapeline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the desk, says where it is, and stays until it is told to stop. */
@Command(
    name = "run",
    sortOptions = false,
    description = "Start the desk: PostgreSQL, Kafka, the four services.")
final class RunCommand implements Callable<Integer> {
  private static final Duration SAY_AGAIN = Duration.ofSeconds(15);

  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() throws InterruptedException {
    options.check();
    var script =
        options.orders == null ? List.<OrderScript.Step>of() : OrderScript.read(options.orders);
    var progress = new Progress(System.out);
    var data = DataDirectory.open(options.dataDirectory());
    if (options.fresh) {
      LocalPostgres.stopLeftover(
          new LocalPostgres.Options(
              data.postgres(), data.binaries(), data.log("postgres"), options.postgresPort, true));
      data.removeContents();
    }
    Logs.writeTo(data.logs());
    progress.say(
        "Tapeline, data in %s, venue %s"
            .formatted(data.root(), options.isReplay() ? "replay" : "sim"));

    var suite = new Suite(projectRoot(), options, data, progress);
    Runtime.getRuntime().addShutdownHook(new Thread(suite::stop, "stop"));
    try {
      return live(suite, data, progress, script);
    } catch (StackException e) {
      if (suite.isStopping()) {
        // What fails while everything is being stopped is no news; the process ends any moment.
        new CountDownLatch(1).await();
      }
      throw e;
    }
  }

  private int live(
      Suite suite, DataDirectory data, Progress progress, List<OrderScript.Step> script)
      throws InterruptedException {
    suite.start();
    Thread.ofVirtual().start(() -> boundLogsForEver(suite));

    var bridge = new BridgeClient(Services.at(options.port), data.secret());
    awaitVenueAndQuote(bridge, progress);
    if (Boolean.getBoolean(ServiceSpec.TRIAL)) {
      Trial.run(bridge, Services.at(options.port));
      return 0;
    }
    progress.say(
        "The desk is ready after %.1f s. Ctrl-C stops it.%nOpen:"
            .formatted(progress.sinceStart().toMillis() / 1000.0));
    progress.sayPrivately("  " + Services.at(options.port) + signInPath(bridge));

    if (options.isReplay()) {
      playToTheEnd(bridge, progress, script);
      if (options.exitAtEnd) {
        return 0;
      }
    }
    new CountDownLatch(1).await();
    return 0;
  }

  private void playToTheEnd(BridgeClient bridge, Progress progress, List<OrderScript.Step> script) {
    if (options.orders != null) {
      new ScriptedReplay(bridge, progress).run(script);
    }
    ReplayWatch.awaitEnd(bridge);
    progress.say(ReplayWatch.report(bridge.get("/api/replay").body()));
  }

  static Path projectRoot() {
    return Path.of(System.getProperty("tapeline.home", ".")).toAbsolutePath().normalize();
  }

  private static void boundLogsForEver(Suite suite) {
    while (true) {
      Waiting.pause(Duration.ofSeconds(10));
      suite.boundLogs();
    }
  }

  private void awaitVenueAndQuote(BridgeClient bridge, Progress progress) {
    var begin = System.nanoTime();
    var sayAt = begin + SAY_AGAIN.toNanos();
    while (true) {
      var status = bridge.get("/api/status");
      if (status.body().path("ready").asBoolean(false) || isHeldAtStart(status.body())) {
        progress.ready("venue and quote", Duration.ofNanos(System.nanoTime() - begin));
        return;
      }
      if (options.isReplay()) {
        ReplayWatch.refuseFailed(bridge.get("/api/replay").body());
      }
      if (System.nanoTime() > sayAt) {
        sayAt = System.nanoTime() + SAY_AGAIN.toNanos();
        progress.say("  still waiting: " + whatFor(status));
      }
      Waiting.pause(Duration.ofMillis(100));
    }
  }

  /** A script holds the replay before its first record: no quote can be there yet. */
  private boolean isHeldAtStart(JsonNode status) {
    var waitingFor = status.path("waitingFor");
    return options.orders != null
        && !waitingFor.isEmpty()
        && StreamSupport.stream(waitingFor.spliterator(), false)
            .allMatch(what -> what.asText().contains("quote"));
  }

  private static String whatFor(BridgeClient.Answer status) {
    if (!status.isSuccess()) {
      return "ui-bridge says " + status.complaint();
    }
    var parts = status.body().path("waitingFor");
    return StreamSupport.stream(parts.spliterator(), false)
        .map(JsonNode::asText)
        .reduce((one, other) -> one + ", " + other)
        .orElse("the first quote");
  }

  private static String signInPath(BridgeClient bridge) {
    var answer = bridge.post("/api/sign-in-links", Map.of());
    return Optional.of(answer.body().path("path").asText(""))
        .filter(path -> answer.isSuccess() && path.startsWith("/"))
        .orElseThrow(
            () ->
                new StackException("ui-bridge gave no sign-in link: " + answer.complaint() + "."));
  }
}
