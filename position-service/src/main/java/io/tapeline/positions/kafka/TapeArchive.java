package io.tapeline.positions.kafka;

import io.tapeline.contract.Json;
import io.tapeline.contract.Topics;
import io.tapeline.contract.UnreadableRecordException;
import io.tapeline.contract.VenueReport;
import io.tapeline.contract.VenueReportRecord;
import io.tapeline.model.AccountId;
import io.tapeline.positions.app.TapeHistory;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.service.AccountPartition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** {@code orders.events.v1} is kept for ever: an account's journal can always be read again. */
@ApplicationScoped
class TapeArchive implements TapeHistory {
  private static final Logger LOG = Logger.getLogger(TapeArchive.class);
  private static final Duration WAIT = Duration.ofMillis(200);

  private final KafkaClients kafka;

  @Inject
  TapeArchive(KafkaClients kafka) {
    this.kafka = kafka;
  }

  @Override
  public void readWhile(AccountId accountId, Predicate<Delivery> reader) {
    records(
        Topics.ORDER_EVENTS, accountId, kafkaRecord -> reader.test(OrderEvents.read(kafkaRecord)));
  }

  @Override
  public void reportedExecutions(AccountId accountId, Consumer<String> reader) {
    records(
        Topics.VENUE_REPORTS,
        accountId,
        kafkaRecord -> {
          if (kafkaRecord.value() != null) execution(kafkaRecord.value(), reader);
          return true;
        });
  }

  private static void execution(byte[] value, Consumer<String> reader) {
    try {
      var report = Json.read(value, VenueReportRecord.class).report();
      if (report instanceof VenueReport.Filled filled) reader.accept(filled.execId());
    } catch (UnreadableRecordException e) {
      // order-service parks it and says so; no execution can be read from it
      LOG.debugf("a report that cannot be read: %s", e.getMessage());
    }
  }

  private void records(
      String topic, AccountId accountId, Predicate<ConsumerRecord<String, byte[]>> reader) {
    var partition = new TopicPartition(topic, AccountPartition.of(accountId.value()));
    try (var consumer = kafka.loner()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (var kafkaRecord : consumer.poll(WAIT)) {
          if (accountId.value().equals(kafkaRecord.key()) && !reader.test(kafkaRecord)) return;
        }
      }
    }
  }
}
