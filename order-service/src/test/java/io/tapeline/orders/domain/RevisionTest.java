package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.orders.domain.OrderEvent.*;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Executions that the venue takes back or corrects, in whatever order it tells. */
class RevisionTest {
  private final Ledger ledger = Ledger.reconciled().atAVenueThatDoesEverything();

  @BeforeEach
  void anOrderWorks() {
    ledger.buy("a", 5, "5000");
    ledger.accept("a");
  }

  @Test
  void aBustReversesExactlyWhatWasBookedOnce() {
    ledger.fill("a", "E1", 2, "5000");
    ledger.fill("a", "E2", 1, "5001");
    ledger.bust("a", "E1");
    ledger.then(FillBusted.class);
    assertThat(ledger.net()).isEqualTo(1);
    assertThat(ledger.order("a").fills().cumQty()).isEqualTo(new Qty(1));
    assertThat(ledger.order("a").leavesQty())
        .as("busted lots do not come back")
        .isEqualTo(new Qty(2));
    ledger.bust("a", "E1");
    ledger.thenNothing();
    ledger.fill("a", "E1", 2, "5000");
    ledger.thenNothing();
  }

  @Test
  void aDoneOrderStaysDoneAndIsNotCalledFilledWhenItIsNot() {
    ledger.fill("a", "E1", 5, "5000");
    ledger.bust("a", "E1");
    assertThat(ledger.status("a")).isEqualTo(OrdStatus.CANCELED);
    assertThat(ledger.order("a").fills().cumQty()).isEqualTo(Qty.ZERO);
    assertThat(ledger.net()).isZero();
  }

  @Test
  void anOrderOfWhichEveryLotWasExecutedEndsThoughSomeWereBusted() {
    ledger.fill("a", "E1", 2, "5000");
    ledger.bust("a", "E1");
    ledger.fill("a", "E2", 3, "5000");
    assertThat(ledger.state.live().size()).isZero();
    assertThat(ledger.status("a")).isEqualTo(OrdStatus.CANCELED);
  }

  @Test
  void aCorrectionPutsOneExecutionInThePlaceOfAnother() {
    ledger.fill("a", "E1", 2, "5000");
    ledger.correct("a", "E1", "E1c", 1, "5000.25");
    ledger.then(FillCorrected.class);
    assertThat(ledger.net()).isEqualTo(1);
    assertThat(ledger.order("a").fills().standing(new ExecId("E1"))).isNull();
    assertThat(ledger.order("a").leavesQty()).isEqualTo(new Qty(3));
    ledger.correct("a", "E1", "E1c", 1, "5000.25");
    ledger.thenNothing();
  }

  @Test
  void whereTheVenueNamesNoFeeALotCostsWhatItDidBeforeItsCorrection() {
    ledger.fill("a", "E1", 3, "5000", "6.69");
    ledger.correct("a", "E1", "E1c", 2, "5000.25");
    assertThat(ledger.order("a").fills().standing(new ExecId("E1c")).fee()).isEqualTo("4.46");
  }

  @Test
  void aBustOfALateFillIsReversedToo() {
    ledger.canceled("a");
    ledger.fill("a", "E1", 2, "5000");
    ledger.bust("a", "E1");
    assertThat(ledger.net()).isZero();
    assertThat(ledger.status("a")).isEqualTo(OrdStatus.CANCELED);
  }

  @Nested
  class AheadOfTheirExecution {
    @Test
    void aBustIsDoneWhenTheFillComesAndItsLotsDoNotComeBack() {
      ledger.bust("a", "E1");
      ledger.then(RevisionNoted.class);
      ledger.bust("a", "E1");
      ledger.thenNothing();
      ledger.fill("a", "E1", 2, "5000");
      ledger.then(OrderFilled.class, FillBusted.class);
      assertThat(ledger.net()).isZero();
      assertThat(ledger.order("a").leavesQty()).isEqualTo(new Qty(3));
      ledger.fill("a", "E1", 2, "5000");
      ledger.thenNothing();
      ledger.bust("a", "E1");
      ledger.thenNothing();
      ledger.fill("a", "E2", 3, "5000");
      assertThat(ledger.status("a"))
          .as("nothing of it is left to trade")
          .isEqualTo(OrdStatus.CANCELED);
      assertThat(ledger.net()).isEqualTo(3);
      assertThat(ledger.state.contingencies().noted().size()).isZero();
    }

    @Test
    void aBustOfAnOrderNobodyKnowsWaitsForItsExecution() {
      ledger.bust("elsewhere", "E1");
      ledger.then(RevisionNoted.class);
      ledger.fill("elsewhere", "E1", 2, "5000");
      ledger.then(OrderAdopted.class, OrderFilled.class, FillBusted.class);
      assertThat(ledger.net()).isZero();
      assertThat(ledger.order("X-Velsewhere").fills().bustedQty()).isEqualTo(new Qty(2));
    }

    @Test
    void aCorrectionIsDoneWhenTheFillComes() {
      ledger.correct("a", "E1", "E1c", 1, "5000.25");
      ledger.then(RevisionNoted.class);
      assertThat(ledger.net()).isZero();
      ledger.fill("a", "E1", 2, "5000");
      ledger.then(OrderFilled.class, FillCorrected.class);
      assertThat(ledger.net()).isEqualTo(1);
      assertThat(ledger.order("a").leavesQty()).isEqualTo(new Qty(3));
    }

    @Test
    void correctionsToldBackwardsComeToTheSame() {
      ledger.correct("a", "E1c", "E1d", 1, "5000.50");
      ledger.correct("a", "E1", "E1c", 2, "5000.25");
      ledger.fill("a", "E1", 2, "5000");
      ledger.then(OrderFilled.class, FillCorrected.class, FillCorrected.class);
      assertThat(ledger.net()).isEqualTo(1);
      assertThat(ledger.order("a").fills().standing(new ExecId("E1d"))).isNotNull();
      assertThat(ledger.order("a").leavesQty()).isEqualTo(new Qty(3));
    }

    @Test
    void aCorrectionWhoseExecutionIsBookedAlreadyTakesTheOldOneBack() {
      ledger.correct("a", "E1", "E1c", 1, "5000.25");
      ledger.fill("a", "E1c", 1, "5000.25");
      ledger.fill("a", "E1", 2, "5000");
      ledger.then(OrderFilled.class, FillBusted.class);
      assertThat(ledger.net()).isEqualTo(1);
    }

    @Test
    void noMoreAreKeptThanThatAndTheOldestGoes() {
      for (var i = 0; i < 300; i++) ledger.bust("a", "E" + i);
      assertThat(ledger.state.contingencies().noted().size()).isEqualTo(256);
      assertThat(ledger.state.contingencies().noted().contains(new ExecId("E299"))).isTrue();
      assertThat(ledger.state.contingencies().noted().contains(new ExecId("E0"))).isFalse();
    }
  }

  @Test
  void anOrderFirstKnownByItsFillIsAdoptedTheSameWhateverIsInMemory() {
    ledger.fill(null, "E1", 2, "5000");
    ledger.correct(null, "E1", "E2", 1, "5000.25");
    var first = ledger.order("X-Velsewhere").revision();
    ledger.report(ledger.known(null, null, Side.BUY, 5, OrdStatus.PARTIALLY_FILLED));
    ledger.then(OrderAdopted.class);
    var adopted = ledger.live("X-Velsewhere");
    assertThat(adopted.leavesQty()).isEqualTo(new Qty(3));
    assertThat(adopted.revision().version()).isGreaterThan(first.version());
    assertThat(adopted.revision().createdSeq()).isEqualTo(first.createdSeq());
    var forgetful = AccountState.empty(new AccountId("PRACTICE"));
    for (var recorded : ledger.history)
      forgetful = Evolution.evolve(forgetful, recorded).forgettingBeyond(0);
    assertThat(forgetful.canonical()).isEqualTo(ledger.state.canonical());
    ledger.fill(null, "E3", 3, "5000");
    assertThat(ledger.state.order(new ClOrdId("X-Velsewhere")).status())
        .isEqualTo(OrdStatus.CANCELED);
  }
}
