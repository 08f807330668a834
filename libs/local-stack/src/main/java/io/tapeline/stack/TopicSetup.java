package io.tapeline.stack;

import io.tapeline.contract.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;

/** Brings a cluster's topics to what {@code deploy/topics.yaml} states: creates, never changes. */
public final class TopicSetup {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private TopicSetup() {}

  /**
   * What has to be done so that a cluster has the topics.
   *
   * @param missing to be created
   * @param complaint a sentence, where a topic is there with another partition count
   */
  record Plan(List<TopicSpec> missing, Optional<String> complaint) {}

  static Plan plan(List<TopicSpec> wanted, Map<String, Integer> partitionsByTopic) {
    var missing = new ArrayList<TopicSpec>();
    var complaint = Optional.<String>empty();
    for (var topic : wanted) {
      var partitions = partitionsByTopic.get(topic.name());
      if (partitions == null) {
        missing.add(topic);
      } else if (partitions != topic.partitions() && complaint.isEmpty()) {
        complaint = Optional.of(otherCount(topic, partitions));
      }
    }
    return new Plan(List.copyOf(missing), complaint);
  }

  private static String otherCount(TopicSpec topic, int partitions) {
    return "Topic %s has %d partitions where deploy/topics.yaml states %d: the partition count is for life, so this Kafka holds another installation's tape."
        .formatted(topic.name(), partitions, topic.partitions());
  }

  /** Creates what is missing; refuses a cluster whose topics have another partition count. */
  public static void apply(String bootstrapServers, List<TopicSpec> wanted) {
    try (var admin = admin(bootstrapServers)) {
      var plan = plan(wanted, partitionsByTopic(admin, wanted));
      plan.complaint()
          .ifPresent(
              sentence -> {
                throw new StackException(sentence);
              });
      if (!plan.missing().isEmpty()) {
        var replicas = (short) Math.min(3, await(admin.describeCluster().nodes()).size());
        var topics = plan.missing().stream().map(topic -> newTopic(topic, replicas)).toList();
        await(admin.createTopics(topics).all());
      }
    }
  }

  /** For tests: every topic anew and empty. */
  public static void recreate(String bootstrapServers, List<TopicSpec> topics) {
    try (var admin = admin(bootstrapServers)) {
      await(admin.deleteTopics(partitionsByTopic(admin, topics).keySet()).all());
    }
    apply(bootstrapServers, topics);
  }

  /** The partition counts of those of our topics that are there. */
  static Map<String, Integer> partitionsByTopic(Admin admin, List<TopicSpec> wanted) {
    var names = wanted.stream().map(TopicSpec::name).toList();
    var there = await(admin.listTopics().names());
    var ours = names.stream().filter(there::contains).toList();
    var counts = new TreeMap<String, Integer>();
    await(admin.describeTopics(ours).allTopicNames())
        .forEach((name, description) -> counts.put(name, description.partitions().size()));
    return counts;
  }

  static Admin admin(String bootstrapServers) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            AdminClientConfig.CLIENT_ID_CONFIG, "tapeline-launcher",
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000",
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000"));
  }

  private static NewTopic newTopic(TopicSpec topic, short replicas) {
    var config = new TreeMap<String, String>();
    config.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        topic.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
    var retention = topic.retention();
    config.put(
        TopicConfig.RETENTION_MS_CONFIG, retention == null ? "-1" : "" + retention.toMillis());
    config.put(TopicConfig.RETENTION_BYTES_CONFIG, "" + topic.retentionBytes());
    config.put(TopicConfig.SEGMENT_MS_CONFIG, "" + topic.segment().toMillis());
    if (topic.retentionBytes() > 0) {
      // Retention works on whole segments: four of them keep a topic near its bound.
      var segment = Math.clamp(topic.retentionBytes() / 4, 1 << 20, 32 << 20);
      config.put(TopicConfig.SEGMENT_BYTES_CONFIG, "" + segment);
    }
    return new NewTopic(topic.name(), topic.partitions(), replicas).configs(config);
  }

  static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new StackException("Kafka refused: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new StackException("Kafka gave no answer within " + LIMIT.toSeconds() + " seconds.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while waiting for Kafka", e);
    }
  }
}
