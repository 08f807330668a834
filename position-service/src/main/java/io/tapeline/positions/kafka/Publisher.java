package io.tapeline.positions.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.contract.Json;
import io.tapeline.contract.NoticeRow;
import io.tapeline.contract.RiskEvent;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.contract.Topics;
import io.tapeline.model.AccountId;
import io.tapeline.positions.app.Board;
import io.tapeline.positions.app.Board.Publication;
import io.tapeline.positions.app.Teller;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.BatchFold.Parked;
import io.tapeline.positions.domain.Delivery.Place;
import io.tapeline.positions.domain.Drift;
import io.tapeline.positions.domain.Quarantine;
import io.tapeline.service.AccountPartition;
import io.tapeline.timing.Operation;
import io.tapeline.timing.Timing;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes positions, accounts, notices, and the records that had to be laid aside. */
@ApplicationScoped
class Publisher implements Teller {
  private static final Logger LOG = Logger.getLogger(Publisher.class);
  private static final long PATIENCE_SECONDS = 15;
  private static final int MOST_HEADER_CHARACTERS = 500;

  private final KafkaProducer<String, byte[]> producer;
  private final Board board;
  private final InstantSource clock;
  private final Operation publish;
  private final Counter published;
  private final Counter failed;
  private final Counter parkedRecords;

  @Inject
  Publisher(
      TapeClients kafka, Board board, InstantSource clock, MeterRegistry meters, Timing timing) {
    producer = kafka.producer();
    this.board = board;
    this.clock = clock;
    publish =
        timing.declare(
            "publish", "500ms", "from a fill on the tape until its position is on the tape too");
    published = meters.counter("tapeline.positions.published");
    failed = meters.counter("tapeline.positions.publish.failures");
    parkedRecords = meters.counter("tapeline.positions.parked");
  }

  /**
   * Writes rows without waiting; one that does not arrive is said again.
   *
   * @param filledAtMillis when the fills behind these rows came onto the tape; null for marks
   */
  void publish(List<Publication> publications, @Nullable Long filledAtMillis) {
    for (var publication : publications) {
      try {
        var _ =
            producer.send(
                new ProducerRecord<>(
                    publication.topic(),
                    AccountPartition.of(publication.accountId().value()),
                    publication.key(),
                    publication.row() == null ? null : Json.bytes(publication.row())),
                (_, e) -> settled(publication, filledAtMillis, e));
      } catch (RuntimeException e) {
        settled(publication, filledAtMillis, e);
      }
    }
  }

  private void settled(
      Publication publication, @Nullable Long filledAtMillis, @Nullable Exception e) {
    if (e != null) {
      failed.increment();
      LOG.debugf(e, "%s of %s was not written", publication.key(), publication.topic());
      board.unsay(publication);
      return;
    }
    published.increment();
    if (filledAtMillis != null && publication.topic().equals(Topics.POSITIONS))
      publish.took(
          TimeUnit.MILLISECONDS.toNanos(clock.millis() - filledAtMillis), "key", publication.key());
  }

  /** Lays records aside with the reason, and waits until they are safe. */
  void park(List<Parked> parked, Map<Place, ConsumerRecord<String, byte[]>> batch) {
    var sent = new ArrayList<Future<RecordMetadata>>();
    for (var aside : parked) {
      var source = Objects.requireNonNull(batch.get(aside.place()), "of this batch");
      var copy =
          new ProducerRecord<>(
              Topics.deadLetters(source.topic()),
              source.partition(),
              source.key(),
              source.value(),
              source.headers());
      header(copy, "tapeline-reason", aside.reason());
      header(copy, "tapeline-detail", aside.detail());
      header(copy, "tapeline-consumer", "position-service");
      header(
          copy,
          "tapeline-source",
          "%s/%d/%d".formatted(source.topic(), source.partition(), source.offset()));
      sent.add(producer.send(copy));
    }
    await(sent);
    parkedRecords.increment(parked.size());
  }

  private static void header(ProducerRecord<String, byte[]> to, String name, String value) {
    var text =
        value.length() <= MOST_HEADER_CHARACTERS
            ? value
            : value.substring(0, MOST_HEADER_CHARACTERS);
    to.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Tells that an account is folded no further, and waits until it is told. */
  void tell(AccountState state, Quarantine quarantine) {
    var notice = notice(state.accountId(), quarantine);
    await(
        List.of(
            producer.send(
                new ProducerRecord<>(
                    Topics.POSITION_NOTICES,
                    AccountPartition.of(notice.accountId()),
                    notice.accountId(),
                    Json.bytes(notice)))));
    LOG.errorf("account %s is quarantined: %s", state.accountId(), notice.text());
  }

  /** Tells people of a tier without waiting: the account's row says it too. */
  @Override
  public void tell(RiskEventRecord line, RiskEvent.TierReached tier) {
    var notice =
        new NoticeRow(
            tier.id(),
            line.accountId(),
            tier.tier().equals("WARN") ? "WARNING" : "CRITICAL",
            "RISK_" + tier.tier(),
            tier.text(),
            Map.of("rule", tier.rule(), "percent", Integer.toString(tier.percent())),
            line.at());
    send(Topics.POSITION_NOTICES, line.accountId(), Json.bytes(notice), _ -> {});
  }

  @Override
  public void tell(AccountId accountId, Drift drift) {
    var text =
        "%s holds %d %s by %s, and %d by its executions%s"
            .formatted(
                accountId,
                drift.venueNetQty(),
                drift.symbol(),
                drift.venue(),
                drift.netQty(),
                drift.explainedBy().isEmpty()
                    ? ""
                    : "; without " + String.join(", ", drift.explainedBy()) + " it would agree");
    LOG.error(text);
    var notice =
        new NoticeRow(
            "drift-%s-%s-%d".formatted(accountId, drift.symbol(), drift.seq()),
            accountId.value(),
            "CRITICAL",
            "POSITION_DRIFT",
            text,
            Map.of(
                "symbol", drift.symbol(),
                "venueNetQty", Long.toString(drift.venueNetQty()),
                "netQty", Long.toString(drift.netQty())),
            drift.at());
    send(Topics.POSITION_NOTICES, accountId.value(), Json.bytes(notice), _ -> {});
  }

  /** Writes a row of an account; the callback says whether it arrived. */
  @Override
  public void send(String topic, String accountId, byte[] row, Consumer<Boolean> settled) {
    try {
      var _ =
          producer.send(
              new ProducerRecord<>(topic, AccountPartition.of(accountId), accountId, row),
              (_, e) -> {
                if (e != null) failed.increment();
                settled.accept(e == null);
              });
    } catch (RuntimeException e) {
      LOG.debugf(e, "%s of %s was not written", topic, accountId);
      failed.increment();
      settled.accept(false);
    }
  }

  private static NoticeRow notice(AccountId accountId, Quarantine quarantine) {
    return new NoticeRow(
        "quarantine-positions-%s-%d".formatted(accountId, quarantine.seq()),
        accountId.value(),
        "CRITICAL",
        "ACCOUNT_QUARANTINED",
        "Positions of %s stand still at line %d of its journal: %s. Only cancel and reduce until it is repaired."
            .formatted(accountId, quarantine.seq(), quarantine.detail()),
        Map.of(
            "seq",
            Long.toString(quarantine.seq()),
            "reason",
            quarantine.reason(),
            "detail",
            quarantine.detail()),
        quarantine.at());
  }

  private static void await(List<Future<RecordMetadata>> sent) {
    try {
      for (var future : sent) future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka did not take what had to be laid aside or told", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing to Kafka", e);
    }
  }

  @PreDestroy
  void close() {
    producer.close(Duration.ofSeconds(3));
  }
}
