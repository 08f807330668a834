package io.tapeline.market.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.contract.BarRow;
import io.tapeline.contract.DepthRow;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.contract.Json;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.contract.NoticeRow;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.Topics;
import io.tapeline.contract.TradePrint;
import io.tapeline.contract.VenueReportRecord;
import io.tapeline.market.app.Tape;
import io.tapeline.model.AccountId;
import io.tapeline.model.Symbol;
import io.tapeline.service.KafkaClients;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * The topics on Kafka. Reports have a producer of their own that never gives up: a record that
 * could be dropped after a time-out could be overtaken by the next one.
 */
@ApplicationScoped
public class KafkaTape implements Tape {
  private static final Logger LOG = Logger.getLogger(KafkaTape.class);
  private static final int MARKET_IN_FLIGHT = 20_000;
  private static final Duration WARN_EVERY = Duration.ofSeconds(5);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final KafkaClients kafka;
  private final KafkaProducer<String, byte[]> reports;
  private final KafkaProducer<String, byte[]> market;
  private final Semaphore marketSlots = new Semaphore(MARKET_IN_FLIGHT);
  private final Counter lostMarket;
  private final AtomicLong warnedAt = new AtomicLong(System.nanoTime() - WARN_EVERY.toNanos());

  @Inject
  public KafkaTape(KafkaClients kafka, MeterRegistry meters) {
    this.kafka = kafka;
    reports =
        kafka.producer(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "market-gateway-reports",
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                Long.MAX_VALUE));
    market =
        kafka.producer(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "market-gateway-market",
                // a request costs broker and readers the same, whatever it carries; yet a tick that
                // breaks a rule waits here too
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000L));
    lostMarket = meters.counter("tapeline.market.lost");
  }

  @Override
  public CompletionStage<Void> report(VenueReportRecord report) {
    return surely(Topics.VENUE_REPORTS, report.accountId(), Json.bytes(report));
  }

  @Override
  public CompletionStage<Void> notice(NoticeRow notice) {
    return surely(Topics.MARKET_NOTICES, notice.accountId(), Json.bytes(notice));
  }

  private CompletionStage<Void> surely(String topic, String key, byte[] value) {
    var done = new CompletableFuture<Void>();
    var _ =
        reports.send(
            new ProducerRecord<>(topic, key, value),
            (_, failure) -> {
              if (failure == null) {
                done.complete(null);
              } else {
                LOG.errorf(failure, "a record of %s for %s was not taken", topic, key);
                done.completeExceptionally(failure);
              }
            });
    return done;
  }

  @Override
  public void quote(QuoteRow quote) {
    publish(Topics.QUOTES, quote.symbol(), quote);
  }

  @Override
  public void depth(DepthRow depth) {
    publish(Topics.DEPTH, depth.symbol(), depth);
  }

  @Override
  public void print(TradePrint print) {
    publish(Topics.MARKET_TRADES, print.symbol(), print);
  }

  @Override
  public CompletionStage<Void> bar(BarRow bar) {
    return surely(Topics.BARS, bar.symbol() + "|" + bar.interval(), Json.bytes(bar));
  }

  @Override
  public void forming(BarRow bar) {
    send(Topics.FORMING_BARS, bar.symbol() + "|" + bar.interval(), bar, () -> {});
  }

  @Override
  public void instrument(InstrumentRow instrument) {
    send(Topics.INSTRUMENTS, instrument.symbol(), instrument, () -> {});
  }

  @Override
  public void expired(Symbol symbol) {
    var _ = market.send(new ProducerRecord<>(Topics.INSTRUMENTS, symbol.value(), null));
  }

  @Override
  public void status(MarketStatusRow status) {
    var symbol = status.symbol();
    var key = symbol == null ? status.venue() : status.venue() + "|" + symbol;
    // Never waits for a slot: who says how things stand also keeps the lease.
    send(Topics.MARKET_STATUS, key, status, () -> {});
  }

  /** Waits while too much is on its way: a replay runs as fast as this goes, no faster. */
  private void publish(String topic, String key, Object row) {
    try {
      marketSlots.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return;
    }
    send(topic, key, row, marketSlots::release);
  }

  private void send(String topic, String key, Object row, Runnable done) {
    try {
      var _ =
          market.send(
              new ProducerRecord<>(topic, key, Json.bytes(row)),
              (_, failure) -> {
                done.run();
                if (failure != null) lost(topic, failure);
              });
    } catch (RuntimeException e) {
      done.run();
      lost(topic, e);
    }
  }

  private void lost(String topic, Exception failure) {
    lostMarket.increment();
    long now = System.nanoTime();
    long before = warnedAt.get();
    if (now - before < WARN_EVERY.toNanos() || !warnedAt.compareAndSet(before, now)) return;
    LOG.warnf("market records are lost, %d so far; the last one of %s: %s", lost(), topic, failure);
  }

  @Override
  public long lost() {
    return (long) lostMarket.count();
  }

  @Override
  public void flush() {
    reports.flush();
    market.flush();
  }

  @Override
  public Reading readJournal(String group, Set<AccountId> accounts, Consumer<Batch> batches) {
    var consumer =
        kafka.consumer(
            Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                500));
    var reader = new JournalReader(consumer, accounts, batches, this::park);
    reader.start();
    return reader;
  }

  private void park(ConsumerRecord<String, byte[]> parked, String reason) {
    var letter =
        new ProducerRecord<>(Topics.deadLetters(Topics.ORDER_EVENTS), parked.key(), parked.value());
    letter.headers().add("reason", bytes(reason)).add("service", bytes("market-gateway"));
    letter.headers().add("partition", bytes(Integer.toString(parked.partition())));
    letter.headers().add("offset", bytes(Long.toString(parked.offset())));
    try {
      reports.send(letter).get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a record cannot be parked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while parking a record", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @PreDestroy
  public void close() {
    reports.close(CLOSE);
    market.close(CLOSE);
  }
}
