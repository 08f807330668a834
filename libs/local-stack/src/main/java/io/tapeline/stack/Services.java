package io.tapeline.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The four services with all their settings, in the order in which they are started. */
final class Services {
  /**
   * Of every service. Four services share one machine with Kafka and PostgreSQL: a request that
   * changes threads waits for a turn each time, and two loops a core wait for each other.
   */
  private static final int EVENT_LOOPS =
      Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /**
   * What lies behind the answer to an order stands back for what makes it (ADR 0035): on a machine
   * that is full, a click otherwise waits behind the positions of the clicks before it.
   */
  private static final int BEHIND_THE_ANSWER = 5;

  private final Path projectRoot;
  private final RunOptions options;
  private final DataDirectory data;
  private final Backing backing;

  /** The Kafka and PostgreSQL that the services share. */
  record Backing(String bootstrapServers, Database database, Passwords passwords) {}

  Services(Path projectRoot, RunOptions options, DataDirectory data, Backing backing) {
    this.projectRoot = projectRoot;
    this.options = options;
    this.data = data;
    this.backing = backing;
  }

  List<ServiceSpec> all() {
    return List.of(
        service("market-gateway", options.marketPort, BEHIND_THE_ANSWER, replaySettings()),
        service("order-service", options.ordersPort, 0, Map.of()),
        service("position-service", options.positionsPort, BEHIND_THE_ANSWER, Map.of()),
        service("ui-bridge", options.port, 0, Map.of()));
  }

  /** In a file: command lines have an end, and everybody can read them. */
  private Path writtenDown() {
    var file = data.settings();
    var properties = new Properties();
    properties.putAll(options.set);
    // above what the services bring along, below what the launcher tells them
    properties.setProperty("config_ordinal", "350");
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "Settings of ./tapeline run --set");
      return file;
    } catch (IOException e) {
      throw new StackException("Cannot write " + file + ": " + e.getMessage() + ".", e);
    }
  }

  static URI at(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private ServiceSpec service(
      String name, int port, int niceness, Map<String, String> ownSettings) {
    var user = name.replace('-', '_');
    var settings = new TreeMap<>(ownSettings);
    settings.put("kafka.bootstrap.servers", backing.bootstrapServers());
    settings.put("quarkus.http.host", "127.0.0.1");
    settings.put("quarkus.http.port", "" + port);
    settings.put("quarkus.vertx.event-loops-pool-size", "" + EVENT_LOOPS);
    settings.put("quarkus.datasource.username", user);
    settings.put("quarkus.datasource.jdbc.url", backing.database().jdbcUrl());
    settings.put("quarkus.datasource.reactive.url", backing.database().reactiveUrl());
    settings.put("tapeline.secret-file", data.secret().toString());
    settings.put("tapeline.parent-pid", "" + ProcessHandle.current().pid());
    settings.put("tapeline.venue", options.isReplay() ? "replay" : "sim");
    settings.put("tapeline.services.bridge", at(options.port).toString());
    settings.put("tapeline.services.orders", at(options.ordersPort).toString());
    settings.put("tapeline.services.positions", at(options.positionsPort).toString());
    settings.put("tapeline.services.market", at(options.marketPort).toString());
    if (!options.set.isEmpty()) settings.put("smallrye.config.locations", writtenDown().toString());
    return new ServiceSpec(
        name,
        projectRoot.resolve(name).resolve("target/quarkus-app/quarkus-run.jar"),
        port,
        niceness,
        settings,
        Map.of("QUARKUS_DATASOURCE_PASSWORD", backing.passwords().of(user)));
  }

  private Map<String, String> replaySettings() {
    if (!options.isReplay()) {
      return Map.of();
    }
    var settings = new TreeMap<String, String>();
    settings.put(
        "tapeline.replay.files",
        options.replay.stream()
            // A comma separates the files, so one inside a name is escaped.
            .map(file -> file.toAbsolutePath().normalize().toString().replace(",", "\\,"))
            .collect(Collectors.joining(",")));
    settings.put("tapeline.replay.speed", options.speed);
    settings.put("tapeline.replay.keep-gaps", "" + options.keepGaps);
    settings.put("tapeline.replay.start-held", "" + (options.orders != null));
    if (options.from != null) {
      settings.put("tapeline.replay.from", options.from);
    }
    if (options.to != null) {
      settings.put("tapeline.replay.to", options.to);
    }
    return settings;
  }
}
