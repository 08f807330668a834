package io.tapeline.orders.kafka;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.Json;
import io.tapeline.contract.NoticeRow;
import io.tapeline.contract.UnreadableRecordException;
import io.tapeline.model.AccountId;
import io.tapeline.orders.app.OrderService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * The gateway no longer trusts an account's stream: here the account may then only cancel and
 * reduce. Every replica hears every notice, since any of them may own the account next. What
 * position-service no longer trusts is in the account's row, {@link RiskTopic}.
 */
@ApplicationScoped
class QuarantineNotices {
  private static final Logger LOG = Logger.getLogger(QuarantineNotices.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final OrderService orders;

  @Inject
  QuarantineNotices(OrderService orders) {
    this.orders = orders;
  }

  /** Acknowledged once it is written down; a database that is away is waited for. */
  @Incoming("quarantine-notices")
  Uni<Void> hear(ConsumerRecord<String, byte[]> told) {
    AccountId account;
    String reason;
    try {
      var notice = Json.read(told.value(), NoticeRow.class);
      if (!"ACCOUNT_QUARANTINED".equals(notice.code())) return Uni.createFrom().voidItem();
      account = new AccountId(notice.accountId());
      // read late, as after a start: the account was repaired meanwhile
      if (orders.isReleasedSince(account, notice.at())) return Uni.createFrom().voidItem();
      reason = String.valueOf(notice.text());
    } catch (UnreadableRecordException | IllegalArgumentException e) {
      LOG.warnf("a notice at offset %d of %s is passed over: %s", told.offset(), told.topic(), e);
      return Uni.createFrom().voidItem();
    }
    return orders
        .quarantine(account, reason)
        .onFailure()
        .retry()
        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
        .indefinitely();
  }
}
