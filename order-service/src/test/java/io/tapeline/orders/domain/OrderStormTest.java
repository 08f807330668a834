package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrderId;
import io.tapeline.model.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random commands against a venue that duplicates, reorders, delays, loses and fills late. */
class OrderStormTest {
  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("storm.seeds", 1_000));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverTheVenueSendsReplayAgreesAndNoFillIsLostOrDoubled(long seed) {
    var storm = new Storm(seed);
    for (var step = 0; step < 120; step++) {
      storm.step();
      storm.check();
    }
    storm.calm();
    storm.check();
    assertThat(storm.ledger.replayed()).isEqualTo(storm.ledger.state);
    assertThat(storm.ledger.replayed().canonical()).isEqualTo(storm.ledger.state.canonical());
    assertThat(storm.ledger.state.live().size()).as("no order is stuck for ever").isZero();
  }

  /** What the venue really holds, and what it has said that did not arrive yet. */
  private static final class Storm {
    final Ledger ledger = Ledger.reconciled();
    final Random random;
    final List<VenueFact> underWay = new ArrayList<>();
    final Map<String, VenueFact.Filled> fillsDelivered = new HashMap<>();
    final Map<String, VenueOrder> venue = new LinkedHashMap<>();
    final Set<String> consumed = new HashSet<>();
    int ids;
    int executions;
    int session = 1;
    int asked;

    static final class VenueOrder {
      final Side side;
      final long qty;
      long cum;
      boolean open = true;

      VenueOrder(Side side, long qty) {
        this.side = side;
        this.qty = qty;
      }
    }

    Storm(long seed) {
      random = new Random(seed);
    }

    void step() {
      switch (random.nextInt(8)) {
        case 0, 1 -> place();
        case 2 -> cancel();
        case 3 -> trade();
        default -> deliver();
      }
      venueConsumes();
    }

    void place() {
      var side = random.nextBoolean() ? Side.BUY : Side.SELL;
      ledger.place("o" + ++ids, Ledger.limit(side, 1 + random.nextInt(9), "5000"));
    }

    void cancel() {
      if (ids > 0) ledger.cancel("o" + (1 + random.nextInt(ids)));
    }

    /** The gateway reads the journal and sends each request at most once; some get lost. */
    void venueConsumes() {
      for (var recorded : ledger.history) {
        if (recorded.event() instanceof OrderEvent.OrderSubmitted submitted
            && consumed.add("new" + submitted.clOrdId())) arrives(submitted);
        if (recorded.event() instanceof OrderEvent.CancelRequested cancel
            && consumed.add("cancel" + cancel.clOrdId() + cancel.requestNo())) arrives(cancel);
      }
    }

    void arrives(OrderEvent.OrderSubmitted submitted) {
      var id = submitted.clOrdId();
      switch (random.nextInt(10)) {
        case 0 -> say(new VenueFact.NotSent(id, RequestKind.NEW, submitted.requestNo(), "stale"));
        case 1 -> say(new VenueFact.Rejected(id, new Order.VenueWords("3", "no")));
        case 2 -> // lost on the way out
            say(new VenueFact.InDoubt(id, RequestKind.NEW, submitted.requestNo(), "lost"));
        case 3 -> { // lost on the way back
          venue.put(id.value(), opened(submitted));
          say(new VenueFact.InDoubt(id, RequestKind.NEW, submitted.requestNo(), "lost"));
        }
        default -> {
          venue.put(id.value(), opened(submitted));
          say(new VenueFact.Accepted(id, new OrderId("V" + id)));
        }
      }
    }

    static VenueOrder opened(OrderEvent.OrderSubmitted submitted) {
      return new VenueOrder(submitted.terms().side(), submitted.terms().orderQty().lots());
    }

    void arrives(OrderEvent.CancelRequested cancel) {
      var order = venue.get(cancel.clOrdId().value());
      if (random.nextInt(5) == 0) {
        say(
            new VenueFact.InDoubt(
                cancel.clOrdId(), RequestKind.CANCEL, cancel.requestNo(), "lost"));
        if (random.nextBoolean()) return;
      }
      if (order == null || !order.open) {
        say(
            new VenueFact.CancelRejected(
                cancel.clOrdId(), cancel.requestNo(), new Order.VenueWords("1", "unknown")));
      } else {
        order.open = false;
        say(
            new VenueFact.Canceled(
                cancel.clOrdId(), new OrderId("V" + cancel.clOrdId()), Order.VenueWords.NONE));
      }
    }

    void trade() {
      for (var entry : venue.entrySet()) {
        var order = entry.getValue();
        if (!order.open || random.nextInt(3) > 0) continue;
        var qty = 1 + random.nextLong(order.qty - order.cum);
        order.cum += qty;
        if (order.cum == order.qty) order.open = false;
        say(Ledger.filled(entry.getKey(), "E" + ++executions, order.side, qty, "5000"));
      }
    }

    void say(VenueFact fact) {
      underWay.add(fact);
      if (random.nextInt(4) == 0) underWay.add(fact);
    }

    void deliver() {
      if (underWay.isEmpty()) return;
      deliver(underWay.remove(random.nextInt(underWay.size())));
    }

    void deliver(VenueFact fact) {
      if (fact instanceof VenueFact.Filled fill) fillsDelivered.put(fill.execId().value(), fill);
      ledger.report(fact);
    }

    /** The storm passes: everything arrives, and the gateway asks until nothing is in doubt. */
    void calm() {
      for (var round = 0; round < 20; round++) {
        while (!underWay.isEmpty()) deliver();
        ledger.handle(new OrderCommand.CancelAll("calm" + round, "ada"));
        venueConsumes();
        while (!underWay.isEmpty()) deliver();
        reconcile();
        for (var live : List.copyOf(ledger.state.live().values())) {
          for (var request : live.requests()) if (request.inDoubt()) answer(live, request);
        }
      }
    }

    void reconcile() {
      session++;
      ledger.report(new VenueFact.ReconcileStarted("sim", session));
      var open = new HashSet<String>();
      venue.forEach(
          (id, order) -> {
            if (order.open) open.add(id);
          });
      ledger.report(
          new VenueFact.ReconcileCompleted("sim", session, open, open.size(), 0, List.of()));
    }

    void answer(Order.Live live, Request request) {
      var order = venue.get(live.clOrdId().value());
      if (order == null) {
        ledger.unknown(
            live.clOrdId().value(),
            request.kind(),
            request.requestNo(),
            Duration.ofSeconds(10 + asked++));
        return;
      }
      var status =
          order.open
              ? OrdStatus.NEW
              : order.cum == order.qty ? OrdStatus.FILLED : OrdStatus.CANCELED;
      ledger.report(
          ledger.known(live.clOrdId().value(), request.requestNo(), order.side, order.qty, status));
    }

    void check() {
      var net = 0L;
      for (var fill : fillsDelivered.values()) net += fill.side().signed(fill.lastQty());
      assertThat(ledger.net()).as("every fill that arrived, once").isEqualTo(net);
      for (var i = 1; i <= ids; i++) check("o" + i);
    }

    void check(String id) {
      if (!(ledger.state.order(new ClOrdId(id)) instanceof Order.Placed order)) return;
      var cum = 0L;
      for (var fill : fillsDelivered.values()) {
        if (id.equals(fill.clOrdId().value())) cum += fill.lastQty().lots();
      }
      var qty = order.terms().orderQty().lots();
      assertThat(order.fills().cumQty().lots()).isEqualTo(cum).isLessThanOrEqualTo(qty);
      assertThat(order.leavesQty().lots()).isEqualTo(order.status().isWorking() ? qty - cum : 0);
      if (cum == qty) assertThat(order.status()).isEqualTo(OrdStatus.FILLED);
    }
  }
}
