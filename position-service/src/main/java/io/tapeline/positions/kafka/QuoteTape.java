package io.tapeline.positions.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.contract.Json;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.Topics;
import io.tapeline.model.Symbol;
import io.tapeline.positions.app.Instruments;
import io.tapeline.positions.app.Marks;
import io.tapeline.positions.app.PositionsConfig;
import io.tapeline.positions.app.RiskDesk;
import io.tapeline.positions.app.VenueClocks;
import io.tapeline.positions.domain.Quote;
import io.tapeline.service.DeadLetters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads every quote on every replica: whoever answers for an account needs a mark, whoever owns it.
 * Starts a little before the end, so that there is a mark at once; the gateway says every quote
 * again within ten seconds, so that nothing further back is needed.
 */
@ApplicationScoped
class QuoteTape {
  private static final Logger LOG = Logger.getLogger(QuoteTape.class);
  private static final Duration WAIT = Duration.ofMillis(100);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final TapeClients kafka;
  private final Marks marks;
  private final VenueClocks venues;
  private final Instruments instruments;
  private final RiskDesk risk;
  private final long tail;
  private final Counter quotes;
  private final DeadLetters deadLetters;
  private Runnable alarm = () -> {};
  private volatile boolean stopping;
  private volatile boolean caughtUp;
  private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
  private @Nullable Thread thread;

  @Inject
  QuoteTape(
      TapeClients kafka,
      Marks marks,
      VenueClocks venues,
      Instruments instruments,
      RiskDesk risk,
      PositionsConfig config,
      MeterRegistry meters,
      DeadLetters deadLetters) {
    this.kafka = kafka;
    this.marks = marks;
    this.venues = venues;
    this.instruments = instruments;
    this.risk = risk;
    tail = config.quoteTail();
    quotes = meters.counter("tapeline.positions.quotes");
    this.deadLetters = deadLetters;
  }

  /**
   * @param alarm called when a quote asks for a decision
   */
  void start(Runnable alarm) {
    this.alarm = alarm;
    thread = Thread.ofPlatform().name("quotes").start(this::run);
  }

  /** Whether everything that was on the topic at the start has been read. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  private void run() {
    while (!stopping) {
      try (var reader = kafka.loner()) {
        consumer = reader;
        read(reader);
      } catch (WakeupException _) {
        // stopping
      } catch (RuntimeException e) {
        LOG.warnf("quotes cannot be read, trying again: %s", e.getMessage());
        pause();
      } finally {
        consumer = null;
      }
    }
  }

  private void read(KafkaConsumer<String, byte[]> reader) {
    var partitions =
        Stream.of(Topics.INSTRUMENTS, Topics.MARKET_STATUS, Topics.QUOTES)
            .flatMap(topic -> reader.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    reader.assign(partitions);
    var beginnings = reader.beginningOffsets(partitions);
    var ends = reader.endOffsets(partitions);
    for (var partition : partitions) reader.seek(partition, start(partition, beginnings, ends));
    while (!stopping) {
      for (var kafkaRecord : reader.poll(WAIT)) accept(kafkaRecord);
      if (!caughtUp)
        caughtUp = partitions.stream().allMatch(tp -> reader.position(tp) >= offset(ends, tp));
    }
  }

  private long start(
      TopicPartition partition,
      Map<TopicPartition, Long> beginnings,
      Map<TopicPartition, Long> ends) {
    var beginning = offset(beginnings, partition);
    return partition.topic().equals(Topics.QUOTES)
        ? Math.max(beginning, offset(ends, partition) - tail)
        : beginning;
  }

  private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  private void accept(ConsumerRecord<String, byte[]> kafkaRecord) {
    if (kafkaRecord.value() == null) return;
    try {
      if (kafkaRecord.topic().equals(Topics.MARKET_STATUS)) {
        venues.heard(Json.read(kafkaRecord.value(), MarketStatusRow.class));
        return;
      }
      if (kafkaRecord.topic().equals(Topics.INSTRUMENTS)) {
        instruments.heard(Json.read(kafkaRecord.value(), InstrumentRow.class));
        return;
      }
      var row = Json.read(kafkaRecord.value(), QuoteRow.class);
      Objects.requireNonNull(row.at(), "at");
      var symbol = new Symbol(row.symbol());
      marks.accept(
          new Quote(symbol, row.bidPx(), row.askPx(), row.lastPx(), row.at(), row.venueTime()));
      quotes.increment();
      // a price of before may be older than what is held now
      if (caughtUp && risk.saw(symbol)) alarm.run();
    } catch (RuntimeException e) { // a quote that cannot be read is counted, the next one counts
      deadLetters.add(kafkaRecord, e.getMessage());
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  void stop() throws InterruptedException {
    stopping = true;
    var reader = consumer;
    if (reader != null) reader.wakeup();
    var running = thread;
    if (running != null) running.join(Duration.ofSeconds(3));
  }
}
