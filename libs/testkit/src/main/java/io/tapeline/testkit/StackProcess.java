package io.tapeline.testkit;

import io.tapeline.contract.Topics;
import io.tapeline.stack.Database;
import io.tapeline.stack.Directories;
import io.tapeline.stack.LocalKafka;
import io.tapeline.stack.LocalPostgres;
import io.tapeline.stack.Ports;
import io.tapeline.stack.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * Kafka and PostgreSQL for one test run, in a process of their own: class loaders of tests come and
 * go, this stays. Ends, and removes its files, when its standard input ends, so never later than
 * the tests.
 */
final class StackProcess {
  static final String READY_FILE = "ready.properties";

  private StackProcess() {}

  /** Arguments: the directory to work in, and where PostgreSQL's programs are unpacked. */
  public static void main(String[] arguments) throws Exception {
    // Once, on one thread: set up by two at the same time, log manager and SLF4J wait for each
    // other.
    System.getLogger("tapeline").log(System.Logger.Level.DEBUG, "starting");
    LoggerFactory.getLogger(StackProcess.class).debug("starting");
    var directory = Path.of(arguments[0]);
    var binaries = Path.of(arguments[1]);
    try (var stack =
        "containers".equals(System.getProperty("stack"))
            ? StackInContainers.start(directory)
            : embedded(directory, binaries)) {
      TopicSetup.apply(stack.coordinates().getProperty("bootstrap"), Topics.all());
      publish(directory, stack.coordinates());
      while (System.in.read() >= 0) {
        // nothing is ever said; the end is the message
      }
      Files.deleteIfExists(logOf(directory));
    } finally {
      Directories.deleteRecursively(directory);
    }
    System.exit(0);
  }

  /** Outside of the directory, so that it can still be read after a failed start. */
  static Path logOf(Path directory) {
    return directory.resolveSibling(directory.getFileName() + ".log");
  }

  /** Something that runs until it is closed. */
  record Running(Properties coordinates, Runnable first, Runnable second) implements AutoCloseable {
    @Override
    public void close() {
      first.run();
      second.run();
    }
  }

  private static Running embedded(Path directory, Path binaries) {
    var ports = Ports.free(3);
    var postgres =
        CompletableFuture.supplyAsync(
            () ->
                LocalPostgres.start(
                    new LocalPostgres.Options(
                        directory.resolve("postgres"),
                        binaries,
                        directory.resolve("postgres.log"),
                        ports.get(0),
                        false)));
    LocalKafka kafka;
    try {
      kafka =
          LocalKafka.start(
              new LocalKafka.Options(directory.resolve("kafka"), ports.get(1), ports.get(2)));
    } catch (RuntimeException e) {
      postgres.join().close();
      throw e;
    }
    var running = postgres.join();
    var coordinates = new Properties();
    coordinates.setProperty("bootstrap", kafka.bootstrapServers());
    coordinates.setProperty("jdbcUrl", running.jdbcUrl());
    coordinates.setProperty("reactiveUrl", running.reactiveUrl());
    for (var user : Database.USERS) {
      coordinates.setProperty("password." + user, running.passwordOf(user));
    }
    return new Running(coordinates, kafka::close, running::close);
  }

  private static void publish(Path directory, Properties coordinates) throws IOException {
    var next = directory.resolve(READY_FILE + ".next");
    try (var writer = Files.newBufferedWriter(next)) {
      coordinates.store(writer, "Kafka and PostgreSQL of one test run");
    }
    Files.move(next, directory.resolve(READY_FILE), StandardCopyOption.ATOMIC_MOVE);
  }
}
