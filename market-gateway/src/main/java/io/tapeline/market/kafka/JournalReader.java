package io.tapeline.market.kafka;

import io.tapeline.contract.Topics;
import io.tapeline.market.app.Tape;
import io.tapeline.market.intake.domain.JournalLine;
import io.tapeline.market.venue.domain.VenueLostException;
import io.tapeline.model.AccountId;
import io.tapeline.service.AccountPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the orders journal. Partitions are assigned, not subscribed to: the lease says who reads,
 * so after a kill nobody waits for a group to notice. Committed offsets only save reading again.
 */
final class JournalReader implements Tape.Reading {
  private static final Logger LOG = Logger.getLogger(JournalReader.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** How long a line that asks for nothing waits for one that does. */
  private static final Duration HOLD = Duration.ofMillis(20);

  private static final int MOST_HELD = 500;
  private static final Duration COMMIT_WITHIN = Duration.ofSeconds(2);
  private static final Duration COMMIT_EVERY = Duration.ofMillis(250);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Set<AccountId> accounts;
  private final Consumer<Tape.Batch> batches;
  private final BiConsumer<ConsumerRecord<String, byte[]>, String> park;
  private final Thread thread;
  private volatile boolean closing;
  private volatile long lag;

  /**
   * A reader that is not started yet.
   *
   * @param park where a record is put aside for good
   */
  JournalReader(
      KafkaConsumer<String, byte[]> consumer,
      Set<AccountId> accounts,
      Consumer<Tape.Batch> batches,
      BiConsumer<ConsumerRecord<String, byte[]>, String> park) {
    this.consumer = consumer;
    this.accounts = Set.copyOf(accounts);
    this.batches = batches;
    this.park = park;
    thread = Thread.ofPlatform().daemon().name("journal-reader").unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  @Override
  public boolean isRunning() {
    return thread.isAlive();
  }

  @Override
  public long lag() {
    return lag;
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      if (!thread.join(Duration.ofSeconds(5))) thread.interrupt();
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  /** What was parked is not to be met again by who reads next, where the broker can be told. */
  private void commitLast() {
    try {
      consumer.commitSync(COMMIT_WITHIN);
    } catch (KafkaException e) {
      LOG.debugf("where the journal was left is not noted: %s", e.getMessage());
    }
  }

  private void work() {
    try (consumer) {
      var partitions =
          accounts.stream()
              .map(
                  account ->
                      new TopicPartition(Topics.ORDER_EVENTS, AccountPartition.of(account.value())))
              .distinct()
              .toList();
      consumer.assign(partitions);
      var batch = new JournalBatch();
      var committedAt = System.nanoTime();
      try {
        while (!closing) {
          consumer.poll(batch.lines.isEmpty() ? POLL : HOLD).forEach(batch::add);
          if (batch.isDue()) {
            batches.accept(batch);
            batch = new JournalBatch();
          }
          if (batch.lines.isEmpty() && System.nanoTime() - committedAt > COMMIT_EVERY.toNanos()) {
            committedAt = System.nanoTime();
            consumer.commitAsync();
          }
          lag =
              partitions.stream()
                  .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                  .sum();
        }
      } finally {
        if (batch.lines.isEmpty()) commitLast();
      }
    } catch (WakeupException _) {
      LOG.debug("the journal is not read any more");
    } catch (VenueLostException e) {
      LOG.warnf("the journal is not read any more: %s", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the journal cannot be read on", e);
    }
  }

  private final class JournalBatch implements Tape.Batch {
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private final List<JournalLine> lines = new ArrayList<>();
    private long begunAt;
    private @Nullable Instant askedAt;

    /** Other accounts of the partition trade elsewhere: their records are not this reader's. */
    void add(ConsumerRecord<String, byte[]> line) {
      for (var account : accounts) {
        if (!account.value().equals(line.key())) continue;
        if (lines.isEmpty()) begunAt = System.nanoTime();
        var read = JournalLines.read(account, line.value());
        records.add(line);
        lines.add(read);
        if (askedAt == null && !isPatient(read.content()))
          askedAt = Instant.ofEpochMilli(line.timestamp());
      }
    }

    /** What only tells how things are waits a moment for what asks: one transaction for both. */
    boolean isDue() {
      return askedAt != null
          || lines.size() >= MOST_HELD
          || (!lines.isEmpty() && System.nanoTime() - begunAt >= HOLD.toNanos());
    }

    private static boolean isPatient(JournalLine.Content content) {
      return switch (content) {
        case JournalLine.Content.Told _, JournalLine.Content.Nothing _ -> true;
        case JournalLine.Content.Send _,
            JournalLine.Content.Unsendable _,
            JournalLine.Content.InDoubt _,
            JournalLine.Content.Unreadable _ ->
            false;
      };
    }

    @Override
    public List<JournalLine> lines() {
      return List.copyOf(lines);
    }

    @Override
    public Optional<Instant> askedAt() {
      return Optional.ofNullable(askedAt);
    }

    @Override
    public void park(int index, String reason) {
      park.accept(records.get(index), reason);
    }
  }
}
