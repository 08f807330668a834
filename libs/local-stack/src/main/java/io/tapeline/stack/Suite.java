package io.tapeline.stack;

import io.tapeline.contract.Topics;
import io.tapeline.door.InstallationSecret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole desk on this machine: started in an order that works, stopped in one that loses
 * nothing.
 */
final class Suite {
  private static final Duration READY_LIMIT = Duration.ofMinutes(4);
  private static final Duration PORT_LIMIT = Duration.ofSeconds(15);

  /** In the order in which they are stopped: the door first, what the others write to last. */
  static final List<String> SERVICES =
      List.of("ui-bridge", "market-gateway", "order-service", "position-service");

  private final Path projectRoot;
  private final RunOptions options;
  private final DataDirectory data;
  private final Progress progress;
  private final List<ServiceProcess> services = new ArrayList<>();
  private @Nullable CompletableFuture<LocalPostgres> postgres;
  private @Nullable CompletableFuture<LocalKafka> kafka;
  private volatile boolean stopping;
  private boolean stopped;

  Suite(Path projectRoot, RunOptions options, DataDirectory data, Progress progress) {
    this.projectRoot = projectRoot;
    this.options = options;
    this.data = data;
    this.progress = progress;
  }

  /** Returns when every service says that it is ready. */
  void start() {
    awaitPorts();
    var backing = startBacking();
    createSecret();
    Installation.check(backing.database(), backing.bootstrapServers(), Topics.all());
    TopicSetup.apply(backing.bootstrapServers(), Topics.all());
    startServices(backing);
    writeRunFile();
  }

  /** What a killed launcher left behind may need a moment to notice and to stop. */
  private void awaitPorts() {
    var leftovers = data.runFile().read().isPresent();
    var deadline = System.nanoTime() + (leftovers ? PORT_LIMIT.toNanos() : 0);
    if (options.postgres == null) {
      LocalPostgres.stopLeftover(postgresOptions());
    }
    for (var claim : options.portClaims()) {
      while (Ports.isBusy(claim.port())) {
        if (System.nanoTime() > deadline) {
          throw new StackException(claim.busySentence());
        }
        Waiting.pause(Duration.ofMillis(200));
      }
    }
    data.runFile().remove();
  }

  private Services.Backing startBacking() {
    progress.say("Starting PostgreSQL and Kafka …");
    if (options.postgres == null) {
      postgres = timed("PostgreSQL", this::startPostgres);
    }
    if (options.kafka == null) {
      kafka = timed("Kafka", this::startKafka);
    }
    var database = postgres == null ? externalDatabase() : join(postgres).database();
    var bootstrap = kafka == null ? externalKafka() : join(kafka).bootstrapServers();
    return new Services.Backing(bootstrap, database, passwords());
  }

  private LocalPostgres.Options postgresOptions() {
    return new LocalPostgres.Options(
        data.postgres(), data.binaries(), data.log("postgres"), options.postgresPort, true);
  }

  private LocalPostgres startPostgres() {
    var started = LocalPostgres.start(postgresOptions());
    PostgresGuard.watch(started);
    return started;
  }

  private LocalKafka startKafka() {
    return LocalKafka.start(
        new LocalKafka.Options(data.kafka(), options.kafkaPort, options.kafkaControllerPort));
  }

  /** Not before PostgreSQL is there: it writes the same file at its first start. */
  private Passwords passwords() {
    return Passwords.keptIn(data.passwords(), Database.USERS);
  }

  private Database externalDatabase() {
    var admin = options.externalPostgres().orElseThrow();
    var database = new Database(admin.host(), admin.port(), admin.user(), admin.password());
    try {
      database.provision(passwords());
      return database;
    } catch (SQLException e) {
      throw new StackException(
          "The PostgreSQL at %s:%d (--postgres) cannot be used: %s."
              .formatted(admin.host(), admin.port(), Database.reason(e)),
          e);
    }
  }

  private String externalKafka() {
    var servers = String.valueOf(options.kafka);
    var first = servers.contains(",") ? servers.substring(0, servers.indexOf(',')) : servers;
    var colon = first.lastIndexOf(':');
    try (var socket = new Socket()) {
      var port = Integer.parseInt(first.substring(colon + 1));
      socket.connect(new InetSocketAddress(first.substring(0, colon), port), 5000);
      return servers;
    } catch (IOException e) {
      throw new StackException("No Kafka answers at " + first + " (--kafka): " + e + ".", e);
    }
  }

  private void createSecret() {
    try {
      var _ = InstallationSecret.readOrCreate(data.secret());
    } catch (IOException e) {
      throw new StackException(
          "The installation's secret " + data.secret() + " cannot be used: " + e + ".", e);
    }
  }

  private void startServices(Services.Backing backing) {
    progress.say("Starting the services …");
    var begin = System.nanoTime();
    var specs = new Services(projectRoot, options, data, backing).all();
    for (var spec : specs) {
      synchronized (services) {
        if (stopping) {
          throw new StackException("stopped while it was starting");
        }
        services.add(ServiceProcess.start(spec, data.log(spec.name()), progress));
      }
    }
    var waits = new ArrayList<CompletableFuture<Void>>();
    for (var service : List.copyOf(services)) {
      waits.add(
          CompletableFuture.runAsync(
              () -> {
                service.awaitReady(READY_LIMIT);
                progress.ready(service.name(), Duration.ofNanos(System.nanoTime() - begin));
                service.keepAlive();
              },
              Thread::startVirtualThread));
    }
    // The first that fails speaks; the others are stopped with everything else.
    var all = CompletableFuture.allOf(waits.toArray(CompletableFuture[]::new));
    var firstFailure = new CompletableFuture<Void>();
    for (var wait : waits) {
      var _ =
          wait.exceptionally(
              failure -> {
                firstFailure.completeExceptionally(failure);
                return null;
              });
    }
    var _ = join(CompletableFuture.anyOf(all, firstFailure));
    List.copyOf(services).forEach(ServiceProcess::standBack);
  }

  private void writeRunFile() {
    try {
      data.runFile()
          .write(
              new RunFile.Running(
                  ProcessHandle.current().pid(),
                  Services.at(options.port),
                  Services.at(options.ordersPort)));
    } catch (IOException e) {
      throw new StackException("Cannot write in " + data.root() + ": " + e + ".", e);
    }
  }

  /** Logs of other processes are bounded from here: they write, we cut. */
  void boundLogs() {
    for (var service : List.copyOf(services)) {
      Logs.bound(service.log());
    }
    Logs.bound(data.log("postgres"));
  }

  private <T> CompletableFuture<T> timed(String part, Supplier<T> start) {
    var begin = System.nanoTime();
    return CompletableFuture.supplyAsync(
        () -> {
          var started = start.get();
          progress.ready(part, Duration.ofNanos(System.nanoTime() - begin));
          return started;
        },
        task -> Thread.ofPlatform().name(part).start(task));
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StackException known) {
        throw known;
      }
      throw e;
    }
  }

  boolean isStopping() {
    return stopping;
  }

  /** In order, each with a time limit; safe to call twice. */
  synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    synchronized (services) {
      stopping = true;
    }
    var begin = System.nanoTime();
    progress.say("Stopping …");
    stopServices();
    stopBacking(kafka);
    stopBacking(postgres);
    data.runFile().remove();
    data.close();
    progress.say("Stopped after %.1f s.".formatted((System.nanoTime() - begin) / 1e9));
    LaunchLogs.close();
  }

  private void stopServices() {
    List<ServiceProcess> running;
    synchronized (services) {
      running = List.copyOf(services);
    }
    // A signal to the whole process group ends them all at once: none of that is a death.
    running.forEach(ServiceProcess::letGo);
    // A trial has nothing to lose: all write their caches at once.
    if (Boolean.getBoolean(ServiceSpec.TRIAL)) {
      running.forEach(ServiceProcess::askToStop);
    }
    for (var name : SERVICES) {
      running.stream().filter(s -> s.name().equals(name)).forEach(ServiceProcess::stop);
    }
  }

  private void stopBacking(@Nullable CompletableFuture<? extends AutoCloseable> part) {
    if (part == null) {
      return;
    }
    try {
      part.get(60, TimeUnit.SECONDS).close();
    } catch (ExecutionException | TimeoutException e) {
      progress.log("was never there to be stopped", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      progress.log("did not stop well", e);
    }
  }
}
