package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A venue, and the way to it and back: requests arrive late, once, or never; reports come late,
 * twice and in any order. What it did is never undone by what was lost of it.
 */
final class ModelVenue {
  /** An order as the venue has it. */
  static final class Held {
    final ClOrdId id;
    final Side side;
    final OrdType type;
    final TimeInForce time;
    final boolean reduceOnly;
    long qty;
    Price price;
    Price stopPx;
    Long trail;
    long cum;
    boolean open = true;
    boolean triggered;

    Held(ClOrdId id, VenueTerms terms, boolean reduceOnly) {
      this.id = id;
      side = terms.side();
      type = terms.ordType();
      time = terms.timeInForce();
      this.reduceOnly = reduceOnly;
      take(terms);
    }

    void take(VenueTerms terms) {
      qty = terms.orderQty().lots();
      price = terms.price();
      stopPx = terms.stopPx();
      trail = terms.trail();
    }

    boolean trades() {
      return open && (type == OrdType.MARKET || type == OrdType.LIMIT || triggered);
    }
  }

  /**
   * A fill, as the venue booked it.
   *
   * @param news what tells of it: itself, or the correction it came with
   */
  record Fill(VenueFact.Filled told, Held of, VenueFact news) {}

  private record Sent(RequestKind kind, ClOrdId id, long requestNo, VenueTerms terms, boolean ro) {}

  final Map<ClOrdId, Held> orders = new LinkedHashMap<>();
  final Map<String, Fill> fills = new HashMap<>();

  /** Taken back or corrected: of each execution that happens once. */
  final Set<String> revised = new HashSet<>();

  final List<VenueFact> reports = new ArrayList<>();
  final Set<ClOrdId> overfilled = new HashSet<>();
  private final ArrayDeque<Sent> requests = new ArrayDeque<>();
  private final Map<ClOrdId, Boolean> reduceOnly = new HashMap<>();
  private int read;
  private int executions;
  long net;

  /** Everything from here on goes as it should. */
  boolean calm;

  /** Takes from the journal what is to be sent, in its order. */
  void read(List<Recorded> journal) {
    for (; read < journal.size(); read++) {
      switch (journal.get(read).event()) {
        case OrderEvent.OrderSubmitted e -> {
          var terms = VenueTerms.of(e.terms(), e.terms().ordType(), e.terms().timeInForce());
          send(RequestKind.NEW, e.clOrdId(), e.requestNo(), terms, e.terms().reduceOnly());
        }
        case OrderEvent.OrderHeld e -> reduceOnly.put(e.clOrdId(), e.terms().reduceOnly());
        case OrderEvent.OrderReleased e ->
            send(
                RequestKind.NEW,
                e.clOrdId(),
                e.requestNo(),
                e.terms(),
                reduceOnly.getOrDefault(e.clOrdId(), false));
        case OrderEvent.ReplaceRequested e ->
            send(RequestKind.REPLACE, e.clOrdId(), e.requestNo(), e.terms(), false);
        case OrderEvent.CancelRequested e ->
            send(RequestKind.CANCEL, e.clOrdId(), e.requestNo(), null, false);
        default -> {}
      }
    }
  }

  private void send(RequestKind kind, ClOrdId id, long requestNo, VenueTerms terms, boolean ro) {
    if (kind == RequestKind.NEW && orders.containsKey(id))
      throw new AssertionError("sent twice: " + id);
    requests.add(new Sent(kind, id, requestNo, terms, ro));
  }

  boolean isQuiet() {
    return requests.isEmpty() && reports.isEmpty();
  }

  /** Whether anything about the order is still on its way there. */
  boolean isUnderWay(ClOrdId id) {
    for (var sent : requests) if (sent.id().equals(id)) return true;
    return false;
  }

  /** Whether the desk has yet to hear of something that moved a position. */
  boolean owesNews() {
    return !reports.isEmpty();
  }

  void arrive(Random random) {
    var sent = requests.poll();
    if (sent == null) return;
    var luck = calm ? 99 : random.nextInt(100);
    if (luck < 4) {
      say(new VenueFact.NotSent(sent.id(), sent.kind(), sent.requestNo(), "STALE"), random);
    } else if (luck < 8) {
      doubt(sent, random);
    } else {
      var back = luck < 12;
      var before = reports.size();
      take(sent, luck < 20, random);
      if (back) {
        // it did arrive; the answer did not
        while (reports.size() > before) reports.removeLast();
        doubt(sent, random);
      }
    }
  }

  private void doubt(Sent sent, Random random) {
    say(new VenueFact.InDoubt(sent.id(), sent.kind(), sent.requestNo(), "lost"), random);
  }

  private void take(Sent sent, boolean refuses, Random random) {
    var there = orders.get(sent.id());
    switch (sent.kind()) {
      case NEW -> {
        if (refuses) {
          say(new VenueFact.Rejected(sent.id(), new Order.VenueWords("3", "no")), random);
          return;
        }
        orders.put(sent.id(), new Held(sent.id(), sent.terms(), sent.ro()));
        say(new VenueFact.Accepted(sent.id(), venueId(sent.id())), random);
        var order = orders.get(sent.id());
        if (calm && order.type == OrdType.MARKET) fill(order, order.qty, random);
      }
      case REPLACE -> {
        if (there == null
            || !there.open
            || refuses
            || sent.terms().orderQty().lots() <= there.cum) {
          say(
              new VenueFact.ReplaceRejected(
                  sent.id(), sent.requestNo(), new Order.VenueWords("5", "no")),
              random);
          return;
        }
        there.take(sent.terms());
        say(replaced(there, sent.requestNo()), random);
      }
      case CANCEL -> {
        if (there == null || !there.open || refuses) {
          say(
              new VenueFact.CancelRejected(
                  sent.id(), sent.requestNo(), new Order.VenueWords("6", "no")),
              random);
          return;
        }
        there.open = false;
        say(new VenueFact.Canceled(sent.id(), venueId(sent.id()), Order.VenueWords.NONE), random);
      }
    }
  }

  private static VenueFact replaced(Held order, long requestNo) {
    return new VenueFact.Replaced(
        order.id,
        venueId(order.id),
        requestNo,
        new Qty(order.qty),
        order.price == null ? null : Ledger.ES.decimal(order.price),
        order.stopPx == null ? null : Ledger.ES.decimal(order.stopPx),
        order.trail);
  }

  /** Fills some of an order; null: nothing to fill. */
  Fill trade(Random random) {
    var trading = orders.values().stream().filter(Held::trades).toList();
    if (trading.isEmpty()) return null;
    var order = trading.get(random.nextInt(trading.size()));
    var left = order.qty - order.cum;
    var qty = calm || random.nextInt(3) == 0 ? left : 1 + random.nextLong(left);
    if (!calm && random.nextInt(150) == 0) {
      qty++;
      overfilled.add(order.id);
    }
    return fill(order, qty, random);
  }

  private Fill fill(Held order, long qty, Random random) {
    order.cum += qty;
    if (order.cum >= order.qty) order.open = false;
    var px = Ledger.ES.decimal(new Price(20_000 + random.nextInt(9) - 4));
    var told =
        new VenueFact.Filled(
            order.id,
            venueId(order.id),
            new ExecId("E" + ++executions),
            Ledger.ES.symbol(),
            order.side,
            new Qty(qty),
            px,
            null,
            null);
    var fill = new Fill(told, order, told);
    fills.put(told.execId().value(), fill);
    net += order.side.signed(new Qty(qty));
    say(told, random);
    return fill;
  }

  void trigger(Random random) {
    var stops = orders.values().stream().filter(o -> o.open && !o.trades()).toList();
    if (stops.isEmpty()) return;
    var order = stops.get(random.nextInt(stops.size()));
    order.triggered = true;
    say(new VenueFact.Triggered(order.id, venueId(order.id)), random);
  }

  void endSomething(Random random) {
    var open = orders.values().stream().filter(o -> o.open).toList();
    if (open.isEmpty()) return;
    var order = open.get(random.nextInt(open.size()));
    order.open = false;
    say(
        new VenueFact.Canceled(order.id, venueId(order.id), new Order.VenueWords("9", "risk")),
        random);
  }

  void bust(Random random) {
    var fill = standing(random);
    if (fill == null) return;
    net -= fill.told().side().signed(fill.told().lastQty());
    say(
        new VenueFact.Busted(
            fill.of().id, venueId(fill.of().id), fill.told().execId(), "error trade"),
        random);
  }

  /** At another price, and sometimes fewer lots. */
  void correct(Random random) {
    var fill = standing(random);
    if (fill == null) return;
    var before = fill.told();
    var lots = before.lastQty().lots();
    var qty = new Qty(random.nextBoolean() ? lots : 1 + random.nextLong(lots));
    var px = Ledger.ES.decimal(new Price(20_000 + random.nextInt(9) - 4));
    var id = new ExecId("E" + ++executions);
    var news =
        new VenueFact.Corrected(
            fill.of().id, venueId(fill.of().id), before.execId(), id, qty, px, null, null);
    var now =
        new VenueFact.Filled(
            fill.of().id,
            venueId(fill.of().id),
            id,
            before.symbol(),
            before.side(),
            qty,
            px,
            null,
            null);
    fills.put(id.value(), new Fill(now, fill.of(), news));
    net += before.side().signed(qty) - before.side().signed(before.lastQty());
    say(news, random);
  }

  /** An execution that stands, to be revised; as a rule one that the desk has heard of. */
  private Fill standing(Random random) {
    var early = random.nextInt(4) == 0;
    var standing =
        fills.values().stream()
            .filter(fill -> !revised.contains(fill.told().execId().value()))
            .filter(fill -> early || !reports.contains(fill.news()))
            .sorted(Comparator.comparing(fill -> fill.told().execId().value()))
            .toList();
    if (standing.isEmpty()) return null;
    var fill = standing.get(random.nextInt(standing.size()));
    revised.add(fill.told().execId().value());
    return fill;
  }

  private void say(VenueFact fact, Random random) {
    reports.add(fact);
    if (!calm && random.nextInt(5) == 0) reports.add(fact);
  }

  /** The next report that arrives: the first in calm, any of the first few otherwise. */
  VenueFact hear(Random random) {
    return reports.remove(calm ? 0 : random.nextInt(Math.min(6, reports.size())));
  }

  /** What it answers when it is asked about an order; null: it does not know it. */
  VenueFact.OrderKnown known(ClOrdId id, long requestNo) {
    var order = orders.get(id);
    if (order == null) return null;
    var terms =
        new Terms(
            Ledger.ES,
            "sim",
            order.side,
            order.type,
            order.time,
            new Qty(order.qty),
            order.price,
            order.stopPx,
            order.trail,
            null,
            false,
            null,
            null);
    var status =
        order.open
            ? order.cum > 0 ? OrdStatus.PARTIALLY_FILLED : OrdStatus.NEW
            : order.cum >= order.qty ? OrdStatus.FILLED : OrdStatus.CANCELED;
    return new VenueFact.OrderKnown(id, venueId(id), requestNo, terms, new Qty(order.cum), status);
  }

  static OrderId venueId(ClOrdId id) {
    return new OrderId("V" + id);
  }
}
