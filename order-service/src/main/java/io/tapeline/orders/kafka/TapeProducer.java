package io.tapeline.orders.kafka;

import io.tapeline.contract.Json;
import io.tapeline.contract.NoticeRow;
import io.tapeline.contract.Topics;
import io.tapeline.service.KafkaClients;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/** The one producer: idempotent, acknowledged by all, patient without end, without delay. */
@ApplicationScoped
class TapeProducer {
  private static final Logger LOG = Logger.getLogger(TapeProducer.class);

  private final KafkaProducer<String, byte[]> producer;

  @Inject
  TapeProducer(KafkaClients kafka) {
    producer =
        kafka.producer(
            Map.of(
                ProducerConfig.LINGER_MS_CONFIG, "0",
                // a send that gives up would let a later one overtake it
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000",
                ProducerConfig.CLIENT_ID_CONFIG, "order-service"));
  }

  void send(ProducerRecord<String, byte[]> message, Callback done) {
    var _ = producer.send(message, done);
  }

  void tell(NoticeRow notice) {
    send(
        new ProducerRecord<>(Topics.ORDER_NOTICES, notice.accountId(), Json.bytes(notice)),
        (_, failure) -> {
          if (failure != null) LOG.errorf(failure, "notice %s was not published", notice.id());
        });
  }

  @PreDestroy
  void stop() {
    producer.close(Duration.ofSeconds(2));
  }
}
