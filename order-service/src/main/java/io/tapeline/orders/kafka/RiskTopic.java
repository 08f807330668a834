package io.tapeline.orders.kafka;

import io.quarkus.runtime.StartupEvent;
import io.tapeline.contract.AccountRow;
import io.tapeline.contract.Json;
import io.tapeline.contract.Topics;
import io.tapeline.contract.UnreadableRecordException;
import io.tapeline.orders.app.RiskWatch;
import io.tapeline.service.KafkaClients;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows what the risk rules say of every account, from the newest row of each that there is.
 * Every replica reads all of it, since any of them may own the account next; nothing is committed.
 */
@ApplicationScoped
class RiskTopic {
  private static final Logger LOG = Logger.getLogger(RiskTopic.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final RiskWatch watch;
  private final KafkaClients kafka;
  private volatile boolean running = true;
  private @Nullable Thread thread;

  @Inject
  RiskTopic(RiskWatch watch, KafkaClients kafka) {
    this.watch = watch;
    this.kafka = kafka;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().name("risk-topic").daemon().start(this::run);
  }

  @PreDestroy
  void stop() throws InterruptedException {
    running = false;
    if (thread != null) thread.join(POLL.multipliedBy(5));
  }

  private void run() {
    while (running) {
      try {
        follow();
      } catch (InterruptException _) {
        return;
      } catch (KafkaException e) {
        LOG.warnf("risk topic: %s; starting over", e.getMessage());
        VenueReports.pause(Duration.ofSeconds(1));
      }
    }
  }

  private void follow() {
    try (var consumer =
        kafka.consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"))) {
      var partitions =
          consumer.partitionsFor(Topics.ACCOUNTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var before = consumer.endOffsets(partitions);
      while (running) {
        for (var message : consumer.poll(POLL)) {
          var partition = new TopicPartition(message.topic(), message.partition());
          learn(message, message.offset() >= before.getOrDefault(partition, 0L));
        }
      }
    }
  }

  /** What cannot be read says nothing: silence is found out by itself. */
  private void learn(ConsumerRecord<String, byte[]> message, boolean live) {
    if (message.value() == null) return;
    try {
      var row = Json.read(message.value(), AccountRow.class);
      if (row.accountId() == null
          || !row.accountId().equals(message.key())
          || row.version() == null)
        throw new IllegalArgumentException("the row of another account, or of none");
      watch.told(row, live);
    } catch (UnreadableRecordException | IllegalArgumentException e) {
      LOG.warnf(
          "risk state at %s-%d, offset %d: %s",
          message.topic(), message.partition(), message.offset(), e.getMessage());
    }
  }
}
