package io.tapeline.service;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes every client of Kafka that a service has, so that all an installation says of its Kafka
 * ({@code kafka.*}: where it is, by which certificate one gets in) reaches each of them. What the
 * caller sets goes before it. Keys are text, values bytes. Who asks for a client closes it.
 */
@ApplicationScoped
public class KafkaClients {
  private final Map<String, Object> installation;
  private final Traces traces;

  public KafkaClients(Map<String, Object> installation) {
    this(installation, Traces.off());
  }

  @Inject
  KafkaClients(
      @Identifier("default-kafka-broker") Map<String, Object> installation, Traces traces) {
    this.traces = traces;
    this.installation = new HashMap<>(installation);
    // Quarkus adds one, the service's name; a reader belongs to a group only if it says so
    this.installation.remove(ConsumerConfig.GROUP_ID_CONFIG);
  }

  /** A reader whose offsets are committed by hand, if at all. */
  public KafkaConsumer<String, byte[]> consumer(Map<String, Object> own) {
    var settings = new HashMap<>(installation);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    traces.ofReader(settings);
    settings.putAll(own);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** A writer that neither loses nor repeats what was acknowledged. */
  public KafkaProducer<String, byte[]> producer(Map<String, Object> own) {
    var settings = new HashMap<>(installation);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    traces.ofWriter(settings);
    settings.putAll(own);
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * Records on the partitions that a reader was assigned and has not read, as of its last answer.
   */
  public static long lag(KafkaConsumer<String, byte[]> reader) {
    return reader.assignment().stream()
        .mapToLong(partition -> reader.currentLag(partition).orElse(0))
        .sum();
  }

  Admin admin() {
    return Admin.create(installation);
  }
}
