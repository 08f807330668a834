package io.tapeline.orders.kafka;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.Topics;
import io.tapeline.model.AccountId;
import io.tapeline.orders.app.JournalPages;
import io.tapeline.orders.app.NotOwnerException;
import io.tapeline.orders.app.OrderMetrics;
import io.tapeline.orders.app.Tape;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the journal of the accounts owned here, in seq order. A window of lines is sent, and
 * the next only when all of it is acknowledged; inside a window the idempotent producer, whose
 * sends never time out, keeps the order. After a takeover it goes on behind the last seq found on
 * the topic: a stale relay can repeat, never leave a gap.
 *
 * <p>Lines come from memory while they fit, and from the journal otherwise: an outage of Kafka of
 * any length needs no more memory than a short one.
 */
@ApplicationScoped
class OrderRelay implements Tape {
  private static final Logger LOG = Logger.getLogger(OrderRelay.class);
  private static final int WINDOW = 64;
  private static final Duration RETRY = Duration.ofMillis(500);

  private final TapeProducer producer;
  private final JournalPages journal;
  private final OrderMetrics metrics;
  private final TapeTail tail;

  /** Every lane is confined to this thread; send() may block it when Kafka is away. */
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var made = new Thread(work, "order-relay");
            made.setDaemon(true);
            return made;
          });

  private final Map<AccountId, Lane> lanes = new ConcurrentHashMap<>();

  @Inject
  OrderRelay(TapeProducer producer, JournalPages journal, OrderMetrics metrics, TapeTail tail) {
    this.producer = producer;
    this.journal = journal;
    this.metrics = metrics;
    this.tail = tail;
  }

  @Override
  public Uni<Void> open(int partition, Map<AccountId, Mark> marks, Map<AccountId, Long> committed) {
    if (committed.isEmpty()) return Uni.createFrom().voidItem();
    return Uni.createFrom()
        .<Void>emitter(
            done -> {
              // reading a topic blocks: neither an event loop nor the relay's own thread does it
              var _ =
                  Thread.ofVirtual()
                      .name("tape-tail-" + partition)
                      .start(
                          () -> {
                            try {
                              var found = tail.read(partition, marks, committed.keySet());
                              thread.execute(
                                  () -> {
                                    open(partition, found, committed);
                                    done.complete(null);
                                  });
                            } catch (RuntimeException e) {
                              done.fail(e);
                            }
                          });
            });
  }

  private void open(int partition, TapeTail.Found found, Map<AccountId, Long> committed) {
    committed.forEach(
        (account, seq) -> {
          var published = found.seqs().getOrDefault(account, 0L);
          if (published > seq)
            LOG.errorf(
                "account %s: the tape is at %d, the journal at %d; they do not belong together",
                account, published, seq);
          var lane = new Lane(account, partition, published, found.nextOffset());
          lane.committed = seq;
          lanes.put(account, lane);
          pump(lane);
        });
  }

  @Override
  public void append(AccountId account, List<Line> lines) {
    var at = System.nanoTime();
    thread.execute(
        () -> {
          var lane = lanes.get(account);
          if (lane == null) return;
          for (var line : lines) lane.offer(line, at);
          pump(lane);
        });
  }

  @Override
  public Uni<Long> tellAgain(AccountId account, long from) {
    return Uni.createFrom()
        .emitter(
            done ->
                thread.execute(
                    () -> {
                      var lane = lanes.get(account);
                      if (lane == null) {
                        done.fail(
                            new NotOwnerException("account " + account + " is not owned here now"));
                        return;
                      }
                      LOG.infof("account %s: told again from line %d", account, from);
                      lane.tellAgain(from, done::complete);
                      pump(lane);
                    }));
  }

  @Override
  public long lagMillis(AccountId account) {
    var lane = lanes.get(account);
    return lane == null ? 0 : lane.lagMillis();
  }

  @Override
  public List<Mark> marks() {
    var marks = new ArrayList<Mark>();
    for (var lane : lanes.values()) marks.add(lane.mark);
    return marks;
  }

  @Override
  public void close(int partition) {
    thread.execute(() -> lanes.values().removeIf(lane -> lane.partition == partition));
  }

  /** Waits, but not for long, until everything committed is on the tape. */
  void drain(Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline
        && lanes.values().stream().anyMatch(lane -> lane.lagMillis() > 0)) {
      VenueReports.pause(Duration.ofMillis(20));
    }
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }

  private void pump(Lane lane) {
    if (lane.busy || lanes.get(lane.account) != lane) return;
    lane.goBack();
    if (lane.waiting.isEmpty()) {
      if (lane.published < lane.committed) fetch(lane);
      return;
    }
    lane.busy = true;
    var window = new ArrayList<Line>(WINDOW);
    while (window.size() < WINDOW && !lane.waiting.isEmpty()) window.add(lane.waiting.poll());
    lane.unacknowledged = window.size();
    lane.failed = false;
    for (var line : window) send(lane, line);
  }

  private void send(Lane lane, Line line) {
    try {
      producer.send(
          record(Topics.ORDER_EVENTS, lane.account, line.body()),
          (metadata, failure) -> thread.execute(() -> acknowledged(lane, line, metadata, failure)));
      tell(line);
    } catch (RuntimeException e) {
      acknowledged(lane, line, null, e);
    }
  }

  private void acknowledged(
      Lane lane, Line line, @Nullable RecordMetadata metadata, @Nullable Exception failure) {
    lane.unacknowledged--;
    if (failure != null || metadata == null) {
      if (!lane.failed)
        LOG.errorf(failure, "account %s: line %d was not published", lane.account, line.seq());
      lane.failed = true;
    } else if (!lane.failed) {
      metrics.relayed(lane.waitedNanos(), lane.account);
      lane.published(line.seq(), metadata.offset() + 1);
    }
    if (lane.unacknowledged > 0) return;
    if (!lane.failed) {
      lane.busy = false;
      pump(lane);
      return;
    }
    // everything behind the last acknowledged line is taken from the journal again
    lane.waiting.clear();
    retry(lane);
  }

  private void retry(Lane lane) {
    var _ =
        thread.schedule(
            () -> {
              lane.busy = false;
              pump(lane);
            },
            RETRY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void fetch(Lane lane) {
    lane.busy = true;
    journal
        .after(lane.account, lane.published, Lane.MOST_WAITING)
        .subscribe()
        .with(
            lines ->
                thread.execute(
                    () -> {
                      lane.busy = false;
                      lane.refill(lines);
                      pump(lane);
                    }),
            failure -> {
              LOG.debugf("account %s: %s", lane.account, failure.toString());
              retry(lane);
            });
  }

  /** A notice may be told twice, but not be forgotten: it goes out with its line. */
  private void tell(Line line) {
    if (!Notices.mayConcern(line.body())) return;
    var read = Json.read(line.body().getBytes(StandardCharsets.UTF_8), OrderEventRecord.class);
    var notice = Notices.of(read);
    if (notice != null) producer.tell(notice);
  }

  private static ProducerRecord<String, byte[]> record(
      String topic, AccountId account, String body) {
    return new ProducerRecord<>(topic, account.value(), body.getBytes(StandardCharsets.UTF_8));
  }
}
