package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One account on paper: commands and reports go in, everything that happened is kept. */
final class Ledger {
  static final Instant NINE = Instant.parse("2026-03-02T15:00:00Z");
  static final Instrument ES =
      new Instrument(new Symbol("ESH6"), new BigDecimal("0.25"), Money.of("12.50", "USD"));
  static final Limits LIMITS = new Limits(50, 50, 100, 50, 100);

  /** A venue that does everything but siblings. */
  static final VenueCapabilities NATIVE =
      new VenueCapabilities(
          Set.of(OrdType.values()),
          Set.of(TimeInForce.values()),
          VenueCapabilities.Replace.IN_PLACE,
          false,
          false,
          VenueCapabilities.TriggerOn.LAST);

  /** One that changes orders, but does not watch stops. */
  static final VenueCapabilities NO_STOPS =
      new VenueCapabilities(
          Set.of(OrdType.MARKET, OrdType.LIMIT),
          Set.of(TimeInForce.DAY, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK),
          VenueCapabilities.Replace.IN_PLACE,
          false,
          false,
          VenueCapabilities.TriggerOn.LAST);

  final List<Recorded> history = new ArrayList<>();
  final Map<Symbol, TopOfBook> tops = new HashMap<>();

  /** What the account's own rules asked for after the last command. */
  final List<OrderEvent> followed = new ArrayList<>();

  AccountState state = AccountState.empty(new AccountId("PRACTICE"));
  Decision last = Decision.accepted();
  Instant now = NINE;
  VenueCapabilities capabilities = VenueCapabilities.LEAST;
  Circumstances.RiskFacts risk = Circumstances.RiskFacts.NOTHING_TOLD;
  Circumstances.Session session = Circumstances.Session.OPEN;
  boolean feedDistrusted;
  boolean venueDown;
  boolean quarantined;
  boolean rateExceeded;
  long tapeLagMillis = -1;

  static Ledger reconciled() {
    var ledger = new Ledger();
    ledger.report(new VenueFact.ReconcileStarted("sim", 1));
    ledger.report(new VenueFact.ReconcileCompleted("sim", 1, Set.of(), 0, 0, List.of()));
    return ledger;
  }

  Decision handle(OrderCommand command) {
    now = now.plusMillis(1);
    followed.clear();
    last = OrderDecider.decide(state, command, circumstances());
    record(last.events());
    for (var pass = 0; pass < FollowUps.MOST_PASSES; pass++) {
      var more = FollowUps.of(state, circumstances());
      if (more.isEmpty()) return last;
      followed.addAll(more);
      record(more);
    }
    throw new AssertionError("rules that undo each other: " + FollowUps.of(state, circumstances()));
  }

  private void record(List<OrderEvent> events) {
    for (var event : events) {
      var recorded = new Recorded(state.seq() + 1, now, now, event);
      state = Evolution.evolve(state, recorded);
      history.add(recorded);
    }
  }

  /** Facts from elsewhere, as they are. */
  void happened(OrderEvent... events) {
    now = now.plusMillis(1);
    for (var event : events) {
      var recorded = new Recorded(state.seq() + 1, now, now, event);
      state = Evolution.evolve(state, recorded);
      history.add(recorded);
    }
  }

  Circumstances circumstances() {
    return new Circumstances(
        "sim",
        capabilities,
        now,
        now,
        now.plusSeconds(5),
        LIMITS,
        new Circumstances.Market() {
          @Override
          public Instrument instrument(Symbol symbol) {
            return symbol.equals(ES.symbol()) ? ES : null;
          }

          @Override
          public TopOfBook top(Symbol symbol) {
            return tops.get(symbol);
          }

          @Override
          public Circumstances.Session session(Symbol symbol) {
            return session;
          }

          @Override
          public boolean feedDistrusted(Symbol symbol) {
            return feedDistrusted;
          }

          @Override
          public boolean booked(ExecId execId) {
            return false;
          }
        },
        tapeLagMillis,
        venueDown,
        quarantined,
        rateExceeded,
        risk);
  }

  Decision place(String id, Draft draft) {
    return handle(new OrderCommand.PlaceOrder(new ClOrdId(id), draft, id, "ada"));
  }

  Decision buy(String id, long qty, String price) {
    return place(id, limit(Side.BUY, qty, price));
  }

  Decision sell(String id, long qty, String price) {
    return place(id, limit(Side.SELL, qty, price));
  }

  /** A venue that does everything by itself. */
  Ledger atAVenueThatDoesEverything() {
    capabilities =
        new VenueCapabilities(
            Set.of(OrdType.values()),
            Set.of(TimeInForce.values()),
            VenueCapabilities.Replace.IN_PLACE,
            true,
            true,
            VenueCapabilities.TriggerOn.LAST);
    return this;
  }

  /** Changes what is not null, from the version the order has now. */
  Decision replace(String id, String price, String stopPx, Long trail, Long orderQty) {
    return replace(id, order(id).revision().version(), price, stopPx, trail, orderQty);
  }

  Decision replace(
      String id, long version, String price, String stopPx, Long trail, Long orderQty) {
    return handle(
        new OrderCommand.ReplaceOrder(
            new ClOrdId(id),
            version,
            price == null ? null : new BigDecimal(price),
            stopPx == null ? null : new BigDecimal(stopPx),
            trail,
            orderQty,
            false,
            "r" + now,
            "ada"));
  }

  Decision movePrice(String id, String price) {
    return replace(id, price, null, null, null);
  }

  Decision resize(String id, long orderQty) {
    return replace(id, null, null, null, orderQty);
  }

  Decision replaced(String id, long requestNo, long orderQty, String price) {
    return report(
        new VenueFact.Replaced(
            new ClOrdId(id),
            new OrderId("V" + id),
            requestNo,
            new Qty(orderQty),
            price == null ? null : new BigDecimal(price),
            null,
            null));
  }

  Decision replaceRejected(String id, long requestNo) {
    return report(
        new VenueFact.ReplaceRejected(
            new ClOrdId(id), requestNo, new Order.VenueWords("3", "not now")));
  }

  Decision bust(String id, String execId) {
    return report(
        new VenueFact.Busted(
            new ClOrdId(id), new OrderId("V" + id), new ExecId(execId), "trade bust"));
  }

  Decision correct(String id, String execId, String newExecId, long qty, String price) {
    return report(
        new VenueFact.Corrected(
            id == null ? null : new ClOrdId(id),
            new OrderId("V" + (id == null ? "elsewhere" : id)),
            new ExecId(execId),
            new ExecId(newExecId),
            new Qty(qty),
            new BigDecimal(price),
            null,
            null));
  }

  Order.Live live(String id) {
    return (Order.Live) state.order(new ClOrdId(id));
  }

  void marketAt(String bid, String ask, String last) {
    tops.put(
        ES.symbol(), new TopOfBook(new BigDecimal(bid), new BigDecimal(ask), new BigDecimal(last)));
  }

  Decision cancel(String id) {
    return handle(new OrderCommand.CancelOrder(new ClOrdId(id), null, "ada"));
  }

  Decision report(VenueFact fact) {
    return handle(new OrderCommand.BookReport(fact));
  }

  Decision accept(String id) {
    return report(new VenueFact.Accepted(new ClOrdId(id), new OrderId("V" + id)));
  }

  Decision fill(String id, String execId, long qty, String price) {
    return report(filled(id, execId, Side.BUY, qty, price));
  }

  /** An execution with what it cost. */
  Decision fill(String id, String execId, long qty, String price, String fee) {
    var plain = filled(id, execId, Side.BUY, qty, price);
    return report(
        new VenueFact.Filled(
            plain.clOrdId(),
            plain.venueOrderId(),
            plain.execId(),
            plain.symbol(),
            plain.side(),
            plain.lastQty(),
            plain.lastPx(),
            new BigDecimal(fee),
            null));
  }

  Decision fillSell(String id, String execId, long qty, String price) {
    return report(filled(id, execId, Side.SELL, qty, price));
  }

  Decision canceled(String id) {
    return report(
        new VenueFact.Canceled(new ClOrdId(id), new OrderId("V" + id), Order.VenueWords.NONE));
  }

  Decision inDoubt(String id, RequestKind kind, long requestNo) {
    return report(new VenueFact.InDoubt(new ClOrdId(id), kind, requestNo, "no answer"));
  }

  /** An "unknown" of a session opened after the send, asked this long after it. */
  Decision unknown(String id, RequestKind kind, long requestNo, Duration after) {
    return report(
        new VenueFact.OrderUnknown(
            new ClOrdId(id),
            kind,
            requestNo,
            2,
            NINE,
            NINE.plusMillis(1),
            NINE.plus(after),
            Duration.ofSeconds(1)));
  }

  VenueFact.OrderKnown known(String id, Long answers, Side side, long qty, OrdStatus status) {
    return new VenueFact.OrderKnown(
        id == null ? null : new ClOrdId(id),
        new OrderId("V" + (id == null ? "elsewhere" : id)),
        answers,
        new Terms(
            ES,
            "sim",
            side,
            OrdType.LIMIT,
            TimeInForce.DAY,
            new Qty(qty),
            new Price(20_000),
            null,
            null,
            null,
            false,
            null,
            null),
        Qty.ZERO,
        status);
  }

  /** The risk rules ask for a lock; null: for nothing. */
  Decision riskAsks(RiskLock lock) {
    return handle(new OrderCommand.RiskTold(lock));
  }

  static VenueFact.Filled filled(String id, String execId, Side side, long qty, String price) {
    return new VenueFact.Filled(
        id == null ? null : new ClOrdId(id),
        new OrderId("V" + (id == null ? "elsewhere" : id)),
        new ExecId(execId),
        ES.symbol(),
        side,
        new Qty(qty),
        new BigDecimal(price),
        null,
        null);
  }

  /** The venue grants the change that is in flight. */
  Decision replaced(String id) {
    var live = (Order.Live) order(id);
    var request = live.request(RequestKind.REPLACE);
    var asked = live.asked();
    return report(
        new VenueFact.Replaced(
            new ClOrdId(id),
            new OrderId("V" + id),
            request == null ? null : request.requestNo(),
            asked.orderQty(),
            asked.price() == null ? null : ES.decimal(asked.price()),
            asked.stopPx() == null ? null : ES.decimal(asked.stopPx()),
            asked.trail()));
  }

  /** A trade of the market, where stops are watched for here. */
  Decision market(String px) {
    var price = ES.price(new BigDecimal(px));
    return handle(
        new OrderCommand.MarketTouched(
            new MarketDecider.Touch(ES.symbol(), price, price, Map.of())));
  }

  Decision timePassed() {
    return handle(new OrderCommand.TimePassed());
  }

  <T extends OrderEvent> T followed(Class<T> type) {
    return followed.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  static Draft limit(Side side, long qty, String price) {
    return draft(OrdType.LIMIT, side, qty, price, false, false);
  }

  static Draft market(Side side, long qty) {
    return draft(OrdType.MARKET, side, qty, null, false, false);
  }

  static Draft draft(
      OrdType type, Side side, long qty, String price, boolean reduceOnly, boolean strict) {
    return new Draft(
        "ESH6",
        side,
        type,
        TimeInForce.DAY,
        qty,
        price == null ? null : new BigDecimal(price),
        null,
        null,
        null,
        reduceOnly,
        null,
        strict);
  }

  static Draft stop(OrdType type, Side side, long qty, String price, String stopPx, Long trail) {
    return new Draft(
        "ESH6",
        side,
        type,
        TimeInForce.DAY,
        qty,
        price == null ? null : new BigDecimal(price),
        stopPx == null ? null : new BigDecimal(stopPx),
        trail,
        null,
        false,
        null,
        false);
  }

  Order.Placed order(String id) {
    return (Order.Placed) state.order(new ClOrdId(id));
  }

  OrdStatus status(String id) {
    return state.order(new ClOrdId(id)).status();
  }

  long net() {
    return state.net(ES.symbol());
  }

  AccountState replayed() {
    var again = AccountState.empty(state.accountId());
    for (var recorded : history) again = Evolution.evolve(again, recorded);
    return again;
  }

  void thenNothing() {
    assertThat(last.events()).isEmpty();
  }

  void then(Class<?>... types) {
    assertThat(last.events().stream().<Class<?>>map(OrderEvent::getClass).toList())
        .isEqualTo(List.of(types));
  }

  void thenDenied(DenialReason reason) {
    assertThat(last).isInstanceOf(Decision.Refused.class);
    assertThat(((Decision.Refused) last).denial().reason()).isEqualTo(reason);
  }
}
