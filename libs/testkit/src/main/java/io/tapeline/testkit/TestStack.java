package io.tapeline.testkit;

import io.tapeline.contract.Topics;
import io.tapeline.stack.Database;
import io.tapeline.stack.TopicSetup;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Real Kafka with all topics and real PostgreSQL with all users, started once per JVM and shared by
 * every test in it.
 *
 * <p>The process is found again through a system property, because Quarkus loads test classes (and
 * so this one) with more than one class loader.
 */
public final class TestStack implements AutoCloseable {
  private static final String PLACE = "tapeline.testkit.stack";
  private static final String FAILED = "failed";

  /** What the caller says about the stack, passed on to the process that starts it. */
  private static final List<String> SETTINGS =
      List.of("stack", "stack.postgres.image", "stack.kafka.image");

  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private final Path directory;
  private final Properties coordinates;

  /** Kafka's, which holds PostgreSQL's life in its hands; null: that of the shared stack. */
  private final @Nullable Process process;

  private boolean frozen;

  private TestStack(Path directory, Properties coordinates, @Nullable Process process) {
    this.directory = directory;
    this.coordinates = coordinates;
    this.process = process;
  }

  /** A stack of the caller's own, whose Kafka it may stop. */
  public static TestStack own() throws IOException {
    var started = start();
    return new TestStack(started.directory(), coordinates(started.directory()), started.process());
  }

  /** Kafka does nothing and says nothing until it is thawed; PostgreSQL goes on. */
  public void freezeKafka() {
    var container = kafkaContainer();
    if (container == null) {
      signal("-STOP");
    } else {
      StackInContainers.freeze(container);
      frozen = true;
    }
  }

  public void thawKafka() {
    var container = kafkaContainer();
    if (container == null) {
      signal("-CONT");
    } else if (frozen) {
      StackInContainers.thaw(container);
      frozen = false;
    }
  }

  private @Nullable String kafkaContainer() {
    return coordinates.getProperty(StackInContainers.KAFKA_CONTAINER);
  }

  private void signal(String signal) {
    if (process == null) throw new IllegalStateException("the shared stack is not to be stopped");
    try {
      var kill = new ProcessBuilder("kill", signal, "" + process.pid()).start();
      if (kill.waitFor() != 0) throw new IllegalStateException("kill " + signal + " failed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends a stack of one's own; the shared one ends with the JVM. */
  @Override
  public void close() {
    if (process == null) return;
    try {
      thawKafka();
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The stack of this JVM; the first caller waits for its start. */
  public static TestStack shared() {
    synchronized (Runtime.getRuntime()) {
      try {
        var place = System.getProperty(PLACE);
        if (FAILED.equals(place)) {
          throw new IOException("Kafka and PostgreSQL for tests did not start, as said before");
        }
        System.setProperty(PLACE, FAILED);
        var directory = place == null ? start().directory() : Path.of(place);
        System.setProperty(PLACE, directory.toString());
        return new TestStack(directory, coordinates(directory), null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public String bootstrapServers() {
    return coordinates.getProperty("bootstrap");
  }

  public String jdbcUrl() {
    return coordinates.getProperty("jdbcUrl");
  }

  public String reactiveUrl() {
    return coordinates.getProperty("reactiveUrl");
  }

  /** The password of one of the database users, for example {@code order_service}. */
  public String passwordOf(String user) {
    return coordinates.getProperty("password." + user);
  }

  /** The installation's secret, as every service reads it. */
  public Path secretFile() {
    return directory.resolve("secret");
  }

  /** A plain connection as one of the database users, in its own schema. */
  public Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user, passwordOf(user));
  }

  /** Empties the schemas of a database user, as before the first migration. */
  public void wipeDatabase(String user) throws SQLException {
    try (var connection = connect(user);
        var statement = connection.createStatement()) {
      for (var schema : Database.SCHEMAS_BY_USER.getOrDefault(user, List.of())) {
        for (var drop : drops(connection, schema)) {
          statement.execute(drop);
        }
      }
    }
  }

  /** Makes every topic anew, empty. */
  public void wipeTopics() {
    TopicSetup.recreate(bootstrapServers(), Topics.all());
  }

  private static List<String> drops(Connection connection, String schema) throws SQLException {
    var drops = new ArrayList<String>();
    // The user owns what is in the schema but cannot make the schema again.
    try (var query =
        connection.prepareStatement(
            """
            select format('drop %s if exists %I.%I cascade',
                case relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, nspname, relname)
              from pg_class join pg_namespace n on n.oid = relnamespace
             where nspname = ? and relkind in ('r', 'p', 'v', 'S')
            """)) {
      query.setString(1, schema);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          drops.add(rows.getString(1));
        }
      }
    }
    return drops;
  }

  private record Started(Path directory, Process process) {}

  private static Started start() throws IOException {
    var directory = Files.createTempDirectory("tapeline-test-stack-");
    writeSecret(directory.resolve("secret"));
    var log = StackProcess.logOf(directory).toFile();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    for (var setting : SETTINGS) {
      var value = System.getProperty(setting);
      if (value != null) command.add("-D" + setting + "=" + value);
    }
    command.add(StackProcess.class.getName());
    command.add(directory.toString());
    command.add(sharedBinaries().toString());
    var builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    var process = builder.redirectErrorStream(true).redirectOutput(log).start();
    // Holds the process, and so its standard input, until this JVM ends.
    Thread.ofPlatform().daemon().name("test stack").start(() -> process.onExit().join());
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.exists(directory.resolve(StackProcess.READY_FILE))) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroy();
        throw new IOException("Kafka and PostgreSQL for tests did not start: " + tail(log));
      }
      pause();
    }
    return new Started(directory, process);
  }

  private static Path sharedBinaries() {
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "tapeline-binaries-" + System.getProperty("user.name"));
  }

  private static String tail(File log) throws IOException {
    var lines = Files.readAllLines(log.toPath());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  private static Properties coordinates(Path directory) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(directory.resolve(StackProcess.READY_FILE))) {
      properties.load(reader);
    }
    return properties;
  }

  private static void writeSecret(Path file) throws IOException {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the test stack starts", e);
    }
  }
}
