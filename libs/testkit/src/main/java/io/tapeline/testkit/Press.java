package io.tapeline.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tapeline.contract.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes records as a service would; each is on the topic when the call returns. */
public final class Press implements AutoCloseable {
  private final KafkaProducer<String, byte[]> producer;

  private Press(KafkaProducer<String, byte[]> producer) {
    this.producer = producer;
  }

  /** Writes to the shared stack. */
  public static Press shared() {
    return of(TestStack.shared().bootstrapServers());
  }

  public static Press of(String bootstrapServers) {
    return new Press(
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.LINGER_MS_CONFIG, "0"),
            new StringSerializer(),
            new ByteArraySerializer()));
  }

  /** A wire record, written by the contract's mapper. */
  public RecordMetadata print(String topic, String key, Object row) {
    try {
      return printText(topic, key, Json.MAPPER.writeValueAsString(row));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a wire record: " + row, e);
    }
  }

  /** Any text, for example one that no consumer can read. */
  public RecordMetadata printText(String topic, String key, String text) {
    return await(
        producer.send(new ProducerRecord<>(topic, key, text.getBytes(StandardCharsets.UTF_8))));
  }

  /** Many at once, one right after the other; all are on the topic when the call returns. */
  public void printAll(String topic, String key, List<String> texts) {
    for (var sent :
        texts.stream()
            .map(text -> new ProducerRecord<>(topic, key, text.getBytes(StandardCharsets.UTF_8)))
            .map(producer::send)
            .toList()) await(sent);
  }

  private static RecordMetadata await(Future<RecordMetadata> sent) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka did not take the record", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
