package io.tapeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclOperation;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.tapeline.contract.TopicSpec;
import io.tapeline.contract.Topics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** One writer per fact, as data: what the cluster's Kafka allows is what topics.yaml states. */
class TapeAccessTest {
  private static final String CONSUMERS = "consumers";
  static final java.util.List<String> SERVICES = Sources.SERVICES;
  static final java.util.List<TopicSpec> TOPICS = Topics.all();

  @Test
  void everyTopicIsAResourceOfTheCluster() {
    var stated = new TreeSet<String>();
    var made = new TreeSet<String>();
    TOPICS.forEach(topic -> stated.add(topic.name()));
    topicResources().forEach((name, _) -> made.add(name));
    assertThat(made).isEqualTo(stated);
  }

  @ParameterizedTest
  @FieldSource("TOPICS")
  void itIsCutAndKeptAsStated(TopicSpec topic) {
    var resource = topicResources().get(topic.name());
    assertThat(resource).isNotNull();
    assertThat(resource.getSpec().getPartitions()).isEqualTo(topic.partitions());
    assertThat(resource.getMetadata().getLabels()).containsEntry("strimzi.io/cluster", "tapeline");
    var config = resource.getSpec().getConfig();
    var retention = topic.retention();
    assertThat(config.get("cleanup.policy")).isEqualTo(topic.compacted() ? "compact" : "delete");
    assertThat(number(config.get("retention.ms")))
        .isEqualTo(retention == null ? -1 : retention.toMillis());
    assertThat(number(config.get("segment.ms"))).isEqualTo(topic.segment().toMillis());
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  @ParameterizedTest
  @FieldSource("TOPICS")
  void onlyItsWriterMayWriteATopic(TopicSpec topic) {
    var writers = new TreeSet<String>();
    for (var service : SERVICES) {
      if (allowed(service, AclOperation.WRITE).contains(topic.name())) writers.add(service);
    }
    if (topic.writer().equals(CONSUMERS)) {
      // what could not be read is set aside by those who read it
      var source = topic.name().replaceFirst("[.]dlq$", "");
      assertThat(writers).isNotEmpty();
      for (var writer : writers)
        assertThat(allowed(writer, AclOperation.READ)).as(writer).contains(source);
    } else {
      assertThat(writers).containsExactly(topic.writer());
    }
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void aServiceMayUseTheTopicsItsCodeNames(String service) {
    var may = new TreeSet<>(allowed(service, AclOperation.READ));
    may.addAll(allowed(service, AclOperation.WRITE));
    assertThat(may).containsAll(Sources.topics(service));
  }

  private static Map<String, KafkaTopic> topicResources() {
    var byName = new TreeMap<String, KafkaTopic>();
    for (var topic : Manifests.in("overlays/production", KafkaTopic.class)) {
      assertThat(byName.put(topic.getMetadata().getName(), topic)).isNull();
    }
    return byName;
  }

  private static Set<String> allowed(String service, AclOperation operation) {
    var user =
        Manifests.in("overlays/production", KafkaUser.class).stream()
            .filter(u -> u.getMetadata().getName().equals(service))
            .findFirst()
            .orElseThrow();
    var topics = new TreeSet<String>();
    var rules = ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization()).getAcls();
    for (var rule : rules) {
      assertThat(rule.getOperations()).isNotEmpty();
      if (rule.getResource() instanceof AclRuleTopicResource topic
          && rule.getOperations().contains(operation)) {
        topics.add(topic.getName());
      }
    }
    return topics;
  }
}
