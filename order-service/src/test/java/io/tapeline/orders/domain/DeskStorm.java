package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.model.TradingState;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** One account in a storm: random commands against a venue of which nothing can be relied on. */
final class DeskStorm {
  private static final List<VenueCapabilities> VENUES =
      List.of(Ledger.NATIVE, Ledger.NO_STOPS, VenueCapabilities.LEAST);

  final Ledger ledger = Ledger.reconciled();
  final ModelVenue venue = new ModelVenue();
  final Set<String> filled = new HashSet<>();
  final Set<String> takenBack = new HashSet<>();

  /** Heard of, before what they correct: the execution, and the one in its place. */
  final Map<String, String> corrected = new HashMap<>();

  final Map<ClOrdId, Long> mostAsked = new HashMap<>();
  private AccountState replica = AccountState.empty(ledger.state.accountId());
  private int replayed;
  private int checked;
  private int ids;
  private int keys;
  private long asked;

  DeskStorm(long seed) {
    ledger.capabilities = VENUES.get((int) Math.floorMod(seed, (long) VENUES.size()));
    market(20_000);
  }

  /** Whatever this number stands for; the same number in the same storm does the same. */
  void step(long number) {
    var random = new Random(number);
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> place(random);
      case 3 -> cancel(random);
      case 4 -> replace(random);
      case 5 -> position(random);
      case 6 -> market(19_990 + random.nextInt(21));
      case 7 -> {
        ledger.now = ledger.now.plusMillis(random.nextInt(3_000));
        ledger.timePassed();
      }
      case 8, 9, 10 -> venue.arrive(random);
      case 11, 12 -> trade(random);
      case 13 -> misfortune(random);
      default -> hear(random);
    }
    venue.read(ledger.history);
  }

  private void place(Random random) {
    var type = List.of(OrdType.values()).get(random.nextInt(5));
    var side = random.nextBoolean() ? Side.BUY : Side.SELL;
    var away = 1 + random.nextInt(8);
    var stop = type == OrdType.STOP || type == OrdType.STOP_LIMIT;
    var limit = type == OrdType.LIMIT || type == OrdType.STOP_LIMIT;
    var up = side == Side.BUY ? away : -away;
    var draft =
        new Draft(
            "ESH6",
            side,
            type,
            time(random),
            1 + random.nextInt(6),
            limit ? decimal(20_000 + (stop ? up : -up)) : null,
            stop ? decimal(20_000 + up) : null,
            type == OrdType.TRAILING_STOP ? (long) away : null,
            null,
            random.nextInt(4) == 0,
            null,
            false);
    var id = "o" + ++ids;
    var group = random.nextInt(4) == 0 ? "g" + random.nextInt(4) : null;
    ledger.handle(
        new OrderCommand.PlaceOrder(
            new ClOrdId(id),
            draft,
            group,
            random.nextInt(3) == 0 ? bracket(random) : null,
            id,
            "ada"));
  }

  private static TimeInForce time(Random random) {
    return List.of(TimeInForce.DAY, TimeInForce.GTC, TimeInForce.IOC).get(random.nextInt(3));
  }

  private static BracketDraft bracket(Random random) {
    var takeProfits = new ArrayList<BracketDraft.Leg>();
    for (var i = random.nextInt(3); i > 0; i--)
      takeProfits.add(new BracketDraft.Leg(4L + random.nextInt(20), null, null, null));
    var trail = random.nextInt(3) == 0 ? 3L + random.nextInt(5) : null;
    var stop =
        random.nextInt(6) == 0
            ? null
            : new BracketDraft.Leg(3L + random.nextInt(10), null, null, trail);
    var even = stop != null && random.nextInt(3) == 0 ? 2L + random.nextInt(6) : null;
    return new BracketDraft(takeProfits, stop, even);
  }

  private Order.Live some(Random random) {
    var live = ledger.state.live().values();
    return live.isEmpty() ? null : live.get(random.nextInt(live.size()));
  }

  private void cancel(Random random) {
    var order = some(random);
    if (order != null) ledger.cancel(order.clOrdId().value());
    if (random.nextInt(25) == 0) ledger.handle(new OrderCommand.CancelAll("k" + ++keys, "ada"));
  }

  private void replace(Random random) {
    var order = some(random);
    if (order == null) return;
    var stale = random.nextInt(10) == 0;
    var version = order.revision().version() - (stale ? 1 : 0);
    var terms = order.terms();
    var limit = terms.price() != null && random.nextBoolean();
    ledger.handle(
        new OrderCommand.ReplaceOrder(
            order.clOrdId(),
            version,
            limit ? decimal(terms.price().ticks() + random.nextInt(5) - 2) : null,
            null,
            null,
            limit ? null : 1L + random.nextInt(8),
            false,
            "k" + ++keys,
            "ada"));
    if (stale && !(ledger.last instanceof Decision.Refused))
      throw new AssertionError(order.clOrdId() + " was changed by one who knew an older version");
  }

  private void position(Random random) {
    var key = "k" + ++keys;
    switch (random.nextInt(12)) {
      case 0 -> ledger.handle(new OrderCommand.FlattenAccount(key, "ada"));
      case 1, 2 -> ledger.handle(new OrderCommand.ReversePosition("ESH6", key, "ada"));
      case 3, 4 ->
          ledger.handle(new OrderCommand.AttachBracket("ESH6", null, bracket(random), key, "ada"));
      case 5 ->
          ledger.handle(
              new OrderCommand.SetTradingState(
                  List.of(TradingState.values()).get(random.nextInt(3)), "storm", key, "ada"));
      case 6, 7 ->
          ledger.handle(new OrderCommand.SetTradingState(TradingState.ACTIVE, "storm", key, "ada"));
      default ->
          ledger.handle(
              new OrderCommand.ClosePosition("ESH6", random.nextBoolean() ? null : 1L, key, "ada"));
    }
  }

  private void market(long ticks) {
    var px = decimal(ticks);
    ledger.tops.put(Ledger.ES.symbol(), new TopOfBook(decimal(ticks - 1), decimal(ticks + 1), px));
    ledger.market(px.toPlainString());
  }

  private void trade(Random random) {
    var before = venue.net;
    var known = !venue.owesNews();
    var fill = venue.trade(random);
    if (fill == null || !fill.of().reduceOnly || !known) return;
    var order = ledger.state.live().get(fill.of().id);
    if (order == null || venue.isUnderWay(fill.of().id) || isUnsettled(order)) return;
    if (venue.overfilled.contains(fill.of().id)) return;
    assertThat(Math.abs(venue.net))
        .as("%s may only reduce, and everything was known", fill.of().id)
        .isLessThanOrEqualTo(Math.abs(before));
  }

  private void misfortune(Random random) {
    switch (random.nextInt(7)) {
      case 0 -> venue.endSomething(random);
      case 1 -> venue.bust(random);
      case 4 -> venue.correct(random);
      case 2 -> venue.trigger(random);
      case 3 -> {
        // the venue lost its memory of what it said
        if (ledger.state.live().isEmpty()) return;
        var order = some(random);
        answer(order);
      }
      default -> venue.trigger(random);
    }
  }

  private void hear(Random random) {
    if (venue.reports.isEmpty()) return;
    hear(venue.hear(random));
  }

  private void hear(VenueFact fact) {
    if (fact instanceof VenueFact.Filled f) filled.add(f.execId().value());
    if (fact instanceof VenueFact.Busted f) takenBack.add(f.execId().value());
    if (fact instanceof VenueFact.Corrected f)
      corrected.put(f.execId().value(), f.newExecId().value());
    correct();
    ledger.report(fact);
  }

  /** A correction counts once what it corrects has been told as well. */
  private void correct() {
    for (var before : List.copyOf(corrected.keySet())) {
      if (!filled.contains(before)) continue;
      takenBack.add(before);
      filled.add(corrected.remove(before));
      correct();
      return;
    }
  }

  /** What is in doubt is asked about, one request after the other. */
  private void answer(Order.Live order) {
    for (var request : order.requests()) {
      if (!request.inDoubt() || venue.isUnderWay(order.clOrdId())) continue;
      var known = venue.known(order.clOrdId(), request.requestNo());
      if (known != null) ledger.report(known);
      else
        ledger.unknown(
            order.clOrdId().value(),
            request.kind(),
            request.requestNo(),
            Duration.ofSeconds(10 + ++asked));
      return;
    }
  }

  /** The storm is over: everything arrives, everything is answered. */
  void calm() {
    venue.calm = true;
    var random = new Random(1);
    for (var round = 0; round < 400; round++) {
      venue.read(ledger.history);
      venue.arrive(random);
      if (!venue.reports.isEmpty()) hear(venue.hear(random));
      if (!venue.isQuiet()) continue;
      var doubtful =
          ledger.state.live().values().stream().filter(o -> o.doubted() != null).findFirst();
      var before = ledger.history.size();
      doubtful.ifPresent(this::answer);
      ledger.now = ledger.now.plusSeconds(31);
      ledger.timePassed();
      venue.read(ledger.history);
      if (ledger.history.size() == before && venue.isQuiet()) return;
    }
    throw new AssertionError("it never comes to rest: " + tail(12));
  }

  /** Everything is to end flat. */
  void flatten() {
    ledger.handle(new OrderCommand.FlattenAccount("the end", "ada"));
    for (var round = 0; round < 40; round++) {
      calm();
      if (ledger.state.contingencies().flatten() == null) break;
    }
    assertThat(ledger.state.contingencies().outcome("the end"))
        .as("flattened: %s", ledger.state.netQty())
        .isEqualTo(Flatten.Outcome.FLAT);
  }

  /** What has to hold after every step. */
  void check() {
    var net = 0L;
    var cum = new HashMap<ClOrdId, Long>();
    for (var execId : filled) {
      if (takenBack.contains(execId)) continue;
      var fill = venue.fills.get(execId).told();
      net += fill.side().signed(fill.lastQty());
      cum.merge(fill.clOrdId(), fill.lastQty().lots(), Long::sum);
    }
    same("every fill that arrived, once", net, ledger.net());
    for (; checked < ledger.history.size(); checked++) asked(ledger.history.get(checked).event());
    cum.forEach(this::checkOrder);
    checkTotals();
    checkReducing();
    checkSiblings();
    replay();
  }

  private void checkTotals() {
    var expected = LiveTotals.of(ledger.state.live().values());
    if (!expected.equals(ledger.state.totals()))
      throw new AssertionError("totals: " + ledger.state.totals() + " instead of " + expected);
    var waiting = ledger.state.live().values().stream();
    same(
        "orders that wait for their price",
        waiting.filter(live -> live.standing().hold() == Hold.TRIGGER).count(),
        expected.triggers());
    for (var side : Side.values()) {
      long atMarket = 0;
      for (var live : ledger.state.live().values())
        if (live.terms().side() == side && ReduceOnly.isAtTheMarket(live))
          atMarket += live.leavesQty().lots();
      same(
          "lots at the market", atMarket, ledger.state.totals().atMarket(Ledger.ES.symbol(), side));
    }
  }

  private void asked(OrderEvent event) {
    switch (event) {
      case OrderEvent.OrderSubmitted e -> asked(e.clOrdId(), e.terms().orderQty().lots());
      case OrderEvent.OrderReleased e -> asked(e.clOrdId(), e.terms().orderQty().lots());
      case OrderEvent.ReplaceRequested e -> asked(e.clOrdId(), e.terms().orderQty().lots());
      default -> {}
    }
  }

  private void asked(ClOrdId id, long lots) {
    mostAsked.merge(id, lots, Math::max);
  }

  private void checkOrder(ClOrdId id, long cum) {
    if (!(ledger.state.order(id) instanceof Order.Placed order)) return;
    same("cumQty of " + id, cum, order.fills().cumQty().lots());
    var qty = order.terms().orderQty().lots();
    var left = Math.max(0, qty - order.fills().spentQty().lots());
    same("leavesQty of " + id, order.status().isWorking() ? left : 0, order.leavesQty().lots());
    if (!venue.overfilled.contains(id))
      atMost(id + " never fills more than was ever asked for", mostAsked.getOrDefault(id, 0L), cum);
    if (order instanceof Order.Done done && done.why() == OrdStatus.FILLED)
      atMost(id + " is full", cum, qty);
  }

  /** Nothing can be asked of it now: something is under way, or was refused a moment ago. */
  private boolean isUnsettled(Order.Live live) {
    return Adjust.isBusy(live)
        || live.doubted() != null
        || ledger.state.contingencies().refusals().contains(live.clOrdId());
  }

  private void checkReducing() {
    if (ledger.state.contingencies().flatten() != null) return;
    for (var side : Side.values()) {
      var groups = new HashMap<String, Long>();
      for (var live : ledger.state.live().values()) {
        if (!live.terms().reduceOnly()
            || live.terms().side() != side
            || live.standing().hold() == Hold.PARENT
            || isUnsettled(live)) continue;
        var group = live.links().ocoGroup();
        groups.merge(
            group == null ? live.clOrdId().value() : group, live.leavesQty().lots(), Math::max);
      }
      var sum = groups.values().stream().mapToLong(Long::longValue).sum();
      atMost(
          "all that may only reduce, together: " + groups,
          ledger.state.closable(Ledger.ES.symbol(), side),
          sum);
    }
  }

  private void checkSiblings() {
    if (ledger.state.contingencies().flatten() != null) return;
    for (var bracket : ledger.state.contingencies().brackets().values()) {
      var stop = 0L;
      var takeProfits = 0L;
      for (var leg : bracket.legs()) {
        var live = leg.live() == null ? null : ledger.state.live().get(leg.live());
        if (live == null || live.standing().hold() == Hold.PARENT || isUnsettled(live)) continue;
        if (leg.isStop()) stop += live.leavesQty().lots();
        else takeProfits += live.leavesQty().lots();
      }
      var most = Math.max(0, bracket.remaining());
      atMost("stop of " + bracket.id(), most, stop);
      atMost("take-profits of " + bracket.id(), most, takeProfits);
    }
  }

  /** A replica that forgets ended orders at once comes to the same. */
  private void replay() {
    for (; replayed < ledger.history.size(); replayed++)
      replica = Evolution.evolve(replica, ledger.history.get(replayed)).forgettingBeyond(2);
    if (ledger.state.seq() % 8 != 0) return;
    compare();
  }

  void compare() {
    assertThat(replica.canonical())
        .as("replay is the live state")
        .isEqualTo(ledger.state.canonical());
  }

  private static void same(String what, long expected, long is) {
    if (expected != is) throw new AssertionError(what + ": " + is + " instead of " + expected);
  }

  private static void atMost(String what, long most, long is) {
    if (is > most) throw new AssertionError(what + ": " + is + ", at most " + most);
  }

  /** What has to hold once the venue has answered everything. */
  void checkAtRest() {
    for (var live : ledger.state.live().values()) {
      assertThat(live.requests()).as("nothing is pending for %s", live.clOrdId()).isEmpty();
      assertThat(live.queued()).as("nothing waits for %s", live.clOrdId()).isNull();
      if (live.held()) continue;
      var there = venue.orders.get(live.clOrdId());
      assertThat(there != null && there.open).as("%s works at the venue", live.clOrdId()).isTrue();
    }
    venue.orders.forEach(
        (id, order) ->
            assertThat(order.open)
                .as("%s is open there and here", id)
                .isEqualTo(ledger.state.live().contains(id)));
    assertThat(ledger.net()).as("the venue's position is ours").isEqualTo(venue.net);
    if (ledger.state.contingencies().flatten() == null) checkProtected();
  }

  private void checkProtected() {
    var granted = ReduceOnly.grant(ledger.state);
    for (var bracket : ledger.state.contingencies().brackets().values()) {
      var stop = bracket.stop();
      if (stop == null || stop.over() || bracket.remaining() <= 0) continue;
      var live = stop.live() == null ? null : ledger.state.live().get(stop.live());
      var lots = granted.of(bracket);
      var refused =
          live != null && ledger.state.contingencies().refusals().contains(live.clOrdId());
      if (lots == 0 || refused || stop.generation() >= Bracket.MOST_GENERATIONS) continue;
      assertThat(live).as("%s has its stop: %s", bracket.id(), stop).isNotNull();
      if (live.held() || !ReduceOnly.isAtTheMarket(live))
        assertThat(live.leavesQty().lots())
            .as("%s protects exactly what is there", live.clOrdId())
            .isEqualTo(lots);
    }
  }

  String tail(int most) {
    var lines = new StringBuilder();
    var from = Math.max(0, ledger.history.size() - most);
    for (var recorded : ledger.history.subList(from, ledger.history.size()))
      lines.append('\n').append(recorded.seq()).append(' ').append(recorded.event());
    return lines.toString();
  }

  private static BigDecimal decimal(long ticks) {
    return Ledger.ES.decimal(new Price(ticks));
  }
}
