package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.Side;
import io.tapeline.model.TradingState;
import io.tapeline.orders.domain.OrderEvent.*;
import io.tapeline.orders.domain.RiskLock.Tier;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the risk rules order is done, once, and undone by nobody else. */
class RiskLockTest {
  private final Ledger ledger = Ledger.reconciled();

  @BeforeEach
  void theAccountIsLong() {
    ledger.capabilities = Ledger.NATIVE;
    ledger.place("in", Ledger.market(Side.BUY, 5));
    ledger.fill("in", "E0", 5, "5000");
  }

  private static RiskLock lock(String id, Tier tier, String reason, Instant until) {
    return new RiskLock(id, tier, reason, "daily-loss", until, 7);
  }

  @Test
  void aBlockDeniesNewRiskWithItsReasonAndNothingElse() {
    ledger.buy("resting", 1, "4999");
    ledger.accept("resting");
    ledger.riskAsks(lock("r1", Tier.BLOCK, "DAILY_LOSS_LIMIT", null));
    ledger.then(RiskLocked.class);
    ledger.buy("a", 1, "5000");
    ledger.thenDenied(DenialReason.DAILY_LOSS_LIMIT);
    ledger.movePrice("resting", "4999.25");
    ledger.thenDenied(DenialReason.DAILY_LOSS_LIMIT);
    ledger.sell("b", 5, "5000");
    ledger.then(OrderSubmitted.class);
    ledger.cancel("resting");
    ledger.then(CancelRequested.class);
    ledger.riskAsks(null);
    ledger.then(RiskUnlocked.class);
    ledger.buy("c", 1, "5000");
    ledger.then(OrderSubmitted.class);
  }

  @Test
  void everyReasonIsADenialAndOneNobodyKnowsNamesItsRule() {
    var denied = new java.util.ArrayList<DenialReason>();
    for (var reason :
        new String[] {
          "DAILY_LOSS_LIMIT", "DRAWDOWN_LIMIT", "TRADE_COUNT_LIMIT", "OUTSIDE_HOURS", "NEW_ONE"
        }) denied.add(lock("r", Tier.BLOCK, reason, null).denial().reason());
    assertThat(denied)
        .containsExactly(
            DenialReason.DAILY_LOSS_LIMIT,
            DenialReason.DRAWDOWN_LIMIT,
            DenialReason.TRADE_COUNT_LIMIT,
            DenialReason.OUTSIDE_HOURS,
            DenialReason.RISK_LOCK);
    assertThat(lock("r", Tier.BLOCK, "NEW_ONE", null).denial().params())
        .containsEntry("rule", "daily-loss");
  }

  @Test
  void aLiquidationMakesTheAccountFlatOnceAndItStaysLocked() {
    ledger.sell("resting", 1, "5001");
    ledger.accept("resting");
    var asked = lock("r1", Tier.LIQUIDATE, "DRAWDOWN_LIMIT", null);
    ledger.riskAsks(asked);
    ledger.then(RiskLocked.class, FlattenStarted.class, TradingStateChanged.class);
    assertThat(ledger.followed(CancelRequested.class).clOrdId().value()).isEqualTo("resting");
    ledger.riskAsks(asked);
    ledger.thenNothing();
    ledger.canceled("resting");
    var closing = ledger.followed(OrderSubmitted.class);
    assertThat(closing.terms().orderQty().lots()).isEqualTo(5);
    ledger.fillSell(closing.clOrdId().value(), "E1", 5, "4999");
    assertThat(ledger.followed(FlattenEnded.class).outcome()).isEqualTo(Flatten.Outcome.FLAT);
    assertThat(ledger.net()).isZero();
    assertThat(ledger.state.tradingState()).isEqualTo(TradingState.ACTIVE);
    ledger.buy("a", 1, "5000");
    ledger.thenDenied(DenialReason.DRAWDOWN_LIMIT);
    ledger.riskAsks(asked);
    ledger.thenNothing();
  }

  /** Nobody knows whether it works; what is held is closed all the same, and what it brings. */
  @Test
  void aLiquidationDoesNotWaitForEverForAnOrderInDoubt() {
    ledger.sell("doubtful", 2, "5001");
    ledger.inDoubt("doubtful", RequestKind.NEW, 1);
    ledger.riskAsks(lock("r1", Tier.LOCK, "DAILY_LOSS_LIMIT", null));
    assertThat(ledger.followed(CancelRequested.class).clOrdId().value()).isEqualTo("doubtful");
    ledger.now = ledger.now.plusSeconds(11);
    ledger.timePassed();
    var closing = ledger.followed(OrderSubmitted.class);
    assertThat(closing.terms().orderQty().lots()).isEqualTo(5);
    ledger.fillSell(closing.clOrdId().value(), "E1", 5, "4999");
    assertThat(ledger.state.contingencies().flatten()).isNotNull();

    ledger.fillSell("doubtful", "E2", 2, "5001");
    var again = ledger.followed(OrderSubmitted.class);
    assertThat(again.terms().orderQty().lots()).isEqualTo(2);
    ledger.fill(again.clOrdId().value(), "E3", 2, "5002");
    assertThat(ledger.followed(FlattenEnded.class).outcome()).isEqualTo(Flatten.Outcome.FLAT);
    assertThat(ledger.net()).isZero();
  }

  /** It could only open more: what is held is closed meanwhile, and what it brings afterwards. */
  @Test
  void aLiquidationDoesNotWaitForAnOrderInDoubtThatCanCloseNothing() {
    ledger.buy("doubtful", 2, "4999");
    ledger.inDoubt("doubtful", RequestKind.NEW, 1);
    ledger.riskAsks(lock("r1", Tier.LOCK, "DAILY_LOSS_LIMIT", null));
    assertThat(ledger.followed(CancelRequested.class).clOrdId().value()).isEqualTo("doubtful");
    var closing = ledger.followed(OrderSubmitted.class);
    assertThat(closing.terms().orderQty().lots()).isEqualTo(5);
    ledger.fillSell(closing.clOrdId().value(), "E1", 5, "4999");
    ledger.fill("doubtful", "E2", 2, "4999");
    var again = ledger.followed(OrderSubmitted.class);
    assertThat(again.terms().orderQty().lots()).isEqualTo(2);
    ledger.fillSell(again.clOrdId().value(), "E3", 2, "4998");
    assertThat(ledger.followed(FlattenEnded.class).outcome()).isEqualTo(Flatten.Outcome.FLAT);
    assertThat(ledger.net()).isZero();
  }

  /** No price is known, and none would be believed: what is held is closed at the market. */
  @Test
  void aLiquidationNeedsNoPrice() {
    ledger.tops.clear();
    ledger.feedDistrusted = true;
    ledger.riskAsks(lock("r1", Tier.LIQUIDATE, "OUTSIDE_HOURS", null));
    var closing = ledger.followed(OrderSubmitted.class);
    assertThat(closing.terms().ordType()).isEqualTo(io.tapeline.model.OrdType.MARKET);
    ledger.fillSell(closing.clOrdId().value(), "E1", 5, "4999");
    assertThat(ledger.followed(FlattenEnded.class).outcome()).isEqualTo(Flatten.Outcome.FLAT);
  }

  @Test
  void aFlatAccountIsLockedWithoutAProcess() {
    ledger.sell("out", 5, "5000");
    ledger.fillSell("out", "E1", 5, "5000");
    ledger.riskAsks(lock("r1", Tier.LOCK, "DAILY_LOSS_LIMIT", null));
    ledger.then(RiskLocked.class);
  }

  @Test
  void aLockEndsNotBeforeItsTimeWhoeverAsks() {
    var end = Ledger.NINE.plusSeconds(3_600);
    ledger.riskAsks(lock("r1", Tier.LOCK, "DAILY_LOSS_LIMIT", end));
    ledger.riskAsks(null);
    ledger.thenNothing();
    ledger.riskAsks(lock("r2", Tier.BLOCK, "OUTSIDE_HOURS", null));
    ledger.thenNothing();
    ledger.handle(new OrderCommand.SetTradingState(TradingState.ACTIVE, "please", "k", "ada"));
    ledger.buy("a", 6, "5000");
    ledger.thenDenied(DenialReason.DAILY_LOSS_LIMIT);
    ledger.now = end;
    ledger.riskAsks(null);
    ledger.then(RiskUnlocked.class);
  }

  @Test
  void aHarderRuleTakesThePlaceOfASofterOne() {
    ledger.riskAsks(lock("r1", Tier.BLOCK, "OUTSIDE_HOURS", null));
    ledger.riskAsks(lock("r2", Tier.LOCK, "DRAWDOWN_LIMIT", null));
    assertThat(ledger.last.events().getFirst()).isInstanceOf(RiskLocked.class);
    assertThat(ledger.state.lock().id()).isEqualTo("r2");
    assertThat(ledger.state.contingencies().flatten()).isNotNull();
  }

  @Test
  void aRuleThatActsDuringAFlattenOutlivesIt() {
    ledger.handle(new OrderCommand.FlattenAccount("k", "ada"));
    var closing = ledger.followed(OrderSubmitted.class).clOrdId().value();
    ledger.riskAsks(lock("r1", Tier.LIQUIDATE, "DRAWDOWN_LIMIT", null));
    ledger.then(RiskLocked.class);
    ledger.fillSell(closing, "E1", 5, "5000");
    assertThat(ledger.state.contingencies().flatten()).isNull();
    ledger.buy("a", 1, "5000");
    ledger.thenDenied(DenialReason.DRAWDOWN_LIMIT);
  }

  @Test
  void aRiskStateThatIsSilentDeniesNewRiskAlone() {
    ledger.risk = new Circumstances.RiskFacts(true, null);
    ledger.buy("a", 1, "5000");
    ledger.thenDenied(DenialReason.RISK_STATE_STALE);
    ledger.sell("b", 5, "5000");
    ledger.then(OrderSubmitted.class);
  }

  @Test
  void moreContractsThanTheRulesAllowAreRefused() {
    ledger.risk = new Circumstances.RiskFacts(false, 6L);
    ledger.buy("a", 2, "5000");
    ledger.thenDenied(DenialReason.MAX_POSITION);
    ledger.buy("b", 1, "5000");
    ledger.then(OrderSubmitted.class);
  }

  @Test
  void theLockIsInTheJournal() {
    ledger.riskAsks(lock("r1", Tier.LOCK, "DAILY_LOSS_LIMIT", Ledger.NINE));
    assertThat(ledger.replayed().canonical()).isEqualTo(ledger.state.canonical());
    assertThat(ledger.replayed().lock()).isEqualTo(ledger.state.lock());
  }
}
