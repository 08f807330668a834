package io.tapeline.orders.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tapeline.contract.Json;
import io.tapeline.contract.Topics;
import io.tapeline.contract.UnreadableRecordException;
import io.tapeline.contract.VenueReport;
import io.tapeline.contract.VenueReportRecord;
import io.tapeline.model.AccountId;
import io.tapeline.orders.app.AccountDesks;
import io.tapeline.orders.app.FeeSchedule;
import io.tapeline.orders.app.MarketView;
import io.tapeline.orders.app.OrderMetrics;
import io.tapeline.orders.app.OrderService;
import io.tapeline.orders.app.OrdersConfig;
import io.tapeline.orders.app.UnbookableReportException;
import io.tapeline.orders.domain.VenueFact;
import io.tapeline.service.KafkaClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the venues say, and with it holds the accounts: who is assigned a partition owns its
 * accounts. Bytes, not objects, so that a poison value stops nobody but its account. An offset is
 * committed only after everything before it is in the journal.
 */
@ApplicationScoped
class VenueReports {
  private static final Logger LOG = Logger.getLogger(VenueReports.class);
  private static final String GROUP = "order-service";
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final AccountDesks desks;
  private final OrderService orders;
  private final MarketView market;
  private final OrderRelay relay;
  private final Parking parking;
  private final FeeSchedule fees;
  private final OrdersConfig config;
  private final OrderMetrics metrics;
  private final InstantSource clock = InstantSource.system();
  private final KafkaClients kafka;

  /** Where to read on after a restart; what lies behind it is only told again, and known then. */
  private static final long COMMIT_EVERY_NANOS = Duration.ofMillis(250).toNanos();

  /** Booked, and not committed yet. Of the reading thread. */
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

  private long committedAt;

  /** Partitions assigned whose accounts are not loaded yet. */
  private final Set<Integer> loading = ConcurrentHashMap.newKeySet();

  /** Reports of this replica's accounts that it has not read; of all replicas the sum counts. */
  private final AtomicLong lag = new AtomicLong();

  private volatile boolean running = true;
  private volatile boolean assigned;
  private @Nullable Thread thread;

  @Inject
  VenueReports(
      AccountDesks desks,
      OrderService orders,
      MarketView market,
      OrderRelay relay,
      Parking parking,
      FeeSchedule fees,
      OrdersConfig config,
      OrderMetrics metrics,
      KafkaClients kafka,
      MeterRegistry meters) {
    this.desks = desks;
    this.orders = orders;
    this.market = market;
    this.relay = relay;
    this.parking = parking;
    this.fees = fees;
    this.config = config;
    this.metrics = metrics;
    this.kafka = kafka;
    meters.gauge("tapeline.orders.lag", lag);
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().name("venue-reports").start(this::run);
  }

  /** Hands the partitions over: commands end first, then the tape, then the membership. */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    running = false;
    if (thread != null) thread.join(Duration.ofSeconds(8));
  }

  /** Whether a share of the accounts was taken over and all of it is loaded. */
  boolean isReady() {
    return assigned && loading.isEmpty();
  }

  private void run() {
    while (running && !market.isComplete()) pause(Duration.ofMillis(20));
    while (running) {
      try {
        consume();
      } catch (WakeupException | InterruptException _) {
        return;
      } catch (KafkaException e) {
        LOG.warnf(e, "venue reports: starting over");
        pause(RETRY);
      }
    }
  }

  private void consume() {
    var consumer = kafka.consumer(properties());
    try {
      consumer.subscribe(List.of(Topics.VENUE_REPORTS), new Ownership(consumer));
      while (running) {
        resumeLoaded(consumer);
        var polled = consumer.poll(loading.isEmpty() ? POLL : Duration.ofMillis(10));
        if (!polled.isEmpty()) book(consumer, polled.partitions(), polled::records);
        if (System.nanoTime() - committedAt > COMMIT_EVERY_NANOS) commitSoon(consumer);
      }
    } finally {
      lag.set(0);
      var held = partitionsOf(consumer.assignment());
      disown(held);
      commitNow(consumer);
      relay.drain(Duration.ofSeconds(2));
      consumer.close(
          CloseOptions.timeout(Duration.ofSeconds(2))
              .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
  }

  private Map<String, Object> properties() {
    var properties = new HashMap<String, Object>();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "2000");
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000");
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return properties;
  }

  private interface Polled {
    List<ConsumerRecord<String, byte[]>> of(TopicPartition partition);
  }

  /** Everything polled is handed out at once; one commit of an account then takes many reports. */
  private void book(
      KafkaConsumer<String, byte[]> consumer, Set<TopicPartition> partitions, Polled polled) {
    var underWay = new HashMap<TopicPartition, List<CompletableFuture<Void>>>();
    for (var partition : partitions) {
      var futures = new ArrayList<CompletableFuture<Void>>();
      for (var message : polled.of(partition)) futures.add(book(message));
      underWay.put(partition, futures);
    }
    consumer.pause(consumer.assignment());
    underWay.forEach(
        (partition, futures) -> {
          var messages = polled.of(partition);
          var booked = firstFailure(consumer, futures);
          if (!consumer.assignment().contains(partition)) return;
          if (booked > 0)
            uncommitted.put(
                partition, new OffsetAndMetadata(messages.get(booked - 1).offset() + 1));
          if (booked < messages.size()) {
            pause(RETRY);
            consumer.seek(partition, messages.get(booked).offset());
          }
        });
    resumeLoaded(consumer);
  }

  /** Without waiting: a commit costs the broker as much as a report. */
  private void commitSoon(KafkaConsumer<String, byte[]> consumer) {
    committedAt = System.nanoTime();
    lag.set(KafkaClients.lag(consumer));
    if (uncommitted.isEmpty()) return;
    consumer.commitAsync(
        Map.copyOf(uncommitted),
        (offsets, failure) -> {
          if (failure == null) offsets.forEach(uncommitted::remove);
          else LOG.debugf("offsets not committed yet: %s", failure.getMessage());
        });
  }

  /** Before somebody else reads on. */
  private void commitNow(KafkaConsumer<String, byte[]> consumer) {
    if (uncommitted.isEmpty()) return;
    try {
      consumer.commitSync(Map.copyOf(uncommitted), Duration.ofSeconds(2));
    } catch (KafkaException e) {
      LOG.infof("offsets not committed, the reports will be told again: %s", e.getMessage());
    }
    uncommitted.clear();
  }

  /**
   * Waits for all, staying a live member meanwhile; the number of those booked before a failure.
   */
  private static int firstFailure(
      KafkaConsumer<String, byte[]> consumer, List<CompletableFuture<Void>> futures) {
    for (var i = 0; i < futures.size(); i++) {
      while (true) {
        try {
          futures.get(i).get(500, TimeUnit.MILLISECONDS);
          break;
        } catch (TimeoutException _) {
          consumer.poll(Duration.ZERO);
        } catch (ExecutionException e) {
          LOG.warnf("a report was not booked and will be told again: %s", e.getCause());
          return i;
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return i;
        }
      }
    }
    return futures.size();
  }

  private CompletableFuture<Void> book(ConsumerRecord<String, byte[]> message) {
    VenueFact fact;
    AccountId account;
    VenueReportRecord read;
    try {
      if (message.value() == null) return CompletableFuture.completedFuture(null);
      read = Json.read(message.value(), VenueReportRecord.class);
      Components.check(read);
      account = new AccountId(read.accountId());
      if (!read.accountId().equals(message.key()))
        throw new IllegalArgumentException(
            "key " + message.key() + " for account " + read.accountId());
      fact = ReportFacts.of(read, fees);
    } catch (UnreadableRecordException | IllegalArgumentException | ArithmeticException e) {
      return parking.park(message, String.valueOf(e.getMessage()));
    }
    if (!desks.knows(account)) return parking.park(message, "no account " + account);
    return orders
        .book(account, fact, read.venueTime())
        .thenAccept(
            _ -> {
              if (isAnswer(read.report())) metrics.confirmed(read.at(), clock.instant());
            })
        .exceptionallyCompose(
            failure ->
                cause(failure) instanceof UnbookableReportException unbookable
                    ? parking.park(message, String.valueOf(unbookable.getMessage()))
                    : CompletableFuture.failedFuture(failure));
  }

  private static boolean isAnswer(VenueReport report) {
    return report instanceof VenueReport.Accepted || report instanceof VenueReport.Rejected;
  }

  private static @Nullable Throwable cause(Throwable failure) {
    return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
  }

  private void resumeLoaded(KafkaConsumer<String, byte[]> consumer) {
    var paused = consumer.paused();
    if (paused.isEmpty()) return;
    consumer.resume(paused.stream().filter(p -> !loading.contains(p.partition())).toList());
  }

  private void own(int partition) {
    desks
        .own(partition)
        .subscribe()
        .with(
            _ -> loading.remove(partition),
            failure -> {
              LOG.warnf(failure, "partition %s cannot be taken over yet", partition);
              if (running)
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                    .execute(
                        () -> {
                          if (loading.contains(partition)) own(partition);
                        });
            });
  }

  private void disown(Collection<Integer> partitions) {
    var closing = new ArrayList<CompletableFuture<Void>>();
    for (var partition : partitions) {
      loading.remove(partition);
      closing.add(desks.disown(partition));
    }
    try {
      CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)).get(3, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("partitions %s: given up with a commit under way: %s", partitions, e.toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Set<Integer> partitionsOf(Collection<TopicPartition> partitions) {
    var numbers = new HashSet<Integer>();
    for (var partition : partitions) numbers.add(partition.partition());
    return numbers;
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Assigned is owned. */
  private final class Ownership implements ConsumerRebalanceListener {
    private final KafkaConsumer<String, byte[]> consumer;

    Ownership(KafkaConsumer<String, byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.pause(partitions);
      for (var partition : partitionsOf(partitions)) {
        loading.add(partition);
        own(partition);
      }
      assigned = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      disown(partitionsOf(partitions));
      commitNow(consumer);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      disown(partitionsOf(partitions));
      uncommitted.keySet().removeAll(partitions);
    }
  }
}
