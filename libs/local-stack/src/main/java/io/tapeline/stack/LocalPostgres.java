package io.tapeline.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One PostgreSQL of our own: unpacked from Maven artifacts, on 127.0.0.1, with passwords, and
 * durable: what it acknowledged survives its sudden death.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final String ADMIN = "tapeline_admin";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final Options options;
  private final Path home;
  private final Passwords passwords;

  /**
   * Where one PostgreSQL lives.
   *
   * @param directory the cluster's files; the passwords are kept beside it
   * @param binaries where the programs are unpacked to
   * @param log PostgreSQL's own log file
   * @param durable false only for tests that measure nothing and keep nothing
   */
  public record Options(Path directory, Path binaries, Path log, int port, boolean durable) {}

  private LocalPostgres(Options options, Path home, Passwords passwords) {
    this.options = options;
    this.home = home;
    this.passwords = passwords;
  }

  /** Starts on the files that are there, or makes them; returns when connections are taken. */
  public static LocalPostgres start(Options options) {
    var home = PostgresBinaries.unpackedUnder(options.binaries());
    var postgres = new LocalPostgres(options, home, passwordsBeside(options.directory()));
    postgres.initialise();
    postgres.stopLeftover();
    postgres.launch();
    postgres.provision();
    return postgres;
  }

  /** Ends the PostgreSQL that a killed launcher left running on these files. */
  static void stopLeftover(Options options) {
    if (pidIn(options.directory()).isPresent()) {
      var home = PostgresBinaries.unpackedUnder(options.binaries());
      new LocalPostgres(options, home, passwordsBeside(options.directory())).stopLeftover();
    }
  }

  private static Passwords passwordsBeside(Path directory) {
    try {
      Files.createDirectories(directory.getParent());
    } catch (IOException e) {
      throw new StackException("Cannot create " + directory.getParent() + ": " + e.getMessage(), e);
    }
    var users = new ArrayList<>(Database.USERS);
    users.add(ADMIN);
    return Passwords.keptIn(
        directory.resolveSibling(directory.getFileName() + "-passwords"), users);
  }

  public int port() {
    return options.port();
  }

  public String jdbcUrl() {
    return database().jdbcUrl();
  }

  public String reactiveUrl() {
    return database().reactiveUrl();
  }

  public String passwordOf(String user) {
    return passwords.of(user);
  }

  /** The way in for whoever owns the installation. */
  Database database() {
    return new Database("127.0.0.1", options.port(), ADMIN, passwords.of(ADMIN));
  }

  /** The way in to a PostgreSQL that runs on these files. */
  static Database databaseIn(Path directory) {
    try {
      var port = Integer.parseInt(Files.readAllLines(directory.resolve("postmaster.pid")).get(3));
      return new Database("127.0.0.1", port, ADMIN, passwordsBeside(directory).of(ADMIN));
    } catch (IOException | RuntimeException e) {
      throw new StackException("No PostgreSQL of ours runs on " + directory + ".", e);
    }
  }

  /** The postmaster's process, where one is running on these files. */
  OptionalLong pid() {
    return pidIn(options.directory());
  }

  static OptionalLong pidIn(Path directory) {
    var file = directory.resolve("postmaster.pid");
    try {
      return OptionalLong.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()));
    } catch (IOException | RuntimeException e) {
      return OptionalLong.empty();
    }
  }

  private void initialise() {
    if (Files.exists(options.directory().resolve("PG_VERSION"))) {
      return;
    }
    // initdb works in a directory of another name: a half made one is never mistaken for data.
    var fresh = options.directory().resolveSibling(options.directory().getFileName() + "-new");
    var passwordFile = fresh.resolveSibling(fresh.getFileName() + "-password");
    try {
      Directories.deleteRecursively(fresh);
      Files.deleteIfExists(passwordFile);
      Files.createFile(
          passwordFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(passwordFile, passwords.of(ADMIN));
      var command = new ArrayList<>(List.of(home.resolve("bin/initdb").toString()));
      command.addAll(List.of("-D", fresh.toString(), "-U", ADMIN, "-E", "UTF8"));
      command.addAll(List.of("--locale=C", "--locale-provider=builtin"));
      command.addAll(List.of("--builtin-locale=C.UTF-8", "--auth=scram-sha-256"));
      command.addAll(List.of("--pwfile=" + passwordFile, "--no-instructions"));
      // every commit waits while a file of the log is made: for one of 16 MB some 100 ms
      command.add("--wal-segsize=1");
      if (!options.durable()) {
        command.add("--no-sync");
      }
      var outcome = Commands.run(Commands.unprivileged(command), START_LIMIT);
      if (!outcome.isSuccess()) {
        throw new StackException(
            "PostgreSQL could not create its files in " + fresh + ": " + outcome.output());
      }
      Files.writeString(fresh.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
      Files.move(fresh, options.directory());
    } catch (IOException e) {
      throw new StackException(
          "PostgreSQL could not create its files in " + fresh + ": " + e.getMessage(), e);
    } finally {
      passwordFile.toFile().delete();
    }
  }

  /** A launcher that was killed may have left its PostgreSQL behind, or only its pid file. */
  private void stopLeftover() {
    var pid = pid();
    if (pid.isEmpty()) {
      return;
    }
    var process = ProcessHandle.of(pid.getAsLong());
    var isPostgres =
        process.flatMap(p -> p.info().command()).filter(c -> c.endsWith("postgres")).isPresent();
    if (isPostgres) {
      stop();
    } else {
      options.directory().resolve("postmaster.pid").toFile().delete();
    }
  }

  private void launch() {
    try {
      Files.createDirectories(options.log().toAbsolutePath().getParent());
      Files.writeString(
          options.directory().resolve("postgresql.auto.conf"), settings(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StackException("PostgreSQL's settings cannot be written: " + e.getMessage(), e);
    }
    var start =
        pgCtl("start", "-w", "-t", "" + START_LIMIT.toSeconds(), "-l", options.log().toString());
    var outcome = Commands.run(start, START_LIMIT.plusSeconds(5));
    if (!outcome.isSuccess()) {
      throw new StackException(
          "PostgreSQL did not start on port "
              + options.port()
              + "; its log is "
              + options.log()
              + ".");
    }
  }

  private String settings() {
    var durable = options.durable() ? "on" : "off";
    return """
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    password_encryption = 'scram-sha-256'
    fsync = %s
    full_page_writes = %s
    synchronous_commit = on
    max_connections = 120
    shared_buffers = '64MB'
    max_wal_size = '512MB'
    min_wal_size = '128MB'
    jit = off
    timezone = 'UTC'
    log_timezone = 'UTC'
    log_min_messages = 'warning'
    log_min_error_statement = 'panic'
    log_checkpoints = off
    shared_preload_libraries = 'pg_stat_statements'
    """
        .formatted(options.port(), durable, durable);
  }

  private void provision() {
    try {
      database().provision(passwords);
    } catch (SQLException e) {
      close();
      throw new StackException(
          "The database users could not be set up: " + Database.reason(e) + ".", e);
    }
  }

  private List<String> pgCtl(String... arguments) {
    var command = new ArrayList<>(List.of(home.resolve("bin/pg_ctl").toString()));
    command.addAll(List.of("-D", options.directory().toString(), "-s"));
    command.addAll(List.of(arguments));
    return Commands.unprivileged(command);
  }

  Path directory() {
    return options.directory();
  }

  /**
   * The command that stops it; {@code fast} rolls back what is open, {@code immediate} drops it.
   */
  List<String> stopCommand(String mode) {
    return pgCtl("stop", "-m", mode, "-w", "-t", "" + STOP_LIMIT.toSeconds());
  }

  private void stop() {
    if (!Commands.run(stopCommand("fast"), STOP_LIMIT.plusSeconds(5)).isSuccess()
        && pid().isPresent()) {
      var _ = Commands.run(stopCommand("immediate"), STOP_LIMIT.plusSeconds(5));
    }
  }

  @Override
  public void close() {
    stop();
  }
}
