package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.Json;
import io.tapeline.contract.RiskEvent;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.contract.Topics;
import io.tapeline.model.AccountId;
import io.tapeline.positions.store.RiskTables;
import io.tapeline.positions.store.TradeTable;
import io.tapeline.positions.store.TradeTable.Telling;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Tells round trips and risk events, which are kept for ever, after they were committed. What Kafka
 * took is noted in the tables; what is not noted is told again, so nothing is lost and a row may
 * come twice, under the same id.
 */
@ApplicationScoped
public class Outbox {
  private static final long NOTE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Teller teller;
  private final TradeTable tradeTable;
  private final RiskTables riskTables;
  private final Queue<Telling> trades = new ConcurrentLinkedQueue<>();
  private final Queue<RiskEventRecord> lines = new ConcurrentLinkedQueue<>();
  private final Set<Long> tellings = ConcurrentHashMap.newKeySet();
  private final Set<RiskEventRecord> underWay = ConcurrentHashMap.newKeySet();
  private final long sweepNanos;
  private boolean swept;
  private long sweptNanos;
  private long notedNanos = System.nanoTime();

  @Inject
  Outbox(Teller teller, TradeTable tradeTable, RiskTables riskTables, PositionsConfig config) {
    this.teller = teller;
    this.tradeTable = tradeTable;
    this.riskTables = riskTables;
    sweepNanos = config.retell().toNanos();
  }

  /** Round trips that were committed. */
  public void trades(List<Telling> committed) {
    for (var telling : committed) if (tellings.add(telling.no())) send(telling);
  }

  /** They are told once Kafka has them all; if it has not, all of them are told again. */
  private void send(Telling telling) {
    // one more than there are, for that all were handed over
    var open = new AtomicInteger(telling.rows().size() + 1);
    var lost = new AtomicBoolean();
    Consumer<Boolean> settled =
        arrived -> {
          if (!arrived) lost.set(true);
          if (open.decrementAndGet() > 0) return;
          if (lost.get()) tellings.remove(telling.no());
          else trades.add(new Telling(telling.accountId(), telling.no(), List.of()));
        };
    for (var row : telling.rows())
      teller.send(Topics.TRADES, telling.accountId().value(), row, settled);
    settled.accept(true);
  }

  /** Lines of a risk journal that were committed. */
  public void risk(List<RiskEventRecord> records) {
    for (var line : records) {
      send(line);
      if (line.event() instanceof RiskEvent.TierReached tier) teller.tell(line, tier);
    }
  }

  private void send(RiskEventRecord line) {
    if (!underWay.add(line)) return;
    teller.send(
        Topics.RISK_EVENTS,
        line.accountId(),
        Json.bytes(line),
        arrived -> {
          if (arrived) lines.add(line);
          else underWay.remove(line);
        });
  }

  /** Notes what arrived, and tells what is not noted. */
  public Uni<Void> tend(List<AccountId> owned, long nanos) {
    Uni<Void> done = Uni.createFrom().voidItem();
    if (nanos - notedNanos >= NOTE_NANOS) {
      notedNanos = nanos;
      var arrivedTrades = drained(trades);
      var arrivedLines = drained(lines);
      if (!arrivedTrades.isEmpty())
        done =
            done.chain(() -> tradeTable.told(arrivedTrades))
                .invoke(() -> arrivedTrades.forEach(telling -> tellings.remove(telling.no())));
      if (!arrivedLines.isEmpty())
        done =
            done.chain(() -> riskTables.told(arrivedLines))
                .invoke(() -> arrivedLines.forEach(underWay::remove));
    }
    if (!swept || nanos - sweptNanos >= sweepNanos) {
      swept = true;
      sweptNanos = nanos;
      done =
          done.chain(() -> tradeTable.noteOfOthers(owned))
              .chain(() -> tradeTable.untold(owned, tellings))
              .invoke(this::trades)
              .chain(() -> riskTables.untold(owned))
              .invoke(this::risk)
              .replaceWithVoid();
    }
    return done;
  }

  private static <T> List<T> drained(Queue<T> queue) {
    var all = new ArrayList<T>();
    for (var next = queue.poll(); next != null; next = queue.poll()) all.add(next);
    return all;
  }

  /** Other accounts are owned now: what their last owner did not tell is told. */
  public void forget() {
    swept = false;
  }
}
