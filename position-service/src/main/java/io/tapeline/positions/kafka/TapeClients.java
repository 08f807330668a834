package io.tapeline.positions.kafka;

import io.tapeline.positions.app.PositionsConfig;
import io.tapeline.service.KafkaClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** How this service reads and writes the tape. */
@ApplicationScoped
class TapeClients {
  private final KafkaClients kafka;
  private final PositionsConfig config;

  @Inject
  TapeClients(KafkaClients kafka, PositionsConfig config) {
    this.kafka = kafka;
    this.config = config;
  }

  /**
   * A member of the group that shares the accounts. Short time-outs and a name of its own, so that
   * a replica that comes back, or the one that takes over, goes on within seconds.
   */
  KafkaConsumer<String, byte[]> member() {
    var settings = reader();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
    settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(CooperativeStickyAssignor.class));
    return kafka.consumer(settings);
  }

  /** A reader that belongs to no group and is told what to read. */
  KafkaConsumer<String, byte[]> loner() {
    var settings = reader();
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    return kafka.consumer(settings);
  }

  private Map<String, Object> reader() {
    var settings = new HashMap<String, Object>();
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batch());
    // a long journal is folded in few large transactions
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
    return settings;
  }

  KafkaProducer<String, byte[]> producer() {
    return kafka.producer(
        Map.of(
            ProducerConfig.LINGER_MS_CONFIG, 0,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000));
  }
}
