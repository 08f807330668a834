package io.tapeline.orders.kafka;

import io.tapeline.contract.Topics;
import io.tapeline.model.AccountId;
import io.tapeline.orders.app.AccountDesks;
import io.tapeline.orders.app.OrderMetrics;
import io.tapeline.orders.app.OrderService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts a report that cannot be booked aside, with the reason, and its account into quarantine.
 * Later reports that can be read are still booked: a fill is a fact whatever came before it.
 */
@ApplicationScoped
class Parking {
  private static final Logger LOG = Logger.getLogger(Parking.class);

  private final TapeProducer producer;
  private final OrderService orders;
  private final AccountDesks desks;
  private final OrderMetrics metrics;

  @Inject
  Parking(TapeProducer producer, OrderService orders, AccountDesks desks, OrderMetrics metrics) {
    this.producer = producer;
    this.orders = orders;
    this.desks = desks;
    this.metrics = metrics;
  }

  /** Ends when the record is parked and the quarantine is written down. */
  CompletableFuture<Void> park(ConsumerRecord<String, byte[]> message, String reason) {
    var place = message.topic() + "-" + message.partition() + "-" + message.offset();
    LOG.errorf("%s of account %s is parked: %s", place, message.key(), reason);
    metrics.parked();
    var account = account(message.key());
    producer.tell(
        Notices.quarantined(
            account == null ? "*" : account.value(),
            "parked-" + place,
            reason,
            Instant.now().truncatedTo(ChronoUnit.MICROS)));
    var parked = new CompletableFuture<Void>();
    producer.send(
        parkedRecord(message, place, reason),
        (_, failure) -> {
          if (failure == null) parked.complete(null);
          else parked.completeExceptionally(failure);
        });
    if (account == null) return parked;
    var quarantined = orders.quarantine(account, reason).subscribeAsCompletionStage();
    return CompletableFuture.allOf(parked, quarantined);
  }

  private static ProducerRecord<String, byte[]> parkedRecord(
      ConsumerRecord<String, byte[]> message, String place, String reason) {
    var record =
        new ProducerRecord<>(
            Topics.deadLetters(message.topic()),
            message.partition(),
            message.key(),
            message.value());
    record.headers().add("reason", reason.getBytes(StandardCharsets.UTF_8));
    record.headers().add("source", place.getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private @Nullable AccountId account(@Nullable String key) {
    try {
      if (key == null) return null;
      var account = new AccountId(key);
      return desks.knows(account) ? account : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
