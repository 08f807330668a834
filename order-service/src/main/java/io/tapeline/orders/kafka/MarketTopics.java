package io.tapeline.orders.kafka;

import io.quarkus.runtime.StartupEvent;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.contract.Json;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.Topics;
import io.tapeline.contract.TradePrint;
import io.tapeline.contract.UnreadableRecordException;
import io.tapeline.orders.app.MarketView;
import io.tapeline.orders.app.MarketWatch;
import io.tapeline.service.DeadLetters;
import io.tapeline.service.KafkaClients;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads the catalogue to its end, then follows it with the venues' state and the newest quotes.
 * Every replica reads all of it; nothing is committed.
 */
@ApplicationScoped
class MarketTopics {
  private static final Logger LOG = Logger.getLogger(MarketTopics.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** Between two looks: what came meanwhile is one look, and of a quote only the newest counts. */
  private static final Duration PACE = Duration.ofMillis(5);

  /** The same while no price can reach anything kept here: prices are only asked for then. */
  private static final Duration CALM = Duration.ofMillis(25);

  private final MarketView view;
  private final MarketWatch watch;
  private final KafkaClients kafka;
  private final DeadLetters deadLetters;
  private volatile boolean running = true;
  private @org.jspecify.annotations.Nullable Thread thread;

  @Inject
  MarketTopics(MarketView view, MarketWatch watch, KafkaClients kafka, DeadLetters deadLetters) {
    this.view = view;
    this.watch = watch;
    this.kafka = kafka;
    this.deadLetters = deadLetters;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().name("market-topics").daemon().start(this::run);
  }

  @PreDestroy
  void stop() throws InterruptedException {
    running = false;
    if (thread != null) thread.join(POLL.multipliedBy(5));
  }

  private void run() {
    while (running) {
      try {
        follow();
      } catch (WakeupException | org.apache.kafka.common.errors.InterruptException _) {
        return;
      } catch (KafkaException e) {
        LOG.warnf("market topics: %s; starting over", e.getMessage());
        VenueReports.pause(Duration.ofSeconds(1));
      }
    }
  }

  private void follow() {
    try (var consumer = kafka.consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"))) {
      var reference = new ArrayList<>(partitions(consumer, Topics.INSTRUMENTS));
      reference.addAll(partitions(consumer, Topics.MARKET_STATUS));
      var quotes = partitions(consumer, Topics.QUOTES);
      var everything = new ArrayList<>(reference);
      everything.addAll(quotes);
      var trades = partitions(consumer, Topics.MARKET_TRADES);
      everything.addAll(trades);
      consumer.assign(everything);
      consumer.seekToBeginning(reference);
      consumer.seekToEnd(quotes);
      consumer.seekToEnd(trades);
      var ends = consumer.endOffsets(reference);
      while (running) {
        if (!view.isComplete()
            && ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()))
          view.complete();
        var asked = Instant.now();
        var newest = new HashMap<String, ConsumerRecord<String, byte[]>>();
        for (var message : consumer.poll(POLL)) {
          if (message.value() == null) continue;
          // of a price that moved away again only a trade tells
          if (message.topic().equals(Topics.MARKET_TRADES)) learn(message);
          else newest.put(message.topic() + message.key(), message);
        }
        newest.values().forEach(this::learn);
        if (isUpToDate(consumer, reference)) view.upToDate(asked);
        VenueReports.pause(watch.isAwaited() ? PACE : CALM);
      }
    }
  }

  /** Nothing of these was waiting when it was last asked for. */
  private static boolean isUpToDate(
      KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
    return partitions.stream().allMatch(p -> consumer.currentLag(p).orElse(1) == 0);
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<String, byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  /** What cannot be read changes nothing: what was known before stays. */
  private void learn(ConsumerRecord<String, byte[]> message) {
    try {
      switch (message.topic()) {
        case Topics.INSTRUMENTS -> view.learn(Json.read(message.value(), InstrumentRow.class));
        case Topics.MARKET_STATUS -> view.learn(Json.read(message.value(), MarketStatusRow.class));
        case Topics.MARKET_TRADES -> watch.traded(Json.read(message.value(), TradePrint.class));
        default -> {
          var quote = Json.read(message.value(), QuoteRow.class);
          view.learn(quote);
          watch.quoted(quote);
        }
      }
    } catch (UnreadableRecordException | IllegalArgumentException e) {
      deadLetters.add(message, e.getMessage());
    }
  }
}
