package io.tapeline.stack;

import io.tapeline.contract.Json;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** A service as a process of its own: started, watched, started again when it dies, stopped. */
final class ServiceProcess {
  private static final int RESTARTS_PER_MINUTE = 3;
  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  /** Stopping takes a second or two; after a trial the JVM writes its cache as well. */
  private static final Duration STOP_LIMIT =
      Duration.ofSeconds(Boolean.getBoolean(ServiceSpec.TRIAL) ? 180 : 45);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  private final ServiceSpec spec;
  private final Path log;
  private final Progress progress;
  private final Deque<Long> restarts = new ArrayDeque<>();
  private Process process;
  private long logStart;
  private boolean stopping;

  private ServiceProcess(ServiceSpec spec, Path log, Progress progress) throws IOException {
    this.spec = spec;
    this.log = log;
    this.progress = progress;
    this.logStart = Logs.size(log);
    this.process = launch(spec, log);
  }

  static ServiceProcess start(ServiceSpec spec, Path log, Progress progress) {
    if (!Files.isRegularFile(spec.jar())) {
      throw new StackException(
          spec.name() + " is not built (" + spec.jar() + " is missing): run without --no-build.");
    }
    try {
      return new ServiceProcess(spec, log, progress);
    } catch (IOException e) {
      throw new StackException(spec.name() + " cannot be started: " + e.getMessage() + ".", e);
    }
  }

  private static Process launch(ServiceSpec spec, Path log) throws IOException {
    var builder =
        new ProcessBuilder(spec.command())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true);
    builder.environment().putAll(spec.environment());
    var process = builder.start();
    Thread.startVirtualThread(() -> Niceness.letOptimiserStandBack(process.pid()));
    return process;
  }

  String name() {
    return spec.name();
  }

  Path log() {
    return log;
  }

  /** Waits until it says that it is ready; a sentence tells why where it never does. */
  void awaitReady(Duration limit) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new StackException(deathSentence());
      }
      if (System.nanoTime() > deadline) {
        throw new StackException(
            "%s was not ready within %d seconds; its log is %s."
                .formatted(spec.name(), limit.toSeconds(), log));
      }
      Waiting.pause(Duration.ofMillis(100));
    }
  }

  private String deathSentence() {
    var why = Logs.lastError(log, logStart).map(line -> ": " + line).orElse(".");
    return "%s stopped while it started%s%n  Its log is %s".formatted(spec.name(), why, log);
  }

  private boolean isReady() {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + spec.port() + "/q/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() == 200) {
        return true;
      }
      refuseFailed(answer.body());
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
  }

  /** A check that says BROKEN with a reason will never pass, such as that of a broken recording. */
  private void refuseFailed(byte[] health) throws IOException {
    for (var check : Json.MAPPER.readTree(health).path("checks")) {
      var data = check.path("data");
      if (data.path("phase").asText("").equals("BROKEN")) {
        throw new StackException(
            "%s cannot go on: %s."
                .formatted(spec.name(), data.path("reason").asText("its log says why: " + log)));
      }
    }
  }

  /** Behind the others (ADR 0035), but not while it starts: all wait for the last that is ready. */
  void standBack() {
    Niceness.give(spec.niceness(), process.pid());
  }

  private void standBackWhenReady() {
    try {
      awaitReady(START_LIMIT);
      standBack();
    } catch (StackException e) {
      progress.log(spec.name() + " was started again and is not ready", e);
    }
  }

  /** From now on it is started again when it dies, within reason. */
  synchronized void keepAlive() {
    var _ = process.onExit().thenRunAsync(this::afterDeath, Thread::startVirtualThread);
  }

  private synchronized void afterDeath() {
    if (stopping) {
      return;
    }
    var now = System.nanoTime();
    restarts.addLast(now);
    while (now - restarts.getFirst() > TimeUnit.MINUTES.toNanos(1)) {
      restarts.removeFirst();
    }
    var why = Logs.lastError(log, logStart).map(line -> " Last error: " + line).orElse("");
    if (restarts.size() > RESTARTS_PER_MINUTE) {
      progress.say(
          "%s died again (%d times within a minute) and is left alone; the others go on. Its log is %s.%s"
              .formatted(spec.name(), restarts.size(), log, why));
      return;
    }
    progress.say(
        "%s died (exit code %d) and is started again; its log is %s."
            .formatted(spec.name(), process.exitValue(), log));
    try {
      logStart = Logs.size(log);
      process = launch(spec, log);
      keepAlive();
      var _ = Thread.startVirtualThread(this::standBackWhenReady);
    } catch (IOException e) {
      progress.log(spec.name() + " cannot be started again", e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** From now on it is not started again. */
  synchronized void letGo() {
    stopping = true;
  }

  /** Does not wait until it has. */
  void askToStop() {
    letGo();
    process.destroy();
  }

  /** Asks it to stop, waits, and insists. */
  void stop() {
    askToStop();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        progress.say(spec.name() + " did not stop in time and is ended.");
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
