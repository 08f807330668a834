package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.RiskEvent;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.contract.RoundTripRow;
import io.tapeline.contract.Topics;
import io.tapeline.model.AccountId;
import io.tapeline.positions.store.RiskTables;
import io.tapeline.positions.store.TradeTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Tells round trips and risk events, which are kept for ever, after they were committed. What Kafka
 * took is noted in the tables; what is not noted is told again, so nothing is lost and a row may
 * come twice, under the same id.
 */
@ApplicationScoped
public class Outbox {
  private static final long NOTE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SWEEP_NANOS = Duration.ofSeconds(30).toNanos();

  private final Teller teller;
  private final TradeTable tradeTable;
  private final RiskTables riskTables;
  private final Queue<RoundTripRow> trades = new ConcurrentLinkedQueue<>();
  private final Queue<RiskEventRecord> lines = new ConcurrentLinkedQueue<>();
  private final Set<Object> underWay = ConcurrentHashMap.newKeySet();
  private boolean swept;
  private long sweptNanos;
  private long notedNanos = System.nanoTime();

  @Inject
  Outbox(Teller teller, TradeTable tradeTable, RiskTables riskTables) {
    this.teller = teller;
    this.tradeTable = tradeTable;
    this.riskTables = riskTables;
  }

  /** Round trips that were committed. */
  public void trades(List<RoundTripRow> rows) {
    for (var row : rows) send(Topics.TRADES, row.accountId(), row, trades);
  }

  /** Lines of a risk journal that were committed. */
  public void risk(List<RiskEventRecord> records) {
    for (var line : records) {
      send(Topics.RISK_EVENTS, line.accountId(), line, lines);
      if (line.event() instanceof RiskEvent.TierReached tier) teller.tell(line, tier);
    }
  }

  private <T> void send(String topic, String accountId, T row, Queue<T> told) {
    if (!underWay.add(row)) return;
    teller.send(
        topic,
        accountId,
        row,
        arrived -> {
          if (arrived) told.add(row);
          else underWay.remove(row);
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
        done = done.chain(() -> tradeTable.told(arrivedTrades)).invoke(() -> over(arrivedTrades));
      if (!arrivedLines.isEmpty())
        done = done.chain(() -> riskTables.told(arrivedLines)).invoke(() -> over(arrivedLines));
    }
    if (!swept || nanos - sweptNanos >= SWEEP_NANOS) {
      swept = true;
      sweptNanos = nanos;
      done =
          done.chain(() -> tradeTable.untold(owned))
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

  private void over(List<?> rows) {
    rows.forEach(underWay::remove);
  }

  /** Other accounts are owned now: what their last owner did not tell is told. */
  public void forget() {
    swept = false;
  }
}
