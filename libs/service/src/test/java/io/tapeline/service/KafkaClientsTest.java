package io.tapeline.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** None of these clients ever reaches a Kafka: there is none at that port. */
class KafkaClientsTest {
  private static final List<Map<String, Object>> TOLD = new ArrayList<>();

  private final KafkaClients kafka =
      new KafkaClients(
          Map.of(
              "bootstrap.servers",
              "127.0.0.1:1",
              "security.protocol",
              "SASL_PLAINTEXT",
              "sasl.mechanism",
              "PLAIN",
              "sasl.jaas.config",
              PLAIN_LOGIN,
              "group.id",
              "the-service",
              "linger.ms",
              "7",
              CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
              Listener.class.getName()));

  private static final String PLAIN_LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"desk\" password=\"p\";";

  /** Every client tells its reporters what it was made with. */
  public static final class Listener implements MetricsReporter {
    @Override
    public void configure(Map<String, ?> settings) {
      TOLD.add(Map.copyOf(settings));
    }

    @Override
    public void init(List<KafkaMetric> metrics) {}

    @Override
    public void metricChange(KafkaMetric metric) {}

    @Override
    public void metricRemoval(KafkaMetric metric) {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void nothingWasTold() {
    TOLD.clear();
  }

  @Test
  void howOneGetsInReachesEveryClient() {
    kafka.consumer(Map.of()).close(CloseOptions.timeout(Duration.ZERO));
    kafka.producer(Map.of()).close(Duration.ZERO);
    kafka.admin().close(Duration.ZERO);
    assertThat(TOLD)
        .hasSize(3)
        .allSatisfy(
            settings ->
                assertThat(settings)
                    .containsEntry("security.protocol", "SASL_PLAINTEXT")
                    .containsEntry("sasl.mechanism", "PLAIN")
                    .containsEntry("sasl.jaas.config", PLAIN_LOGIN));
  }

  @Test
  void whatAClientNeedsGoesBeforeWhatTheInstallationSays() {
    kafka.producer(Map.of("linger.ms", 0)).close(Duration.ZERO);
    assertThat(TOLD.getFirst()).containsEntry("linger.ms", 0);
  }

  @Test
  void aReaderBelongsToNoGroupUnlessItSaysSo() {
    kafka.consumer(Map.of()).close(CloseOptions.timeout(Duration.ZERO));
    kafka.consumer(Map.of("group.id", "mine")).close(CloseOptions.timeout(Duration.ZERO));
    assertThat(TOLD.getFirst()).doesNotContainKey("group.id");
    assertThat(TOLD.getLast()).containsEntry("group.id", "mine");
  }
}
