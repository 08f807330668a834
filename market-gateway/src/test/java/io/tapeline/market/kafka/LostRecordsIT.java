package io.tapeline.market.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tapeline.contract.TradePrint;
import io.tapeline.service.KafkaClients;
import io.tapeline.testkit.TestStack;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LostRecordsIT {
  private static final class Warnings extends Handler {
    final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void publish(LogRecord record) {
      if (record.getLevel().intValue() >= Level.WARNING.intValue()) said.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void marketRecordsThatAreLostAreCountedEachAndWarnedOfOnce() {
    var meters = new SimpleMeterRegistry();
    var kafka =
        new KafkaClients(Map.of("bootstrap.servers", TestStack.shared().bootstrapServers()));
    var tape = new KafkaTape(kafka, meters);
    var logger = Logger.getLogger(KafkaTape.class.getName());
    var warnings = new Warnings();
    logger.addHandler(warnings);
    try {
      for (int i = 0; i < 50; i++) tape.print(tooLarge(i));
      assertThat(tape.lost()).isEqualTo(50);
      assertThat(meters.counter("tapeline.market.lost").count()).isEqualTo(50);
      // One now, and one more only where fifty took longer than the pause between two warnings.
      assertThat(warnings.said).hasSizeBetween(1, 5);
    } finally {
      logger.removeHandler(warnings);
      tape.close();
    }
  }

  /** No broker takes it. */
  private static TradePrint tooLarge(long id) {
    return new TradePrint(
        "LOST" + "X".repeat(1_200_000),
        id,
        BigDecimal.ONE,
        1L,
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        "lost",
        null,
        null);
  }
}
