package io.tapeline.bridge.fanout.kafka;

import io.tapeline.service.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of some topics on a thread of its own, without a consumer group: every
 * replica of the bridge shows everything. Goes on where it was after any failure.
 */
final class TapeReader {
  private static final Logger LOG = Logger.getLogger(TapeReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PAUSE_MS = 1_000;

  /** While records come all the time, they are fetched in lots rather than one by one. */
  private static final Duration BUSY_GAP = Duration.ofMillis(2);

  /** The same while nobody looks. */
  private static final long UNSEEN_GAP_NANOS = 50_000_000;

  /** A broker answers twice a second, if only to say that there is nothing. */
  private static final long SILENCE_NANOS = 3_000_000_000L;

  /** To look at every partition after every poll would cost more than many polls. */
  private static final long LAG_EVERY_NANOS = 1_000_000_000L;

  private final String name;
  private final KafkaClients kafka;
  private final Map<String, From> topics;
  private final Reaction reaction;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Map<TopicPartition, Long> backlogEnd = new HashMap<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private volatile boolean caughtUp;
  private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
  private volatile boolean silent;
  private volatile long lag;
  private long lagAskedAt;
  private long lastPoll;
  private @Nullable Metric fetchTotal;
  private final Pulse pulse = new Pulse(SILENCE_NANOS);
  private @Nullable Thread thread;

  /** Where a topic is read from at first. */
  sealed interface From {
    record Beginning() implements From {}

    record End() implements From {}

    record Ago(Duration duration) implements From {}
  }

  /** What is done with what is read. On the reader's thread. */
  interface Reaction {
    void take(ConsumerRecord<String, byte[]> record);

    /** Something was taken, and now there is nothing more at once. */
    void batchTaken();

    /** Whether somebody waits for what comes. */
    boolean isSeen();

    /** How long records may wait for others that are fetched with them. */
    default Duration gap() {
      return BUSY_GAP;
    }

    /** Whether these topics are to be read at all; when again, from where they are at first. */
    default boolean isWanted() {
      return true;
    }

    /** Kafka fell silent, or speaks again. */
    default void silent(boolean silent) {}
  }

  TapeReader(String name, KafkaClients kafka, Map<String, From> topics, Reaction reaction) {
    this.name = name;
    this.topics = topics;
    this.reaction = reaction;
    this.kafka = kafka;
  }

  private KafkaConsumer<String, byte[]> open() {
    return kafka.consumer(
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG,
            "ui-bridge-" + name,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
            1,
            // bounded: a backlog is read in pieces
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            4 << 20,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            2_000));
  }

  void start() {
    thread = Thread.ofPlatform().name("tape-" + name).daemon().start(this::run);
  }

  void stop() throws InterruptedException {
    stopped.set(true);
    var reading = consumer;
    if (reading != null) reading.wakeup();
    if (thread != null) thread.join(Duration.ofSeconds(5));
  }

  /** Whether what was on the topics at the start has been read. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  /** Whether Kafka has not answered for a while. */
  boolean isSilent() {
    return silent;
  }

  /** Records that are there and were not read, as of a moment ago; what nobody wants is none. */
  long lag() {
    return lag;
  }

  private void run() {
    while (!stopped.get()) {
      try (var reading = open()) {
        consumer = reading;
        seek(reading);
        pulse.start(System.nanoTime());
        fetchTotal = fetchTotal(reading);
        while (!stopped.get()) read(reading);
      } catch (WakeupException _) {
        LOG.debugf("tape %s was told to stop", name);
      } catch (KafkaException | IllegalStateException e) {
        LOG.warnf(e, "tape %s broke off; it goes on in a moment", name);
        silent(true);
        pause();
      }
    }
  }

  private void read(KafkaConsumer<String, byte[]> reading) {
    want(reading);
    rest();
    var batch = reading.poll(POLL);
    lastPoll = System.nanoTime();
    for (var tape : batch) reaction.take(tape);
    for (var partition : batch.partitions()) next.put(partition, reading.position(partition));
    if (!caughtUp) caughtUp = !reading.paused().isEmpty() || hasCaughtUp(reading);
    if (!batch.isEmpty()) reaction.batchTaken();
    if (lastPoll - lagAskedAt > LAG_EVERY_NANOS) {
      lagAskedAt = lastPoll;
      lag = reading.paused().isEmpty() ? KafkaClients.lag(reading) : 0;
    }
    listen(reading);
  }

  /** Reading record by record as they come would cost a request each. */
  private void rest() {
    if (!caughtUp) return;
    long gap = reaction.isSeen() ? reaction.gap().toNanos() : UNSEEN_GAP_NANOS;
    long left = lastPoll + gap - System.nanoTime();
    if (left > 0) LockSupport.parkNanos(left);
  }

  private void want(KafkaConsumer<String, byte[]> reading) {
    boolean wanted = reaction.isWanted();
    boolean paused = !reading.paused().isEmpty();
    if (!wanted && !paused) {
      reading.pause(reading.assignment());
    } else if (wanted && paused) {
      var ends = reading.endOffsets(reading.assignment());
      for (var partition : reading.assignment())
        first(reading, partition, ends.getOrDefault(partition, 0L));
      reading.resume(reading.assignment());
    }
  }

  private void listen(KafkaConsumer<String, byte[]> reading) {
    long now = System.nanoTime();
    if (fetchTotal == null || !reading.paused().isEmpty()) pulse.start(now); // nothing to go by
    silent(pulse.isSilent(fetches(), now));
  }

  private void silent(boolean value) {
    if (silent == value) return;
    silent = value;
    reaction.silent(value);
  }

  private double fetches() {
    return fetchTotal != null && fetchTotal.metricValue() instanceof Double total ? total : 0;
  }

  private static @Nullable Metric fetchTotal(KafkaConsumer<String, byte[]> reading) {
    for (var metric : reading.metrics().entrySet())
      if (metric.getKey().name().equals("fetch-total")) return metric.getValue();
    return null;
  }

  private boolean hasCaughtUp(KafkaConsumer<String, byte[]> reading) {
    return backlogEnd.entrySet().stream()
        .allMatch(end -> reading.position(end.getKey()) >= end.getValue());
  }

  private void seek(KafkaConsumer<String, byte[]> reading) {
    var partitions = new ArrayList<TopicPartition>();
    for (var topic : topics.keySet()) partitions.addAll(partitionsOf(reading, topic));
    reading.assign(partitions);
    var ends = reading.endOffsets(partitions);
    for (var partition : partitions) {
      var known = next.get(partition);
      if (known == null) first(reading, partition, ends.getOrDefault(partition, 0L));
      else reading.seek(partition, known);
    }
    if (backlogEnd.isEmpty()) backlogEnd.putAll(ends);
  }

  private void first(KafkaConsumer<String, byte[]> reading, TopicPartition partition, long end) {
    switch (topics.get(partition.topic())) {
      case From.Beginning() -> reading.seekToBeginning(List.of(partition));
      case From.End() -> reading.seek(partition, end);
      case From.Ago(var duration) -> {
        var at =
            reading
                .offsetsForTimes(
                    Map.of(partition, System.currentTimeMillis() - duration.toMillis()))
                .get(partition);
        reading.seek(partition, at == null ? end : at.offset());
      }
      case null -> throw new IllegalStateException("not a topic of ours: " + partition);
    }
    next.put(partition, reading.position(partition));
  }

  private static List<TopicPartition> partitionsOf(
      KafkaConsumer<String, byte[]> reading, String topic) {
    var found = reading.partitionsFor(topic);
    if (found == null || found.isEmpty())
      throw new IllegalStateException("topic " + topic + " is not there");
    return found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
