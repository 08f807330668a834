package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.orders.domain.OrderEvent.*;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OrderDeciderTest {
  private final Ledger ledger = Ledger.reconciled();

  @Nested
  class Placing {
    @Test
    void anOrderIsSubmittedAndPendingUntilTheVenueHasIt() {
      ledger.buy("a", 2, "5000.25");
      ledger.then(OrderSubmitted.class);
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.PENDING_NEW);
      assertThat(ledger.order("a").revision().version()).isEqualTo(1);
      ledger.accept("a");
      ledger.then(OrderAccepted.class);
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.NEW);
      assertThat(((Order.Live) ledger.order("a")).requests()).isEmpty();
    }

    @Test
    void aLimitOffTickMovesAwayFromTheMarket() {
      ledger.buy("a", 1, "5000.30");
      assertThat(ledger.order("a").terms().price()).isEqualTo(Ledger.ES.price(bd("5000.25")));
      assertThat(ledger.order("a").terms().snappedFrom()).isEqualTo(bd("5000.30"));
      ledger.sell("b", 1, "5000.30");
      assertThat(ledger.order("b").terms().price()).isEqualTo(Ledger.ES.price(bd("5000.50")));
    }

    @Test
    void aStrictLimitOffTickIsDenied() {
      ledger.place("a", Ledger.draft(OrdType.LIMIT, Side.BUY, 1, "5000.30", false, true));
      ledger.thenDenied(DenialReason.OFF_TICK);
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.DENIED);
    }

    @Test
    void anIdIsUsedOnce() {
      ledger.buy("a", 1, "5000");
      ledger.buy("a", 1, "5000");
      ledger.thenDenied(DenialReason.DUPLICATE_CL_ORD_ID);
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.PENDING_NEW);
    }

    @Test
    void whatMakesNoSenseIsDenied() {
      ledger.buy("a", 0, "5000");
      ledger.thenDenied(DenialReason.INVALID_QTY);
      ledger.buy("b", 1, null);
      ledger.thenDenied(DenialReason.INVALID_PRICE_FOR_TYPE);
      ledger.place("c", Ledger.draft(OrdType.MARKET, Side.BUY, 1, "5000", false, false));
      ledger.thenDenied(DenialReason.INVALID_PRICE_FOR_TYPE);
      ledger.place("d", Ledger.draft(OrdType.STOP, Side.BUY, 1, null, false, false));
      ledger.thenDenied(DenialReason.INVALID_PRICE_FOR_TYPE);
      ledger.place(
          "e",
          new Draft(
              "no such thing",
              Side.BUY,
              OrdType.MARKET,
              TimeInForce.DAY,
              1,
              null,
              null,
              null,
              null,
              false,
              null,
              false));
      ledger.thenDenied(DenialReason.UNKNOWN_SYMBOL);
    }
  }

  @Nested
  class Risk {
    @Test
    void aLimitIsDeniedWithItsNumbers() {
      ledger.buy("a", 51, "5000");
      ledger.thenDenied(DenialReason.MAX_ORDER_QTY);
      assertThat(((Decision.Refused) ledger.last).denial().params())
          .containsEntry("max", "50")
          .containsEntry("asked", "51");
    }

    @Test
    void workingOrdersCountAsIfFilled() {
      ledger.buy("a", 30, "5000");
      ledger.buy("b", 21, "5000");
      ledger.thenDenied(DenialReason.MAX_POSITION);
      ledger.sell("c", 30, "5001");
      ledger.then(OrderSubmitted.class);
    }

    @Test
    void anOrderInDoubtCountsToo() {
      ledger.buy("a", 30, "5000");
      ledger.inDoubt("a", RequestKind.NEW, 1);
      ledger.buy("b", 21, "5000");
      ledger.thenDenied(DenialReason.MAX_POSITION);
    }

    @Test
    void aPriceFarFromTheMarketIsDeniedOnBothSides() {
      ledger.tops.put(Ledger.ES.symbol(), new TopOfBook(bd("5000.00"), bd("5000.25"), null));
      ledger.buy("a", 1, "4975.00");
      ledger.then(OrderSubmitted.class);
      ledger.buy("b", 1, "4974.75");
      ledger.thenDenied(DenialReason.PRICE_OUTSIDE_COLLAR);
      ledger.buy("c", 1, "5025.50");
      ledger.thenDenied(DenialReason.PRICE_OUTSIDE_COLLAR);
    }

    @Test
    void anAccountNeverReconciledTakesNoNewRisk() {
      var fresh = new Ledger();
      fresh.buy("a", 1, "5000");
      fresh.thenDenied(DenialReason.RECONCILING);
    }

    @Test
    void whatReducesPassesEveryLimitAndState() {
      ledger.place("a", Ledger.market(Side.BUY, 5));
      ledger.fill("a", "E1", 5, "5000");
      ledger.tapeLagMillis = 3_000;
      ledger.quarantined = true;
      ledger.rateExceeded = true;
      ledger.report(new VenueFact.ReconcileStarted("sim", 2));
      ledger.sell("b", 5, "5000");
      ledger.then(OrderSubmitted.class);
      ledger.sell("c", 1, "5000");
      ledger.thenDenied(DenialReason.ACCOUNT_QUARANTINED);
    }

    @Test
    void aReduceOnlyOrderNeverIncreases() {
      ledger.place("a", Ledger.market(Side.BUY, 2));
      ledger.fill("a", "E1", 2, "5000");
      ledger.place("b", Ledger.draft(OrdType.MARKET, Side.SELL, 3, null, true, false));
      ledger.thenDenied(DenialReason.REDUCE_ONLY_WOULD_INCREASE);
      ledger.place("c", Ledger.draft(OrdType.MARKET, Side.SELL, 2, null, true, false));
      ledger.then(OrderSubmitted.class);
      ledger.place("d", Ledger.draft(OrdType.MARKET, Side.SELL, 1, null, true, false));
      ledger.thenDenied(DenialReason.REDUCE_ONLY_WOULD_INCREASE);
    }

    @Test
    void aTapeThatIsDownDeniesNewRiskAndTakesCancels() {
      ledger.buy("a", 1, "5000");
      ledger.tapeLagMillis = 2_500;
      ledger.buy("b", 1, "5000");
      ledger.thenDenied(DenialReason.TAPE_DOWN);
      ledger.cancel("a");
      ledger.then(CancelRequested.class);
    }

    @Test
    void anOrderOverTheRateLeavesNoTraceOfItsOwn() {
      ledger.rateExceeded = true;
      ledger.buy("a", 1, "5000");
      ledger.thenDenied(DenialReason.ORDER_RATE);
      ledger.thenNothing();
    }

    @Test
    void aVenueThatIsDownTakesNothingButCancels() {
      ledger.buy("a", 1, "5000");
      ledger.venueDown = true;
      ledger.buy("b", 1, "5000");
      ledger.thenDenied(DenialReason.VENUE_DOWN);
      ledger.cancel("a");
      ledger.then(CancelRequested.class);
    }
  }

  @Nested
  class Filling {
    @Test
    void aFillMayArriveBeforeTheAcknowledgement() {
      ledger.buy("a", 10, "5000");
      ledger.fill("a", "E1", 3, "4999.75");
      ledger.then(OrderFilled.class);
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.PARTIALLY_FILLED);
      assertThat(ledger.order("a").leavesQty()).isEqualTo(new Qty(7));
      assertThat(ledger.net()).isEqualTo(3);
    }

    @Test
    void theSameExecutionTwiceIsBookedOnce() {
      ledger.buy("a", 10, "5000");
      ledger.fill("a", "E1", 3, "5000");
      ledger.fill("a", "E1", 3, "5000");
      ledger.thenNothing();
      assertThat(ledger.net()).isEqualTo(3);
    }

    @Test
    void aFillThatOvertakesItsCancelIsStillBooked() {
      ledger.buy("a", 10, "5000");
      ledger.accept("a");
      ledger.cancel("a");
      ledger.canceled("a");
      ledger.fill("a", "E1", 3, "5000");
      ledger.then(OrderFilled.class);
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.CANCELED);
      assertThat(ledger.order("a").fills().cumQty()).isEqualTo(new Qty(3));
      assertThat(ledger.order("a").leavesQty()).isEqualTo(Qty.ZERO);
      assertThat(ledger.net()).isEqualTo(3);
    }

    @Test
    void moreThanWasOrderedIsBookedAsWell() {
      ledger.buy("a", 2, "5000");
      ledger.fill("a", "E1", 2, "5000");
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.FILLED);
      ledger.fill("a", "E2", 1, "5000");
      assertThat(ledger.order("a").fills().cumQty()).isEqualTo(new Qty(3));
      assertThat(ledger.net()).isEqualTo(3);
    }

    @Test
    void aFillOfAnOrderPlacedElsewhereIsAdoptedAndBooked() {
      ledger.report(Ledger.filled(null, "E1", Side.SELL, 2, "5000"));
      ledger.then(OrderAdopted.class, OrderFilled.class);
      assertThat(ledger.net()).isEqualTo(-2);
      assertThat(ledger.order("X-Velsewhere").origin()).isEqualTo(Origin.EXTERNAL);
      ledger.report(Ledger.filled(null, "E1", Side.SELL, 2, "5000"));
      ledger.thenNothing();
    }

    @Test
    void everyFillMovesTheVersionAndNoRequestDoes() {
      ledger.buy("a", 10, "5000");
      ledger.accept("a");
      var version = ledger.order("a").revision().version();
      ledger.cancel("a");
      assertThat(ledger.order("a").revision().version()).isEqualTo(version);
      ledger.fill("a", "E1", 1, "5000");
      assertThat(ledger.order("a").revision().version()).isEqualTo(version + 1);
    }
  }

  @Nested
  class Cancelling {
    @Test
    void aSecondCancelWhileOneIsOnItsWayChangesNothing() {
      ledger.buy("a", 1, "5000");
      ledger.cancel("a");
      ledger.then(CancelRequested.class);
      ledger.cancel("a");
      ledger.thenNothing();
    }

    @Test
    void aRejectedCancelMayBeAskedForAgain() {
      ledger.buy("a", 1, "5000");
      ledger.accept("a");
      ledger.cancel("a");
      ledger.report(
          new VenueFact.CancelRejected(new ClOrdId("a"), 2, new Order.VenueWords("3", "too late")));
      assertThat(((Order.Live) ledger.order("a")).words().code()).isEqualTo("3");
      ledger.cancel("a");
      assertThat(ledger.last.events())
          .singleElement()
          .isInstanceOfSatisfying(
              CancelRequested.class, again -> assertThat(again.requestNo()).isEqualTo(3));
    }

    @Test
    void anEndedOrderIsNotCancelled() {
      ledger.cancel("nothing");
      ledger.thenDenied(DenialReason.UNKNOWN_ORDER);
      ledger.buy("a", 1, "5000");
      ledger.fill("a", "E1", 1, "5000");
      ledger.cancel("a");
      ledger.thenDenied(DenialReason.ORDER_ALREADY_DONE);
    }

    @Test
    void cancelAllAsksForEveryLiveOrderOnce() {
      ledger.buy("a", 1, "5000");
      ledger.buy("b", 1, "5000");
      ledger.cancel("a");
      ledger.handle(new OrderCommand.CancelAll("k", "ada"));
      ledger.then(CancelRequested.class);
    }
  }

  @Nested
  class Doubting {
    @Test
    void anUnsentOrderExpires() {
      ledger.buy("a", 1, "5000");
      ledger.report(new VenueFact.NotSent(new ClOrdId("a"), RequestKind.NEW, 1, "stale"));
      ledger.then(OrderExpired.class);
      assertThat(((Order.Done) ledger.order("a")).reason()).isEqualTo("UNSENT");
    }

    @Test
    void unknownIsProofOnlyTheSecondTime() {
      ledger.buy("a", 1, "5000");
      ledger.inDoubt("a", RequestKind.NEW, 1);
      ledger.then(RequestInDoubt.class);
      ledger.unknown("a", RequestKind.NEW, 1, Duration.ofSeconds(2));
      ledger.then(RequestUnknownToVenue.class);
      ledger.unknown("a", RequestKind.NEW, 1, Duration.ofSeconds(2));
      ledger.thenNothing(); // the same answer, told twice
      ledger.unknown("a", RequestKind.NEW, 1, Duration.ofSeconds(4));
      ledger.then(RequestUnknownToVenue.class, DoubtResolved.class, OrderExpired.class);
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.EXPIRED);
    }

    @Test
    void unknownTooSoonAfterTheSendProvesNothing() {
      ledger.buy("a", 1, "5000");
      ledger.inDoubt("a", RequestKind.NEW, 1);
      for (var millis : List.of(100, 200, 300, 400)) {
        ledger.unknown("a", RequestKind.NEW, 1, Duration.ofMillis(millis));
        ledger.then(RequestUnknownToVenue.class);
      }
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.PENDING_NEW);
    }

    @Test
    void aFillEndsTheDoubt() {
      ledger.buy("a", 2, "5000");
      ledger.inDoubt("a", RequestKind.NEW, 1);
      ledger.fill("a", "E1", 1, "5000");
      ledger.then(DoubtResolved.class, OrderFilled.class);
      assertThat(((Order.Live) ledger.order("a")).doubted()).isNull();
    }

    @Test
    void aCancelThatNeverArrivedIsAskedForAgain() {
      ledger.buy("a", 2, "5000");
      ledger.accept("a");
      ledger.cancel("a");
      ledger.inDoubt("a", RequestKind.CANCEL, 2);
      ledger.report(ledger.known("a", 2L, Side.BUY, 2, OrdStatus.NEW));
      ledger.then(DoubtResolved.class, CancelRequested.class);
    }

    @Test
    void aFillAfterTheProofIsStillBooked() {
      ledger.buy("a", 1, "5000");
      ledger.inDoubt("a", RequestKind.NEW, 1);
      ledger.unknown("a", RequestKind.NEW, 1, Duration.ofSeconds(2));
      ledger.unknown("a", RequestKind.NEW, 1, Duration.ofSeconds(4));
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.EXPIRED);
      ledger.fill("a", "E1", 1, "5000");
      ledger.then(OrderFilled.class);
      assertThat(ledger.net()).isEqualTo(1);
    }

    @Test
    void anAdminMayResolveWithAReason() {
      ledger.buy("a", 1, "5000");
      resolve(Outcome.NEVER_ARRIVED);
      ledger.thenDenied(DenialReason.NOT_IN_DOUBT);
      ledger.inDoubt("a", RequestKind.NEW, 1);
      resolve(Outcome.NEVER_ARRIVED);
      ledger.then(DoubtResolved.class, OrderExpired.class);
    }

    private void resolve(Outcome outcome) {
      ledger.handle(
          new OrderCommand.ResolveDoubt(
              new ClOrdId("a"), outcome, "asked the broker by phone", "k", "root"));
    }
  }

  @Nested
  class Reconciling {
    @Test
    void anOrderTheVenueNoLongerListsIsAskedAbout() {
      ledger.buy("a", 1, "5000");
      ledger.accept("a");
      ledger.buy("b", 1, "5000");
      ledger.accept("b");
      ledger.report(new VenueFact.ReconcileStarted("sim", 2));
      ledger.report(new VenueFact.ReconcileCompleted("sim", 2, Set.of("b"), 1, 0, List.of()));
      ledger.then(RequestInDoubt.class, ReconciliationCompleted.class);
      assertThat(((Order.Live) ledger.order("a")).doubted()).isNotNull();
      assertThat(((Order.Live) ledger.order("b")).doubted()).isNull();
    }

    @Test
    void anOrderNotYetSentIsLeftInPeace() {
      ledger.buy("a", 1, "5000");
      ledger.report(new VenueFact.ReconcileStarted("sim", 2));
      ledger.report(new VenueFact.ReconcileCompleted("sim", 2, Set.of(), 0, 0, List.of()));
      ledger.then(ReconciliationCompleted.class);
    }

    @Test
    void anOrderPlacedElsewhereIsAdoptedAndCanBeCancelled() {
      ledger.report(ledger.known(null, null, Side.SELL, 4, OrdStatus.NEW));
      ledger.then(OrderAdopted.class);
      ledger.report(ledger.known(null, null, Side.SELL, 4, OrdStatus.NEW));
      ledger.thenNothing();
      ledger.cancel("X-Velsewhere");
      ledger.then(CancelRequested.class);
      ledger.report(new VenueFact.Canceled(null, new OrderId("Velsewhere"), Order.VenueWords.NONE));
      ledger.then(OrderCanceled.class);
    }

    @Test
    void anOlderSessionSaysNothingMore() {
      ledger.report(new VenueFact.ReconcileStarted("sim", 5));
      ledger.report(new VenueFact.ReconcileCompleted("sim", 4, Set.of(), 0, 0, List.of()));
      ledger.thenNothing();
      assertThat(ledger.state.reconciling()).isTrue();
    }
  }

  private static BigDecimal bd(String decimal) {
    return new BigDecimal(decimal);
  }
}
