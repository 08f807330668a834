package io.tapeline.market.venue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.market.venue.domain.Faulty;
import io.tapeline.market.venue.domain.VenueCapabilities;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the gateway relies on, of every venue. Reports may be late, lost, doubled or overtaken where
 * the venue's line is bad ({@link #faults}); what is never so: the answer to a question, money, and
 * that what was said is true.
 */
abstract class VenueConformance {
  Talk talk;

  /** A venue that is not open yet, and a symbol in which a market order finds somebody. */
  abstract Talk open() throws Exception;

  /** A bid that meets nobody. */
  abstract Price low();

  FaultProfile faults() {
    return FaultProfile.NONE;
  }

  @BeforeEach
  void begin() throws Exception {
    talk = open();
  }

  @AfterEach
  void end() {
    talk.close();
  }

  @Test
  void aRestingOrderIsKnownAndOpen() throws Exception {
    talk.place("a", Side.BUY, 3, low());
    var known = answered("a");
    if (known.isEmpty()) return;
    var order = known.get();
    assertThat(order.order().orderQty()).isEqualTo(new Qty(3));
    assertThat(order.order().price()).isEqualTo(low());
    if (order.status() == OrdStatus.REJECTED) {
      assertThat(order.code()).isNotNull();
    } else {
      assertThat(order.status()).isEqualTo(OrdStatus.NEW);
      assertThat(talk.account().openOrders()).extracting(OrderState::order).contains(order.order());
    }
    whatWasSaidIsTrue("a");
  }

  @Test
  void aChangeHappensOrDoesNotAndTheAnswerSaysWhich() throws Exception {
    talk.place("a", Side.BUY, 3, low());
    if (answered("a").filter(order -> order.status() == OrdStatus.NEW).isEmpty()) return;
    talk.replace("a", 2, 2, low().plusTicks(-1));
    Assumptions.assumeTrue(talk.venue.capabilities().replace() != VenueCapabilities.Replace.NONE);
    if (replaceAnswered("a", 2)) {
      boolean changed = !talk.of("a", ExchangeEvent.Replaced.class).isEmpty();
      assertTerms(talk.find("a").orElseThrow().order(), changed);
    }
    var terms = talk.find("a").orElseThrow().order();
    assertThat(terms.orderQty()).isIn(new Qty(2), new Qty(3));
    assertThat(terms.price()).isIn(low(), low().plusTicks(-1));
    whatWasSaidIsTrue("a");
  }

  private void assertTerms(NewOrder terms, boolean changed) {
    assertThat(terms.orderQty()).isEqualTo(new Qty(changed ? 2 : 3));
    assertThat(terms.price()).isEqualTo(changed ? low().plusTicks(-1) : low());
  }

  @Test
  void theSameIdThroughAllItsChanges() throws Exception {
    talk.place("a", Side.BUY, 5, low());
    if (answered("a").filter(order -> order.status() == OrdStatus.NEW).isEmpty()) return;
    for (int change = 2; change < 5; change++) talk.replace("a", change, 7 - change, low());
    talk.cancel("a", 5);
    talk.quiet();
    assertThat(talk.said).allMatch(event -> event.clOrdId().value().equals("a"));
    for (var change : talk.of("a", ExchangeEvent.Replaced.class))
      assertThat(change.requestNo()).isNotNull();
    whatWasSaidIsTrue("a");
  }

  @Test
  void aCanceledOrderIsDoneAndAnOpenOneIsNot() throws Exception {
    talk.place("a", Side.BUY, 3, low());
    if (answered("a").filter(order -> order.status() == OrdStatus.NEW).isEmpty()) return;
    talk.cancel("a", 2);
    talk.quiet();
    if (faults().isProper()) talk.until(() -> status("a") == OrdStatus.CANCELED, "canceled");
    talk.until(() -> status("a").isWorking() == isListed("a"), "listed while it works");
    whatWasSaidIsTrue("a");
    moneyIsRight();
  }

  private OrdStatus status(String id) throws Exception {
    return talk.find(id).orElseThrow().status();
  }

  private boolean isListed(String id) throws Exception {
    return talk.account().openOrders().stream()
        .anyMatch(one -> one.order().clOrdId().value().equals(id));
  }

  @Test
  void aMarketOrderFillsAndNoFillIsLostOrDoubled() throws Exception {
    talk.take("a", Side.BUY, 3);
    var known = answered("a");
    talk.quiet();
    if (known.isPresent() && known.get().status() != OrdStatus.REJECTED && !faults().halted())
      talk.until(() -> !talk.of("a", ExchangeEvent.Filled.class).isEmpty(), "filled");
    whatWasSaidIsTrue("a");
    moneyIsRight();
  }

  @Test
  void aCancelThatRacesAFillLeavesOneTruth() throws Exception {
    for (int race = 0; race < 5; race++) {
      var id = "r" + race;
      talk.take(id, race % 2 == 0 ? Side.BUY : Side.SELL, 2);
      talk.cancel(id, 2);
    }
    talk.quiet();
    for (int race = 0; race < 5; race++) {
      var id = "r" + race;
      if (talk.find(id).isEmpty()) continue;
      if (faults().lostRequest() == 0) talk.until(() -> !status(id).isWorking(), "done: " + id);
      whatWasSaidIsTrue(id);
    }
    moneyIsRight();
  }

  @Test
  void aBracketIsKeptWholeOrRefusedWhole() throws Exception {
    talk.takeProtected("a", Side.BUY, 3, 2_000);
    var known = answered("a");
    if (known.isEmpty()) return;
    var entry = known.get();
    if (!talk.venue.capabilities().nativeBrackets()) {
      assertThat(entry.status()).isEqualTo(OrdStatus.REJECTED);
      assertThat(talk.find("a.sl")).isEmpty();
      assertThat(talk.find("a.tp1")).isEmpty();
      return;
    }
    for (var id : new String[] {"a.sl", "a.tp1"}) {
      var leg = talk.find(id);
      if (entry.status() == OrdStatus.REJECTED) assertThat(leg).isEmpty();
      else isProtection(leg.orElseThrow(), entry);
      whatWasSaidIsTrue(id);
    }
    whatWasSaidIsTrue("a");
    moneyIsRight();
  }

  /** A venue may refuse a leg, and says so; one it took is there for all that filled. */
  private static void isProtection(OrderState leg, OrderState entry) {
    assertThat(leg.order().side()).isEqualTo(Side.SELL);
    if (leg.status() == OrdStatus.REJECTED) return;
    assertThat(leg.status()).isEqualTo(OrdStatus.NEW);
    assertThat(leg.order().orderQty()).isGreaterThanOrEqualTo(entry.cumQty());
  }

  @Test
  void anOrderIsKnownByItsAccountAndIdAlone() throws Exception {
    talk.place("a", Side.BUY, 3, low());
    answered("a");
    assertThat(talk.find("never")).isEmpty();
  }

  @Test
  void aRepeatChangesNothing() throws Exception {
    talk.place("a", Side.BUY, 3, low());
    var before = answered("a");
    if (before.isEmpty()) return;
    talk.place("a", Side.BUY, 9, low().plusTicks(-3));
    assertThat(talk.find("a").orElseThrow().order()).isEqualTo(before.get().order());
    assertThat(talk.of("a", ExchangeEvent.Rejected.class))
        .hasSizeLessThanOrEqualTo(before.get().status() == OrdStatus.REJECTED ? 2 : 0);
  }

  @Test
  void whatIsUnknownOrDoneCannotBeCanceledOrReplaced() throws Exception {
    talk.cancel("never", 1);
    talk.replace("nor", 2, 1, low());
    talk.quiet();
    assertThat(talk.find("never")).isEmpty();
    assertThat(talk.find("nor")).isEmpty();
    for (var event : talk.said)
      assertThat(event)
          .isInstanceOfAny(ExchangeEvent.CancelRejected.class, ExchangeEvent.ReplaceRejected.class);
    if (faults().isProper()) {
      talk.until(() -> talk.said.size() >= 2, "both refused");
      assertThat(talk.said).hasSize(2);
    }
  }

  @Test
  void whatHappensInALostSessionIsToldWhenAsked() throws Exception {
    lostSession(false);
  }

  @Test
  void evenIfNothingOfItIsEverSaidByItself() throws Exception {
    lostSession(true);
  }

  private void lostSession(boolean losingEvents) throws Exception {
    var line = talk.venue.facet(Faulty.class);
    Assumptions.assumeTrue(line.isPresent(), "this venue has no line to cut");
    talk.place("a", Side.BUY, 3, low());
    talk.take("b", Side.BUY, 2);
    line.orElseThrow().disconnect(Duration.ofMillis(150), losingEvents);
    talk.until(() -> talk.phases.contains(VenueState.Phase.DISCONNECTED), "disconnected");
    talk.until(() -> talk.venue.state().isOpen(), "open again");
    talk.quiet();
    assertThat(talk.phases.getLast()).isNotEqualTo(VenueState.Phase.DISCONNECTED);
    var account = talk.account();
    assertThat(account.positions()).isEqualTo(ForgetfulMemory.positionsBy(account.executions()));
    if (faults().lostRequest() == 0) {
      talk.until(() -> talk.find("a").isPresent(), "known: a");
      talk.until(() -> talk.find("b").isPresent(), "known: b");
    }
    whatWasSaidIsTrue("a");
    whatWasSaidIsTrue("b");
  }

  /** Asked often enough, the venue says what became of an order; empty: it never arrived. */
  Optional<OrderState> answered(String id) throws Exception {
    talk.quiet();
    if (faults().lostRequest() == 0) talk.until(() -> talk.find(id).isPresent(), "known: " + id);
    var found = talk.find(id);
    if (found.isEmpty()) assertThat(talk.of(id)).isEmpty();
    return found;
  }

  private boolean replaceAnswered(String id, long requestNo) throws Exception {
    talk.quiet();
    if (faults().lostAck() == 0 && faults().lostRequest() == 0)
      talk.until(() -> isReplaced(id, requestNo) || isRefused(id, requestNo), "answered");
    boolean done = isReplaced(id, requestNo);
    boolean refused = isRefused(id, requestNo);
    assertThat(done && refused).isFalse();
    return done || refused;
  }

  private boolean isReplaced(String id, long requestNo) {
    return talk.of(id, ExchangeEvent.Replaced.class).stream()
        .anyMatch(one -> Long.valueOf(requestNo).equals(one.requestNo()));
  }

  private boolean isRefused(String id, long requestNo) {
    return talk.of(id, ExchangeEvent.ReplaceRejected.class).stream()
        .anyMatch(one -> one.requestNo() == requestNo);
  }

  /** No report contradicts what the venue answers. */
  private void whatWasSaidIsTrue(String id) throws Exception {
    var truth = talk.find(id);
    if (truth.isEmpty()) {
      assertThat(talk.of(id)).isEmpty();
      return;
    }
    var order = truth.get();
    boolean saidToBeDone =
        talk.of(id).stream()
            .anyMatch(
                event ->
                    event instanceof ExchangeEvent.Canceled
                        || event instanceof ExchangeEvent.Rejected
                        || event instanceof ExchangeEvent.Expired);
    if (saidToBeDone) assertThat(order.status().isWorking()).isFalse();
    long lots = order.fills().stream().mapToLong(fill -> fill.lastQty().lots()).sum();
    assertThat(order.cumQty().lots()).isEqualTo(lots);
    assertThat(order.cumQty()).isLessThanOrEqualTo(order.order().orderQty());
  }

  /** What was said of executions is what the venue has, each once, and the position follows. */
  private void moneyIsRight() throws Exception {
    talk.quiet();
    talk.until(() -> executionsTold().equals(executionsKnown()), "told of every execution");
    var account = talk.account();
    assertThat(account.executions())
        .extracting(ExchangeEvent.Execution::execId)
        .doesNotHaveDuplicates();
    Map<ExecId, ExchangeEvent> told = new HashMap<>();
    for (var event : talk.said) {
      if (!(event instanceof ExchangeEvent.Execution execution)) continue;
      var before = told.put(execution.execId(), execution);
      if (before != null) assertThat(execution).isEqualTo(before);
    }
    assertThat(account.positions()).isEqualTo(ForgetfulMemory.positionsBy(account.executions()));
  }

  private Set<ExecId> executionsTold() {
    var told = new HashSet<ExecId>();
    for (var event : talk.said)
      if (event instanceof ExchangeEvent.Execution execution) told.add(execution.execId());
    return told;
  }

  private Set<ExecId> executionsKnown() throws Exception {
    var known = new HashSet<ExecId>();
    for (var execution : talk.account().executions()) known.add(execution.execId());
    return known;
  }
}
