package io.tapeline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is on a topic, from its beginning; for one thread. */
public final class Tape implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One record.
   *
   * @param value the bytes as they are on the wire; a tombstone has none
   */
  public record Entry(
      String topic,
      int partition,
      long offset,
      String key,
      String value,
      Map<String, String> headers,
      Instant sentAt) {
    public JsonNode json() {
      try {
        return Json.MAPPER.readTree(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Tape(KafkaConsumer<String, byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Reads the topic of the shared stack. */
  public static Tape of(String topic) {
    return of(TestStack.shared().bootstrapServers(), topic);
  }

  public static Tape of(String bootstrapServers, String topic) {
    var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    var partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return new Tape(consumer);
  }

  /** Everything that was on the topic when this was called. */
  public List<Entry> read() {
    var ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll();
    }
    return List.copyOf(entries);
  }

  /** Waits for the first entry that matches, counting from the beginning. */
  public Entry await(Duration limit, Predicate<Entry> matches) {
    return awaitAll(limit, entries -> entries.stream().anyMatch(matches)).stream()
        .filter(matches)
        .findFirst()
        .orElseThrow();
  }

  /** Waits until the entries from the beginning satisfy the condition. */
  public List<Entry> awaitAll(Duration limit, Predicate<List<Entry>> condition) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!condition.test(List.copyOf(entries))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "not on the tape within " + limit.toMillis() + " ms; it holds " + entries);
      }
      poll();
    }
    return List.copyOf(entries);
  }

  private void poll() {
    for (var rec : consumer.poll(Duration.ofMillis(50))) {
      entries.add(entry(rec));
    }
  }

  private static Entry entry(ConsumerRecord<String, byte[]> rec) {
    var headers = new java.util.TreeMap<String, String>();
    rec.headers().forEach(h -> headers.put(h.key(), text(h.value())));
    return new Entry(
        rec.topic(),
        rec.partition(),
        rec.offset(),
        rec.key() == null ? "" : rec.key(),
        text(rec.value()),
        headers,
        Instant.ofEpochMilli(rec.timestamp()));
  }

  private static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
