package io.tapeline.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka node (KRaft, broker and controller) in this process, on 127.0.0.1, with a directory
 * that survives. It logs through SLF4J.
 */
public final class LocalKafka implements AutoCloseable {
  private static final int NODE = 1;
  private final KafkaRaftServer server;
  private final Options options;

  /**
   * Where one node lives.
   *
   * @param directory the node's files
   * @param port for clients
   * @param controllerPort the node talks to itself here
   * @param more settings of the broker that go before ours
   */
  public record Options(Path directory, int port, int controllerPort, Map<String, String> more) {
    public Options {
      more = Map.copyOf(more);
    }

    public Options(Path directory, int port, int controllerPort) {
      this(directory, port, controllerPort, Map.of());
    }
  }

  private LocalKafka(KafkaRaftServer server, Options options) {
    this.server = server;
    this.options = options;
  }

  /** Starts on the files that are there, or formats the directory; returns when it serves. */
  public static LocalKafka start(Options options) {
    try {
      format(options);
      var server = new KafkaRaftServer(new KafkaConfig(settings(options)), Time.SYSTEM);
      server.startup();
      return new LocalKafka(server, options);
    } catch (Exception | LinkageError e) {
      throw new StackException("Kafka did not start: " + e.getMessage(), e);
    }
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + options.port();
  }

  /** The cluster id is made once, when the directory is formatted. */
  private static void format(Options options) throws Exception {
    if (Files.exists(options.directory().resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(options.directory());
    new Formatter()
        .setNodeId(NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setDirectories(List.of(options.directory().toString()))
        .setMetadataLogDirectory(options.directory().toString())
        .setPrintStream(
            new PrintStream(java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  /** The id of the cluster whose files these are, as Kafka wrote it. */
  static String clusterIdIn(Path directory) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(directory.resolve("meta.properties"))) {
      properties.load(reader);
    }
    return properties.getProperty("cluster.id", "");
  }

  private static Map<String, String> settings(Options options) {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "" + NODE);
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(options.port(), options.controllerPort()));
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + options.port());
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + options.controllerPort());
    settings.put("log.dirs", options.directory().toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");

    // One node: every replica is this one.
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("min.insync.replicas", "1");

    // One machine, two cores, little disk.
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "3");
    settings.put("num.replica.fetchers", "1");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.threads", "1");
    settings.put("log.cleaner.dedupe.buffer.size", "" + (8 << 20));
    settings.put("log.segment.bytes", "" + (32 << 20));
    settings.put("log.index.size.max.bytes", "" + (1 << 20));
    settings.put("log.retention.check.interval.ms", "30000");
    settings.put("log.flush.interval.ms", "1000");
    settings.put("offsets.topic.segment.bytes", "" + (8 << 20));
    settings.put("metadata.log.segment.bytes", "" + (8 << 20));
    settings.put("metadata.max.retention.bytes", "" + (32 << 20));
    // After a sudden death the node waits for its own old session to expire.
    settings.put("broker.heartbeat.interval.ms", "1000");
    settings.put("broker.session.timeout.ms", "6000");
    settings.putAll(options.more());
    return settings;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
