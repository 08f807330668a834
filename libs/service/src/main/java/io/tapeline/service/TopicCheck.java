package io.tapeline.service;

import io.quarkus.runtime.StartupEvent;
import io.tapeline.contract.TopicSpec;
import io.tapeline.contract.Topics;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Refuses to start on account topics of another partition count: the streams of accounts would
 * move.
 */
@ApplicationScoped
class TopicCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 200;

  private final TapelineConfig config;
  private final KafkaClients kafka;

  @Inject
  TopicCheck(TapelineConfig config, KafkaClients kafka) {
    this.config = config;
    this.kafka = kafka;
  }

  void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
    if (!config.checkTopics()) return;
    var specs = Topics.all().stream().filter(TopicSpec::accountKeyed).toList();
    var found = describe(specs.stream().map(TopicSpec::name).toList());
    for (var spec : specs) {
      var partitions =
          Objects.requireNonNull(found.get(spec.name()), spec.name()).partitions().size();
      if (partitions != spec.partitions()) {
        throw new IllegalStateException(
            "topic %s has %d partitions, not %d: an account's stream would move. Growth is a new topic version with a cut-over"
                .formatted(spec.name(), partitions, spec.partitions()));
      }
    }
  }

  /** Topics made a moment ago may not be known to every broker yet. */
  private Map<String, TopicDescription> describe(List<String> topics) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var admin = kafka.admin()) {
      while (true) {
        try {
          return admin
              .describeTopics(topics)
              .allTopicNames()
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
          if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
              || System.nanoTime() > deadline) {
            throw new IllegalStateException(
                "the topics cannot be described; is kafka.bootstrap.servers right, are they created?",
                e);
          }
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while describing topics", e);
    }
  }
}
