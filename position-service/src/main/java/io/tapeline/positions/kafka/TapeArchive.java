package io.tapeline.positions.kafka;

import io.tapeline.contract.Topics;
import io.tapeline.model.AccountId;
import io.tapeline.positions.app.TapeHistory;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.service.AccountPartition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** {@code orders.events.v1} is kept for ever: an account's journal can always be read again. */
@ApplicationScoped
class TapeArchive implements TapeHistory {
  private static final Duration WAIT = Duration.ofMillis(200);

  private final KafkaClients kafka;

  @Inject
  TapeArchive(KafkaClients kafka) {
    this.kafka = kafka;
  }

  @Override
  public void read(AccountId accountId, Consumer<Delivery> reader) {
    var partition = new TopicPartition(Topics.ORDER_EVENTS, AccountPartition.of(accountId.value()));
    try (var consumer = kafka.loner()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (var kafkaRecord : consumer.poll(WAIT)) {
          if (accountId.value().equals(kafkaRecord.key()))
            reader.accept(OrderEvents.read(kafkaRecord));
        }
      }
    }
  }
}
