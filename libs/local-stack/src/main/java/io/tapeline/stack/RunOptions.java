package io.tapeline.stack;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code ./tapeline run} can be told. */
final class RunOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept (default: $$TAPELINE_DATA or ~/.tapeline).")
  @Nullable Path data;

  @Option(names = "--fresh", description = "Start over: remove what is in the data directory.")
  boolean fresh;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Play recorded market data (Databento DBN, plain or zstd); may be repeated.")
  List<Path> replay = new ArrayList<>();

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      description = "How many times faster than recorded (default: 1).")
  String speed = "1";

  @Option(names = "--from", paramLabel = "TIME", description = "Play from this recorded time on.")
  @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Play up to this recorded time.")
  @Nullable String to;

  @Option(
      names = "--keep-gaps",
      description = "Play pauses of the recording that are longer than 5 s as they are.")
  boolean keepGaps;

  @Option(
      names = "--orders",
      paramLabel = "FILE",
      description = "Send these orders at their venue times (with --replay).")
  @Nullable Path orders;

  @Option(
      names = "--exit-at-end",
      description = "Stop when the replay has ended, after its facts report.")
  boolean exitAtEnd;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Use this Kafka instead of our own.")
  @Nullable String kafka;

  @Option(
      names = "--postgres",
      paramLabel = "URL",
      description =
          "Use this PostgreSQL instead of our own: postgresql://admin:password@host:port. The user must be allowed to make roles and databases.")
  @Nullable String postgres;

  @Option(names = "--port", paramLabel = "PORT", description = "The desk (default: 8080).")
  int port = 8080;

  @Option(
      names = "--orders-port",
      paramLabel = "PORT",
      description = "order-service (default: 8081).")
  int ordersPort = 8081;

  @Option(
      names = "--positions-port",
      paramLabel = "PORT",
      description = "position-service (default: 8082).")
  int positionsPort = 8082;

  @Option(
      names = "--market-port",
      paramLabel = "PORT",
      description = "market-gateway (default: 8083).")
  int marketPort = 8083;

  @Option(
      names = "--postgres-port",
      paramLabel = "PORT",
      description = "PostgreSQL (default: 15432).")
  int postgresPort = 15432;

  @Option(names = "--kafka-port", paramLabel = "PORT", description = "Kafka (default: 19092).")
  int kafkaPort = 19092;

  @Option(
      names = "--kafka-controller-port",
      paramLabel = "PORT",
      description = "Kafka's controller (default: 19093).")
  int kafkaControllerPort = 19093;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A setting for every service, such as an account or a limit; may be repeated.")
  Map<String, String> set = new TreeMap<>();

  @Option(names = "--no-build", description = "Do not look whether something has to be built.")
  boolean noBuild;

  boolean isReplay() {
    return !replay.isEmpty();
  }

  Path dataDirectory() {
    return data == null ? defaultData() : data;
  }

  static Path defaultData() {
    var variable = System.getenv("TAPELINE_DATA");
    if (variable != null && !variable.isBlank()) {
      return Path.of(variable);
    }
    // Not user.home: Java takes that from the password file, whatever HOME says.
    var home = System.getenv("HOME");
    return Path.of(home == null ? System.getProperty("user.home") : home, ".tapeline");
  }

  /** Refuses what cannot work, before anything is started. */
  void check() {
    if (!isReplay() && (from != null || to != null || keepGaps || orders != null || exitAtEnd)) {
      throw new StackException(
          "--from, --to, --keep-gaps, --orders and --exit-at-end go with --replay FILE.");
    }
    if (!isReplay() && !speed.equals("1")) {
      throw new StackException("--speed goes with --replay FILE.");
    }
    checkSpeed();
    time("--from", from);
    time("--to", to);
    replay.forEach(ReplayFiles::check);
    checkPorts();
    var _ = externalPostgres();
    externalKafka();
  }

  private void checkSpeed() {
    try {
      if (!speed.equals("max") && Double.parseDouble(speed) <= 0) {
        throw new NumberFormatException();
      }
    } catch (NumberFormatException e) {
      throw new StackException("--speed is a number above 0, or max; not " + speed + ".", e);
    }
  }

  private static void time(String option, @Nullable String value) {
    try {
      if (value != null) {
        var _ = Instant.parse(value);
      }
    } catch (DateTimeParseException e) {
      throw new StackException(
          option + " is a UTC time like 2023-12-25T22:59:00Z; not " + value + ".", e);
    }
  }

  private void checkPorts() {
    for (var claim : portClaims()) {
      if (claim.port() < 1 || claim.port() > 65535) {
        throw new StackException(
            claim.option() + " is a number from 1 to 65535; not " + claim.port() + ".");
      }
    }
    for (var claim : portClaims()) {
      for (var other : portClaims()) {
        if (!claim.equals(other) && claim.port() == other.port()) {
          throw new StackException(
              claim.option() + " and " + other.option() + " are both " + claim.port() + ".");
        }
      }
    }
  }

  /**
   * A port that will be listened on.
   *
   * @param who wants it
   * @param option changes it
   */
  record PortClaim(int port, String who, String option) {
    String busySentence() {
      return "Port %d, which %s needs, is taken by another program: stop that one, or choose another port with %s."
          .formatted(port, who, option);
    }
  }

  List<PortClaim> portClaims() {
    var claims = new ArrayList<PortClaim>();
    claims.add(new PortClaim(port, "ui-bridge", "--port"));
    claims.add(new PortClaim(ordersPort, "order-service", "--orders-port"));
    claims.add(new PortClaim(positionsPort, "position-service", "--positions-port"));
    claims.add(new PortClaim(marketPort, "market-gateway", "--market-port"));
    if (postgres == null) {
      claims.add(new PortClaim(postgresPort, "PostgreSQL", "--postgres-port"));
    }
    if (kafka == null) {
      claims.add(new PortClaim(kafkaPort, "Kafka", "--kafka-port"));
      claims.add(
          new PortClaim(kafkaControllerPort, "Kafka's controller", "--kafka-controller-port"));
    }
    return List.copyOf(claims);
  }

  Optional<PostgresUrl> externalPostgres() {
    if (postgres == null) {
      return Optional.empty();
    }
    return Optional.of(PostgresUrl.parse(postgres));
  }

  private void externalKafka() {
    if (kafka != null && !kafka.matches("[^:/,\\s]+:\\d{1,5}(,[^:/,\\s]+:\\d{1,5})*")) {
      throw new StackException("--kafka is HOST:PORT; not " + kafka + ".");
    }
  }
}
