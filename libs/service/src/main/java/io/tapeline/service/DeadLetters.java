package io.tapeline.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.tapeline.contract.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where market records go that a service cannot read: counted, kept on the topic's dead-letter
 * topic with the reason and the place they were found at, and passed over. What an account depends
 * on is never passed over; its consumers park it and quarantine the account.
 *
 * <p>At most {@value #PER_SECOND} a second are kept, so that a broken writer cannot fill a disk;
 * all are counted. Safe to use from any thread.
 */
@ApplicationScoped
public class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);
  private static final int PER_SECOND = 20;
  private static final Duration CLOSE = Duration.ofSeconds(2);
  private static final List<String> OF_THE_MARKET =
      List.of(
          Topics.INSTRUMENTS,
          Topics.QUOTES,
          Topics.DEPTH,
          Topics.MARKET_TRADES,
          Topics.BARS,
          Topics.FORMING_BARS,
          Topics.MARKET_STATUS);

  private final KafkaClients kafka;
  private final String service;
  private final MeterRegistry meters;
  private @Nullable KafkaProducer<String, byte[]> producer;
  private long second;
  private int kept;

  @Inject
  public DeadLetters(
      KafkaClients kafka,
      @ConfigProperty(name = "quarkus.application.name") String service,
      MeterRegistry meters) {
    this.kafka = kafka;
    this.service = service;
    this.meters = meters;
  }

  /** A count is there as zero before it grows: from nothing to one would be no increase. */
  void start(@Observes StartupEvent started) {
    OF_THE_MARKET.forEach(this::counter);
  }

  /** Counts the record and keeps it, if there is room this second; never throws. */
  public void add(ConsumerRecord<String, byte[]> unreadable, @Nullable String why) {
    var reason = String.valueOf(why).lines().findFirst().orElse("");
    counter(unreadable.topic()).increment();
    LOG.warnf(
        "%s-%d@%d of %s cannot be read: %s",
        unreadable.topic(), unreadable.partition(), unreadable.offset(), unreadable.key(), reason);
    if (!hasRoom()) return;
    var letter =
        new ProducerRecord<>(
            Topics.deadLetters(unreadable.topic()), unreadable.key(), unreadable.value());
    letter.headers().add("reason", bytes(reason)).add("service", bytes(service));
    letter.headers().add("partition", bytes(Integer.toString(unreadable.partition())));
    letter.headers().add("offset", bytes(Long.toString(unreadable.offset())));
    try {
      var _ =
          producer()
              .send(
                  letter,
                  (_, failure) -> {
                    if (failure != null)
                      LOG.warnf("a dead letter was not taken: %s", failure.getMessage());
                  });
    } catch (KafkaException e) {
      LOG.warnf("a dead letter was not taken: %s", e.getMessage());
    }
  }

  private Counter counter(String topic) {
    return meters.counter("tapeline.unreadable", "topic", topic);
  }

  private synchronized boolean hasRoom() {
    var now = System.nanoTime() / 1_000_000_000L;
    if (now != second) {
      second = now;
      kept = 0;
    }
    return ++kept <= PER_SECOND;
  }

  /** Made with the first dead letter: most services never have one. */
  private synchronized KafkaProducer<String, byte[]> producer() {
    var made = producer;
    if (made == null) {
      made =
          kafka.producer(
              Map.of(
                  ProducerConfig.CLIENT_ID_CONFIG,
                  service + "-dead-letters",
                  ProducerConfig.MAX_BLOCK_MS_CONFIG,
                  2_000L));
      producer = made;
    }
    return made;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) producer.close(CLOSE);
  }
}
