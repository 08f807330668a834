package io.tapeline.positions.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.smallrye.mutiny.Uni;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.contract.Topics;
import io.tapeline.model.AccountId;
import io.tapeline.positions.app.AccountDesk;
import io.tapeline.positions.app.Accounts;
import io.tapeline.positions.app.Board;
import io.tapeline.positions.app.FoldService;
import io.tapeline.positions.app.Leavings;
import io.tapeline.positions.app.Outbox;
import io.tapeline.positions.app.PositionsConfig;
import io.tapeline.positions.app.Repairs;
import io.tapeline.positions.app.RiskDesk;
import io.tapeline.positions.app.Upkeep;
import io.tapeline.positions.domain.BatchFold.Readings;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.positions.domain.Delivery.Place;
import io.tapeline.positions.domain.Quarantine;
import io.tapeline.positions.domain.Step;
import io.tapeline.service.AccountPartition;
import io.tapeline.service.KafkaClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns accounts: folds what the tape brings, and says what has changed. Because
 * one thread does both, nothing is ever said of an account that was given away, and the heartbeat
 * stops when folding does. It waits for Postgres; no event loop does.
 *
 * <p>It uses Kafka's own consumer, because it must decide itself where to read: again after a
 * failed commit, from the beginning after a gap.
 */
@ApplicationScoped
class TapeLoop {
  private static final Logger LOG = Logger.getLogger(TapeLoop.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final long STUCK_NANOS = Duration.ofSeconds(45).toNanos();
  private static final long COMMIT_EVERY_NANOS = Duration.ofMillis(250).toNanos();

  private final TapeClients kafka;
  private final Accounts accounts;
  private final FoldService folds;
  private final Board board;
  private final RiskDesk risk;
  private final AccountDesk desk;
  private final Upkeep upkeep;
  private final Repairs repairs;
  private final Outbox outbox;
  private final Leavings leavings;
  private final Publisher publisher;
  private final PositionsConfig config;
  private final AtomicLong lag = new AtomicLong();

  private final Set<TopicPartition> owned = new HashSet<>();
  private final Map<TopicPartition, Long> targets = new HashMap<>();
  private final Set<AccountId> readAgain = new HashSet<>();

  /** Of these, up to which offset what is missing may still come. */
  private final Map<AccountId, Long> patience = new HashMap<>();

  /** What was passed over of them meanwhile. */
  private final Map<AccountId, Quarantine> lacking = new HashMap<>();

  /**
   * Emptied, and not folded to their end yet: what they come to meanwhile they never came to, and
   * nothing is decided on it.
   */
  private final Set<AccountId> refolding = new HashSet<>();

  private final Set<AccountId> told = new HashSet<>();
  private Duration pause = FIRST_PAUSE;
  private boolean assigned;
  private boolean cleared;

  private volatile boolean polling;

  /**
   * The batch that PostgreSQL is writing while the next one is fetched and read. Until its outcome
   * is known nothing else is decided of accounts: what is decided rests on what is committed.
   */
  private @Nullable UnderWay underWay;

  /** What came of it where it had to be waited for earlier, because accounts were given away. */
  private @Nullable Done early;

  /** Whether the consumer was told to read again what it had read. */
  private boolean rewound;

  private record UnderWay(
      ConsumerRecords<String, byte[]> batch, CompletableFuture<FoldService.Folded> outcome) {}

  /** A batch that was committed. */
  private record Done(ConsumerRecords<String, byte[]> batch, FoldService.Folded folded) {}

  /** Offsets behind what is folded. Of the one thread. */
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

  private long committedAt;
  private volatile boolean stopping;
  private volatile boolean caughtUp;
  private volatile long lastPassNanos = System.nanoTime();
  private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
  private @Nullable Thread thread;

  @Inject
  TapeLoop(
      TapeClients kafka,
      Accounts accounts,
      FoldService folds,
      Board board,
      RiskDesk risk,
      AccountDesk desk,
      Upkeep upkeep,
      Repairs repairs,
      Outbox outbox,
      Leavings leavings,
      Publisher publisher,
      PositionsConfig config,
      MeterRegistry meters) {
    this.kafka = kafka;
    this.accounts = accounts;
    this.folds = folds;
    this.board = board;
    this.risk = risk;
    this.desk = desk;
    this.upkeep = upkeep;
    this.repairs = repairs;
    this.outbox = outbox;
    this.leavings = leavings;
    this.publisher = publisher;
    this.config = config;
    meters.gauge("tapeline.positions.lag", lag);
  }

  void start() {
    thread = Thread.ofPlatform().name("tape").start(this::run);
  }

  /**
   * Whether this replica knows its accounts and has folded what was on the tape when it got them.
   */
  boolean isCaughtUp() {
    return caughtUp;
  }

  boolean isAlive() {
    var running = thread;
    return running != null && running.isAlive() && System.nanoTime() - lastPassNanos < STUCK_NANOS;
  }

  private void run() {
    while (!stopping) {
      try (var member = kafka.member()) {
        consumer = member;
        member.subscribe(List.of(Topics.ORDER_EVENTS), new Ownership());
        while (!stopping) pass(member);
      } catch (WakeupException _) {
        // stopping
      } catch (FencedInstanceIdException e) {
        LOG.fatalf("another replica is named %s too: stopping", config.instance());
        stopping = true;
        Quarkus.asyncExit(1);
      } catch (RuntimeException e) {
        failed("the tape cannot be read, trying again", e);
      } finally {
        consumer = null;
        abandon();
        disown(List.copyOf(owned));
      }
    }
  }

  /** Ends the wait for records, because there is something to decide. */
  void wake() {
    var member = consumer;
    if (polling && member != null) member.wakeup();
  }

  private ConsumerRecords<String, byte[]> poll(KafkaConsumer<String, byte[]> member) {
    polling = true;
    try {
      // asked after it can be woken: an alarm of a moment ago is seen here, a later one wakes it
      return member.poll(underWay == null && !risk.isAsked() ? config.pollWait() : Duration.ZERO);
    } catch (WakeupException e) {
      if (stopping) throw e;
      return ConsumerRecords.empty();
    } finally {
      polling = false;
    }
  }

  /**
   * A short batch is folded, committed and told at once. A long one is left to PostgreSQL while the
   * next is fetched and read; then comes its turn to be told.
   */
  private void pass(KafkaConsumer<String, byte[]> member) {
    var batch = poll(member);
    var lines = deliveries(batch);
    rewound = false;
    var done = ended(member, batch);
    if (rewound) batch = ConsumerRecords.empty();
    if (done == null && !rewound && !batch.isEmpty() && batch.count() < config.longBatch()) {
      begin(batch, lines);
      batch = ConsumerRecords.empty();
      done = ended(member, batch);
    }
    if (System.nanoTime() - committedAt > COMMIT_EVERY_NANOS) commit(member);
    var tended = tend(member, done, batch);
    if (!batch.isEmpty() && !rewound) begin(batch, lines);
    if (done != null) outbox.trades(done.folded().trades());
    if (!caughtUp && tended && underWay == null) caughtUp = assigned && hasReachedTargets(member);
    lag.set(KafkaClients.lag(member));
    lastPassNanos = System.nanoTime();
  }

  /**
   * Says what has changed and looks after accounts, while nothing is under way.
   *
   * @param next read, and not folded yet
   * @return false when something of it could not be done
   */
  private boolean tend(
      KafkaConsumer<String, byte[]> member,
      @Nullable Done done,
      ConsumerRecords<String, byte[]> next) {
    try {
      endPatience(member, next);
      var mine = ownedAccounts();
      await(accounts.remember(mine));
      tell(await(risk.settleAsked(whole(mine))));
      if (done != null) settle(done);
      publisher.publish(board.due(mine, System.nanoTime()), null);
      repair(member, mine, next);
      await(folds.startTradingDays(mine));
      tell(await(risk.settleDue(whole(mine), System.nanoTime())));
      tell(await(desk.settle(whole(mine), System.nanoTime())));
      tend(mine);
      return true;
    } catch (RuntimeException e) {
      failed("accounts cannot be tended", e);
      return false;
    }
  }

  private void repair(
      KafkaConsumer<String, byte[]> member,
      List<AccountId> mine,
      ConsumerRecords<String, byte[]> next) {
    for (var accountId : await(repairs.begin(mine))) {
      LOG.infof("account %s is folded again from the beginning of its journal", accountId);
      told.remove(accountId);
      refolding.add(accountId);
      if (!rewound) rewind(member, next);
      readPatiently(member, accountId);
    }
  }

  /** Of what was folded is said what it is now, and decided what it means by the rules. */
  private void settle(Done done) {
    var result = done.folded().result();
    var changed =
        result.changes().stream()
            .map(change -> change.after().accountId())
            .filter(accountId -> accounts.configured().containsKey(accountId))
            .filter(this::owns)
            .toList();
    publisher.publish(
        board.due(changed, System.nanoTime()), result.fills() == 0 ? null : oldest(done.batch()));
    await(folds.startTradingDays(changed));
    tell(await(risk.settleFolded(whole(changed))));
  }

  /** Those that are not being folded anew. */
  private List<AccountId> whole(List<AccountId> some) {
    return some.stream().filter(accountId -> !refolding.contains(accountId)).toList();
  }

  private void tell(List<RiskEventRecord> lines) {
    if (lines.isEmpty()) return;
    var decided = lines.stream().map(line -> new AccountId(line.accountId())).distinct().toList();
    publisher.publish(board.due(decided, System.nanoTime()), null);
    outbox.risk(lines);
  }

  private void begin(ConsumerRecords<String, byte[]> batch, List<Delivery> lines) {
    var readings = new Readings(Set.copyOf(readAgain), Set.copyOf(patience.keySet()));
    underWay =
        new UnderWay(
            batch,
            Uni.createFrom()
                .deferred(() -> folds.fold(lines, readings))
                .subscribeAsCompletionStage());
  }

  /**
   * Waits for the batch that is under way. When it cannot be committed it is read again, and so is
   * what was read after it.
   *
   * @return null when none was, or it was not committed
   */
  private @Nullable Done ended(
      KafkaConsumer<String, byte[]> member, ConsumerRecords<String, byte[]> next) {
    var known = early;
    var ending = underWay;
    early = null;
    underWay = null;
    if (ending == null) return known;
    try {
      var folded = await(Uni.createFrom().completionStage(ending.outcome()));
      var result = folded.result();
      if (!result.parked().isEmpty()) publisher.park(result.parked(), places(ending.batch()));
      for (var change : result.changes())
        if (!patience.containsKey(change.after().accountId()))
          readAgain.remove(change.after().accountId());
      result
          .lacking()
          .forEach(
              (accountId, now) ->
                  lacking.merge(accountId, now, (a, b) -> b.seq() > a.seq() ? b : a));
      uncommitted.putAll(ending.batch().nextOffsets());
      if (!result.gaps().isEmpty()) rewind(member, next);
      result.gaps().forEach((accountId, gap) -> readFromTheBeginning(member, accountId, gap));
      pause = FIRST_PAUSE;
      return new Done(ending.batch(), folded);
    } catch (RuntimeException e) {
      ending.outcome().cancel(false);
      rewind(member, next);
      rewind(member, ending.batch());
      failed("a batch was not committed, reading it again", e);
      return null;
    }
  }

  /** What was read is read again, as far as its partitions are still this replica's. */
  private void rewind(KafkaConsumer<String, byte[]> member, ConsumerRecords<String, byte[]> batch) {
    rewound = true;
    var assigned = member.assignment();
    for (var partition : batch.partitions())
      if (assigned.contains(partition))
        member.seek(partition, batch.records(partition).getFirst().offset());
  }

  /** Waits, whatever becomes of it: nobody is left to tell. */
  private void abandon() {
    var ending = underWay;
    early = null;
    underWay = null;
    if (ending == null) return;
    try {
      await(Uni.createFrom().completionStage(ending.outcome()));
    } catch (RuntimeException e) {
      LOG.debug("a batch was not committed", e);
    }
  }

  /** Only saves reading again: what is folded is in the tables, with its seq. */
  private void commit(KafkaConsumer<String, byte[]> member) {
    committedAt = System.nanoTime();
    if (uncommitted.isEmpty()) return;
    uncommitted.keySet().retainAll(member.assignment());
    member.commitAsync(Map.copyOf(uncommitted), null);
    uncommitted.clear();
  }

  private void readFromTheBeginning(
      KafkaConsumer<String, byte[]> member, AccountId accountId, Step.Gap gap) {
    LOG.warnf(
        "account %s: seq %d expected, %d came; reading its partition again",
        accountId, gap.expected(), gap.found());
    readPatiently(member, accountId);
  }

  /** Up to what is there by now: missing lines may have been told again. */
  private void readPatiently(KafkaConsumer<String, byte[]> member, AccountId accountId) {
    rewound = true;
    readAgain.add(accountId);
    lacking.remove(accountId);
    if (!owns(accountId)) return;
    var partition = partition(accountId);
    patience.put(
        accountId, member.endOffsets(List.of(partition)).getOrDefault(partition, Long.MAX_VALUE));
    member.seekToBeginning(List.of(partition));
  }

  /**
   * What still lacks a line after all was read is read once more, and then stands still.
   *
   * @param next read, and not folded yet
   */
  private void endPatience(
      KafkaConsumer<String, byte[]> member, ConsumerRecords<String, byte[]> next) {
    for (var accountId : List.copyOf(patience.keySet())) {
      var partition = partition(accountId);
      if (!next.records(partition).isEmpty()
          || member.position(partition) < patience.getOrDefault(accountId, 0L)) continue;
      var state = accounts.committed(accountId);
      if (state == null) continue; // forgotten for a moment: how far it is will be known
      patience.remove(accountId);
      var hole = lacking.remove(accountId);
      if (hole == null || state.fold().seq() >= hole.seq()) {
        readAgain.remove(accountId);
        if (refolding.remove(accountId)) risk.forget(accountId::equals);
      } else {
        LOG.warnf("account %s: %s, and nowhere on the tape", accountId, hole.detail());
        if (!rewound) rewind(member, next);
        member.seekToBeginning(List.of(partition));
      }
    }
  }

  private static TopicPartition partition(AccountId accountId) {
    return new TopicPartition(Topics.ORDER_EVENTS, AccountPartition.of(accountId.value()));
  }

  /** In order; of a long batch by all processors, for that is most of what a fold costs. */
  private List<Delivery> deliveries(ConsumerRecords<String, byte[]> batch) {
    var records = new ArrayList<ConsumerRecord<String, byte[]>>(batch.count());
    batch.forEach(records::add);
    var reading = batch.count() < config.longBatch() ? records.stream() : records.parallelStream();
    return reading.map(OrderEvents::read).toList();
  }

  private static Map<Place, ConsumerRecord<String, byte[]>> places(
      ConsumerRecords<String, byte[]> batch) {
    var places = new HashMap<Place, ConsumerRecord<String, byte[]>>();
    for (var kafkaRecord : batch)
      places.put(new Place(kafkaRecord.partition(), kafkaRecord.offset()), kafkaRecord);
    return places;
  }

  private static long oldest(ConsumerRecords<String, byte[]> batch) {
    long oldest = Long.MAX_VALUE;
    for (var kafkaRecord : batch) oldest = Math.min(oldest, kafkaRecord.timestamp());
    return oldest;
  }

  /** What the accounts need besides the tape, and what can wait for what the rules decide. */
  private void tend(List<AccountId> mine) {
    if (assigned && !cleared) {
      var ends = await(leavings.ends()).stream().filter(end -> owns(end.accountId())).toList();
      publisher.publish(ends, null);
      cleared = true;
    }
    for (var accountId : mine) {
      var state = accounts.committed(accountId);
      if (state == null || state.quarantine() == null || told.contains(accountId)) continue;
      publisher.tell(state, state.quarantine());
      told.add(accountId);
      refolding.remove(accountId);
    }
    await(upkeep.tend(mine, System.nanoTime()));
    await(outbox.tend(mine, System.nanoTime()));
  }

  /** The accounts of this installation in the partitions of this replica. */
  private List<AccountId> ownedAccounts() {
    return accounts.configured().keySet().stream().filter(this::owns).toList();
  }

  private boolean owns(AccountId accountId) {
    return owned.contains(partition(accountId));
  }

  private boolean hasReachedTargets(KafkaConsumer<String, byte[]> member) {
    return targets.entrySet().stream()
        .allMatch(target -> member.position(target.getKey()) >= target.getValue());
  }

  private static <T extends @Nullable Object> T await(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }

  private void failed(String what, RuntimeException e) {
    LOG.warnf("%s: %s", what, e.getMessage() == null ? e.toString() : e.getMessage());
    LOG.debug(what, e);
    rest();
  }

  private void rest() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
    pause = pause.multipliedBy(2);
    if (pause.compareTo(config.retryPause()) > 0) pause = config.retryPause();
  }

  private void disown(Collection<TopicPartition> partitions) {
    partitions.forEach(owned::remove);
    partitions.forEach(targets::remove);
    accounts.forget(accountId -> !owns(accountId));
    board.forget(accountId -> !owns(accountId));
    risk.forget(accountId -> !owns(accountId));
    upkeep.forget(accountId -> !owns(accountId));
    outbox.forget();
    readAgain.removeIf(accountId -> !owns(accountId));
    patience.keySet().removeIf(accountId -> !owns(accountId));
    lacking.keySet().removeIf(accountId -> !owns(accountId));
    refolding.removeIf(accountId -> !owns(accountId));
    told.removeIf(accountId -> !owns(accountId));
  }

  void stop() throws InterruptedException {
    stopping = true;
    var member = consumer;
    if (member != null) member.wakeup();
    var running = thread;
    if (running != null) running.join(Duration.ofSeconds(4));
  }

  private final class Ownership implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      owned.addAll(partitions);
      outbox.forget();
      assigned = true;
      cleared = false;
      caughtUp = false;
      var member = consumer;
      if (member != null && !partitions.isEmpty()) targets.putAll(member.endOffsets(partitions));
      LOG.infof("owner of %d partitions of %s", owned.size(), Topics.ORDER_EVENTS);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      var member = consumer;
      if (member != null) early = ended(member, ConsumerRecords.empty());
      disown(partitions);
    }
  }
}
