package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.contract.TopicSpec;
import io.tapeline.contract.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {
  @TempDir Path place;
  private final List<Integer> ports = Ports.free(3);

  @Test
  void theTapeSurvivesARestartAndTopicsAreStatedOnce() throws Exception {
    String cluster;
    try (var kafka = LocalKafka.start(options("kafka"))) {
      TopicSetup.apply(kafka.bootstrapServers(), Topics.all());
      cluster = LocalKafka.clusterIdIn(place.resolve("kafka"));
      try (var producer =
          new KafkaProducer<String, String>(
              Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
              new StringSerializer(),
              new StringSerializer())) {
        for (var i = 0; i < 100; i++) {
          producer.send(new ProducerRecord<>(Topics.ORDER_EVENTS, 3, "A", "fact " + i)).get();
        }
      }
    }
    try (var kafka = LocalKafka.start(options("kafka"))) {
      TopicSetup.apply(kafka.bootstrapServers(), Topics.all());
      assertThat(LocalKafka.clusterIdIn(place.resolve("kafka"))).isEqualTo(cluster);
      assertThat(read(kafka, new TopicPartition(Topics.ORDER_EVENTS, 3)))
          .hasSize(100)
          .endsWith("fact 99");

      var orders = spec(Topics.ORDER_EVENTS);
      var other =
          new TopicSpec(orders.name(), "account", "x", 13, false, null, -1, Duration.ofHours(1));
      assertThatThrownBy(() -> TopicSetup.apply(kafka.bootstrapServers(), List.of(other)))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("has 12 partitions where deploy/topics.yaml states 13");
    }
  }

  /**
   * The broker opens every batch; a codec it lacks would refuse a producer's records one and all.
   */
  @Test
  void everyCompressionAProducerMayChooseIsTaken() throws Exception {
    var text = "a".repeat(1_000);
    try (var kafka = LocalKafka.start(options("kafka"))) {
      TopicSetup.apply(kafka.bootstrapServers(), List.of(spec(Topics.QUOTES)));
      for (var compression : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
        try (var producer =
            new KafkaProducer<String, String>(
                Map.of(
                    "bootstrap.servers", kafka.bootstrapServers(), "compression.type", compression),
                new StringSerializer(),
                new StringSerializer())) {
          producer.send(new ProducerRecord<>(Topics.QUOTES, 0, "ESH4", text + compression)).get();
        }
      }
      assertThat(read(kafka, new TopicPartition(Topics.QUOTES, 0)))
          .containsExactly(
              text + "none", text + "gzip", text + "snappy", text + "lz4", text + "zstd");
    }
  }

  @Test
  void dataThatDoesNotBelongTogetherIsRefused() throws Exception {
    var postgresOptions =
        new LocalPostgres.Options(
            place.resolve("postgres"),
            TestPlaces.BINARIES,
            place.resolve("postgres.log"),
            ports.get(2),
            false);
    try (var postgres = LocalPostgres.start(postgresOptions)) {
      try (var kafka = LocalKafka.start(options("kafka"))) {
        Installation.check(postgres.database(), kafka.bootstrapServers(), Topics.all());
        TopicSetup.apply(kafka.bootstrapServers(), Topics.all());
        Installation.check(postgres.database(), kafka.bootstrapServers(), Topics.all());
      }
      try (var stranger = LocalKafka.start(options("kafka of somebody else"))) {
        assertThatThrownBy(
                () ->
                    Installation.check(
                        postgres.database(), stranger.bootstrapServers(), Topics.all()))
            .isInstanceOf(StackException.class)
            .hasMessageContaining("do not belong together")
            .hasMessageContaining("--fresh");
      }
    }
  }

  private LocalKafka.Options options(String directory) {
    return new LocalKafka.Options(place.resolve(directory), ports.get(0), ports.get(1));
  }

  private static TopicSpec spec(String name) {
    return Topics.all().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> read(LocalKafka kafka, TopicPartition partition) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var end = consumer.endOffsets(List.of(partition)).get(partition);
      var values = new ArrayList<String>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(found -> values.add(found.value()));
      }
      return values;
    }
  }
}
