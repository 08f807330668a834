package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstallationTest {
  @Test
  void aNewPairIsMarried() {
    assertThat(Installation.judge(Optional.empty(), "kafka-1", true)).isEmpty();
  }

  @Test
  void aKnownPairGoesOn() {
    assertThat(Installation.judge(Optional.of("kafka-1"), "kafka-1", false)).isEmpty();
  }

  @Test
  void aStartThatBrokeOffBeforeTheTopicsGoesOn() {
    assertThat(Installation.judge(Optional.of("kafka-1"), "kafka-1", true)).isEmpty();
  }

  @Test
  void anotherKafkaIsRefused() {
    assertThat(Installation.judge(Optional.of("kafka-1"), "kafka-2", false).orElseThrow())
        .contains("belongs to the Kafka cluster kafka-1, and this Kafka is kafka-2")
        .contains("--fresh");
  }

  @Test
  void aNewDatabaseOnAnOldTapeIsRefused() {
    assertThat(Installation.judge(Optional.empty(), "kafka-1", false).orElseThrow())
        .contains("do not belong together");
  }
}
