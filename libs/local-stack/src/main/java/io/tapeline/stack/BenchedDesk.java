package io.tapeline.stack;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The desk that is measured: one that runs, or one made for it and removed afterwards. */
final class BenchedDesk implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final Path data;
  private final @Nullable Process own;
  private final RunFile.Running running;
  private boolean kept;
  private final List<String> accounts;
  private final String token;

  private BenchedDesk(
      Path data, @Nullable Process own, RunFile.Running running, List<String> accounts) {
    this.data = data;
    this.own = own;
    this.running = running;
    token = tradeToken(bridge());
    this.accounts = accounts.isEmpty() ? practiceAccounts(bridge()) : accounts;
  }

  /** A desk that somebody runs. */
  static BenchedDesk running(Path directory) {
    var data = directory.toAbsolutePath().normalize();
    var running =
        new RunFile(data.resolve("run.json")).read().filter(RunFile.Running::isAlive).orElse(null);
    if (running == null) throw new StackException("Tapeline is not running on " + data + ".");
    return new BenchedDesk(data, null, running, List.of());
  }

  /** A desk of its own, on ports that are free, with accounts that may do what is asked of them. */
  static BenchedDesk start(int accounts) {
    try {
      var data = Files.createTempDirectory("tapeline-bench-").resolve("desk");
      System.out.println("Starting a desk in " + data + " …");
      return start(data, accounts, List.of());
    } catch (IOException e) {
      throw new StackException("The desk cannot be started: " + e + ".", e);
    }
  }

  /**
   * In a directory that may have been one's before.
   *
   * @param properties for the launcher
   */
  static BenchedDesk start(Path data, int accounts, List<String> properties) {
    try {
      var names = Bench.accountNames(accounts);
      var process =
          new ProcessBuilder(command(data, names, properties))
              .redirectErrorStream(true)
              .redirectOutput(data.resolveSibling("desk.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> abandon(process, data)));
      return new BenchedDesk(data, process, awaitReady(process, data), names);
    } catch (IOException e) {
      throw new StackException("The desk cannot be started: " + e + ".", e);
    }
  }

  private static List<String> command(Path data, List<String> accounts, List<String> properties) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(properties);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Launcher.class.getName(), "run", "--data", data.toString()));
    var ports = Ports.free(7);
    var options =
        List.of(
            "--port",
            "--orders-port",
            "--positions-port",
            "--market-port",
            "--postgres-port",
            "--kafka-port",
            "--kafka-controller-port");
    for (var i = 0; i < options.size(); i++)
      command.addAll(List.of(options.get(i), "" + ports.get(i)));
    set(command, "orders.load-test", "true");
    for (var account : accounts) {
      set(command, "tapeline.accounts.\"" + account + "\".venue", "sim");
      var limits = "orders.limits.\"" + account + "\".";
      set(command, limits + "max-order-qty", "50");
      set(command, limits + "max-position", "100000");
      set(command, limits + "max-working-orders", "100000");
      set(command, limits + "orders-per-second", "100000");
      set(command, limits + "collar-ticks", "100");
    }
    return command;
  }

  private static void set(List<String> command, String name, String value) {
    command.add("--set");
    command.add(name + "=" + value);
  }

  private static RunFile.Running awaitReady(Process process, Path data) {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      var running = new RunFile(data.resolve("run.json")).read();
      if (running.isPresent() && isReady(running.get(), data)) return running.get();
      if (!process.isAlive())
        throw new StackException(
            "The desk did not start; " + data.resolveSibling("desk.log") + " says why.");
      Waiting.pause(Duration.ofMillis(200));
    }
    throw new StackException("The desk was not ready within " + START_LIMIT.toSeconds() + " s.");
  }

  private static boolean isReady(RunFile.Running running, Path data) {
    return bridge(running, data).get("/api/status").body().path("ready").asBoolean(false);
  }

  private static BridgeClient bridge(RunFile.Running running, Path data) {
    return new BridgeClient(running.bridge(), data.resolve("secret"));
  }

  static String tradeToken(BridgeClient bridge) {
    var answer = bridge.post("/api/tokens", Map.of("name", "bench", "scope", "trade", "days", 1));
    var token = answer.body().path("token").asText("");
    if (token.isEmpty())
      throw new StackException("ui-bridge gave no token: " + answer.complaint() + ".");
    return token;
  }

  static List<String> practiceAccounts(BridgeClient bridge) {
    var items = bridge.get("/api/accounts").body().path("items");
    var found =
        StreamSupport.stream(items.spliterator(), false)
            .filter(
                row -> row.path("practice").asBoolean() && row.path("venue").asText().equals("sim"))
            .map(row -> row.path("accountId").asText())
            .toList();
    if (found.isEmpty()) throw new StackException("The desk has no practice account.");
    return found;
  }

  BridgeClient bridge() {
    return bridge(running, data);
  }

  /** The order-service itself, without the door. */
  BridgeClient orders() {
    return new BridgeClient(running.orders(), data.resolve("secret"), Duration.ofMinutes(2));
  }

  /** Every service but order-service gets no turn until this is closed. */
  Asleep ordersAlone() {
    return new Asleep(
        processes().byPart().entrySet().stream()
            .filter(part -> Suite.SERVICES.contains(part.getKey()))
            .filter(part -> !part.getKey().equals("order-service"))
            .flatMap(part -> part.getValue().stream())
            .toList());
  }

  private ProcessHandle launcher() {
    return ProcessHandle.of(running.pid())
        .orElseThrow(() -> new StackException("The desk stopped."));
  }

  int port() {
    return running.bridge().getPort();
  }

  String token() {
    return token;
  }

  List<String> accounts() {
    return accounts;
  }

  Database database() {
    return LocalPostgres.databaseIn(data.resolve("postgres"));
  }

  /** The log of one of its parts. */
  Path log(String part) {
    return data.resolve("logs").resolve(part + ".log");
  }

  DeskProcesses processes() {
    return new DeskProcesses(launcher(), LocalPostgres.pidIn(data.resolve("postgres")).orElse(-1));
  }

  ProcessorTime processorTime() {
    return new ProcessorTime(processes());
  }

  /** What the launcher of a desk of our own has said. */
  List<String> said() {
    try {
      return Files.readAllLines(data.resolveSibling("desk.log"));
    } catch (IOException e) {
      throw new StackException("The log of the desk cannot be read: " + e + ".", e);
    }
  }

  /** When it is closed its data stays, for another start. */
  BenchedDesk kept() {
    kept = true;
    return this;
  }

  @Override
  public void close() {
    if (own == null) return;
    stop(own);
    if (!kept) remove(data);
  }

  /** Whatever ends a bench, nothing of its desk stays. */
  private static void abandon(Process process, Path data) {
    stop(process);
    remove(data);
  }

  private static void remove(Path data) {
    try {
      Directories.deleteRecursively(data.resolve("..").normalize());
    } catch (IOException e) {
      System.out.println("Not removed: " + data);
    }
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
