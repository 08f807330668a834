package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.orders.domain.OrderEvent.*;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReplacingTest {
  private final Ledger ledger = Ledger.reconciled().atAVenueThatDoesEverything();

  @BeforeEach
  void anOrderWorks() {
    ledger.buy("a", 5, "5000");
    ledger.accept("a");
  }

  @Nested
  class Asking {
    @Test
    void aNewPriceIsAskedForWithCompleteTerms() {
      ledger.movePrice("a", "5001");
      assertThat(ledger.last.events())
          .singleElement()
          .isInstanceOfSatisfying(
              ReplaceRequested.class,
              asked -> {
                assertThat(asked.requestNo()).isEqualTo(2);
                assertThat(asked.terms().orderQty()).isEqualTo(new Qty(5));
                assertThat(asked.terms().price()).isEqualTo(Ledger.ES.price(bd("5001")));
              });
      assertThat(ledger.order("a").terms().price()).isEqualTo(Ledger.ES.price(bd("5000")));
      ledger.replaced("a", 2, 5, "5001");
      ledger.then(OrderReplaced.class);
      assertThat(ledger.order("a").terms().price()).isEqualTo(Ledger.ES.price(bd("5001")));
      assertThat(ledger.live("a").requests()).isEmpty();
    }

    @Test
    void aPriceOffTickIsMovedToTheSafeSideAndItIsSaidSo() {
      ledger.movePrice("a", "4999.90");
      ledger.replaced("a", 2, 5, "4999.75");
      assertThat(ledger.order("a").terms().price()).isEqualTo(Ledger.ES.price(bd("4999.75")));
      assertThat(ledger.order("a").terms().snappedFrom()).isEqualTo(bd("4999.90"));
    }

    @Test
    void aChangeOfWhatIsNoLongerSoIsRefused() {
      var version = ledger.order("a").revision().version();
      ledger.fill("a", "E1", 1, "5000");
      ledger.replace("a", version, "5001", null, null, null);
      ledger.thenDenied(DenialReason.STALE_VERSION);
      ledger.replace("a", version + 1, "5001", null, null, null);
      ledger.then(ReplaceRequested.class);
    }

    @Test
    void aMereRequestDoesNotMoveTheVersionAndAConfirmationDoes() {
      var version = ledger.order("a").revision().version();
      ledger.movePrice("a", "5001");
      assertThat(ledger.order("a").revision().version()).isEqualTo(version);
      ledger.replaced("a", 2, 5, "5001");
      assertThat(ledger.order("a").revision().version()).isEqualTo(version + 1);
    }

    @Test
    void whatItIsAlreadyNeedsNoRequest() {
      ledger.movePrice("a", "5000");
      ledger.thenNothing();
      ledger.movePrice("a", "5001");
      ledger.movePrice("a", "5001");
      ledger.thenNothing();
    }

    @Test
    void fewerThanAreFilledCannotBeAskedFor() {
      ledger.fill("a", "E1", 3, "5000");
      ledger.resize("a", 2);
      ledger.thenDenied(DenialReason.QTY_BELOW_FILLED);
      ledger.resize("a", 0);
      ledger.thenDenied(DenialReason.INVALID_QTY);
    }

    @Test
    void asManyAsAreFilledEndsIt() {
      ledger.fill("a", "E1", 3, "5000");
      ledger.resize("a", 3);
      ledger.then(ReplaceRequested.class);
      ledger.replaced("a", 2, 3, "5000");
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.FILLED);
    }

    @Test
    void whatTheTypeDoesNotHaveCannotBeChanged() {
      ledger.replace("a", null, "4999", null, null);
      ledger.thenDenied(DenialReason.INVALID_PRICE_FOR_TYPE);
      ledger.replace("a", null, null, 5L, null);
      ledger.thenDenied(DenialReason.INVALID_PRICE_FOR_TYPE);
    }

    @Test
    void aVenueThatCannotReplaceIsNotAsked() {
      ledger.capabilities = VenueCapabilities.LEAST;
      ledger.movePrice("a", "5001");
      ledger.thenDenied(DenialReason.UNSUPPORTED_BY_VENUE);
    }

    @Test
    void anOrderThatEndedOrIsBeingCancelledIsNotChanged() {
      ledger.cancel("a");
      ledger.movePrice("a", "5001");
      ledger.thenDenied(DenialReason.CANCEL_IN_FLIGHT);
      ledger.canceled("a");
      ledger.movePrice("a", "5001");
      ledger.thenDenied(DenialReason.ORDER_ALREADY_DONE);
    }
  }

  @Nested
  class Coalescing {
    @Test
    void oneIsOnItsWayAndTheLastWishFollows() {
      ledger.movePrice("a", "5001");
      ledger.movePrice("a", "5002");
      ledger.then(ReplaceQueued.class);
      ledger.movePrice("a", "5003");
      ledger.then(ReplaceQueued.class);
      ledger.replaced("a", 2, 5, "5001");
      ledger.then(OrderReplaced.class, ReplaceRequested.class);
      assertThat(ledger.live("a").asked().price()).isEqualTo(Ledger.ES.price(bd("5003")));
      assertThat(ledger.live("a").queued()).isNull();
    }

    @Test
    void aNewPriceDoesNotUndoTheNewQuantityBeforeIt() {
      ledger.resize("a", 7);
      ledger.movePrice("a", "5001");
      assertThat(ledger.live("a").wanted().orderQty()).isEqualTo(new Qty(7));
    }

    @Test
    void aRefusalMakesWayAsWell() {
      ledger.movePrice("a", "5001");
      ledger.movePrice("a", "5002");
      ledger.replaceRejected("a", 2);
      ledger.then(ReplaceRejected.class, ReplaceRequested.class);
    }

    @Test
    void whatWaitedTooLongIsDropped() {
      ledger.movePrice("a", "5001");
      ledger.movePrice("a", "5002");
      ledger.now = ledger.now.plusSeconds(6);
      ledger.replaced("a", 2, 5, "5001");
      ledger.then(OrderReplaced.class, ReplaceDropped.class);
      assertThat(ledger.live("a").queued()).isNull();
    }

    @Test
    void anOrderStillOnItsWayIsChangedOnceItArrived() {
      ledger.buy("b", 1, "4999");
      ledger.movePrice("b", "4998");
      ledger.then(ReplaceQueued.class);
      ledger.accept("b");
      ledger.then(OrderAccepted.class, ReplaceRequested.class);
    }

    @Test
    void aCancelIsTheLastWish() {
      ledger.movePrice("a", "5001");
      ledger.movePrice("a", "5002");
      ledger.cancel("a");
      assertThat(ledger.live("a").queued()).isNull();
      ledger.replaced("a", 2, 5, "5001");
      ledger.then(OrderReplaced.class);
    }
  }

  @Nested
  class Racing {
    @Test
    void aFillOfTheOldQuantityDoesNotEndAnOrderThatMayHaveGrown() {
      ledger.resize("a", 8);
      ledger.fill("a", "E1", 5, "5000");
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.PARTIALLY_FILLED);
      ledger.replaced("a", 2, 8, "5000");
      assertThat(ledger.order("a").leavesQty()).isEqualTo(new Qty(3));
    }

    @Test
    void itEndsOnceTheGrowthIsRefused() {
      ledger.resize("a", 8);
      ledger.fill("a", "E1", 5, "5000");
      ledger.replaceRejected("a", 2);
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.FILLED);
    }

    @Test
    void itEndsOnceTheGrowthWasNeverSent() {
      ledger.resize("a", 8);
      ledger.fill("a", "E1", 5, "5000");
      ledger.report(new VenueFact.NotSent(new ClOrdId("a"), RequestKind.REPLACE, 2, "stale"));
      ledger.then(ReplaceDropped.class);
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.FILLED);
    }

    @Test
    void theLargerOfBothCountsWhileItIsNotKnown() {
      ledger.resize("a", 30);
      ledger.buy("b", 21, "5000");
      ledger.thenDenied(DenialReason.MAX_POSITION);
      ledger.replaceRejected("a", 2);
      ledger.buy("c", 21, "5000");
      ledger.then(OrderSubmitted.class);
    }

    @Test
    void smallerIsNotBelievedBeforeTheVenueSaysSo() {
      ledger.buy("b", 40, "5000");
      ledger.accept("b");
      ledger.resize("b", 1);
      ledger.buy("c", 20, "5000");
      ledger.thenDenied(DenialReason.MAX_POSITION);
      ledger.replaced("b", 2, 1, "5000");
      ledger.buy("d", 20, "5000");
      ledger.then(OrderSubmitted.class);
    }

    @Test
    void aCancelMayOvertakeAChange() {
      ledger.movePrice("a", "5001");
      ledger.cancel("a");
      ledger.canceled("a");
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.CANCELED);
      ledger.replaced("a", 2, 5, "5001");
      ledger.thenNothing();
      ledger.replaceRejected("a", 2);
      ledger.thenNothing();
    }

    @Test
    void aConfirmationToldTwiceOrLateChangesNothing() {
      ledger.movePrice("a", "5001");
      ledger.replaced("a", 2, 5, "5001");
      ledger.replaced("a", 2, 5, "5001");
      ledger.thenNothing();
      ledger.movePrice("a", "5002");
      ledger.replaced("a", 3, 5, "5002");
      ledger.replaced("a", 2, 5, "5001");
      ledger.thenNothing();
      assertThat(ledger.order("a").terms().price()).isEqualTo(Ledger.ES.price(bd("5002")));
    }

    @Test
    void whatGrewAtTheVenueAfterItEndedHereIsAdopted() {
      ledger.resize("a", 8);
      ledger.report(new VenueFact.NotSent(new ClOrdId("a"), RequestKind.REPLACE, 2, "stale"));
      ledger.fill("a", "E1", 5, "5000");
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.FILLED);
      ledger.replaced("a", 2, 8, "5000");
      ledger.then(OrderAdopted.class);
      assertThat(ledger.order("X-Va").leavesQty()).isEqualTo(new Qty(3));
      ledger.fill("a", "E2", 3, "5000");
      assertThat(ledger.status("X-Va")).isEqualTo(OrdStatus.FILLED);
      assertThat(ledger.net()).isEqualTo(8);
    }
  }

  @Nested
  class Doubting {
    @BeforeEach
    void aChangeIsInDoubt() {
      ledger.movePrice("a", "5001");
      ledger.inDoubt("a", RequestKind.REPLACE, 2);
      ledger.then(RequestInDoubt.class);
    }

    @Test
    void theNewTermsAtTheVenueProveThatItArrived() {
      ledger.report(known("5001"));
      ledger.then(DoubtResolved.class, OrderReplaced.class);
      assertThat(ledger.order("a").terms().price()).isEqualTo(Ledger.ES.price(bd("5001")));
    }

    @Test
    void theOldTermsAtTheVenueProveThatItDidNot() {
      ledger.report(known("5000"));
      ledger.then(DoubtResolved.class);
      assertThat(ledger.live("a").requests()).isEmpty();
      assertThat(ledger.order("a").terms().price()).isEqualTo(Ledger.ES.price(bd("5000")));
    }

    @Test
    void aLateConfirmationIsStillBelieved() {
      ledger.report(known("5000"));
      ledger.replaced("a", 2, 5, "5001");
      ledger.then(OrderReplaced.class);
      assertThat(ledger.order("a").terms().price()).isEqualTo(Ledger.ES.price(bd("5001")));
    }

    @Test
    void anAdminMaySayThatItArrived() {
      ledger.handle(
          new OrderCommand.ResolveDoubt(
              new ClOrdId("a"), Outcome.ARRIVED, "asked the broker by phone", "k", "root"));
      ledger.then(DoubtResolved.class, OrderReplaced.class);
      assertThat(ledger.order("a").terms().price()).isEqualTo(Ledger.ES.price(bd("5001")));
    }

    @Test
    void aConfirmationEndsTheDoubt() {
      ledger.replaced("a", 2, 5, "5001");
      ledger.then(DoubtResolved.class, OrderReplaced.class);
      assertThat(ledger.live("a").doubted()).isNull();
    }

    @Test
    void twoUnknownsLeaveTheOrderAsItWas() {
      ledger.unknown("a", RequestKind.REPLACE, 2, Duration.ofSeconds(2));
      ledger.unknown("a", RequestKind.REPLACE, 2, Duration.ofSeconds(4));
      ledger.then(RequestUnknownToVenue.class, DoubtResolved.class);
      assertThat(ledger.live("a").requests()).isEmpty();
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.NEW);
    }

    private VenueFact.OrderKnown known(String price) {
      var known = ledger.known("a", 2L, Side.BUY, 5, OrdStatus.NEW);
      return new VenueFact.OrderKnown(
          known.clOrdId(),
          known.venueOrderId(),
          2L,
          known.terms().with(new Change(new Qty(5), Ledger.ES.price(bd(price)), null, null, null)),
          Qty.ZERO,
          OrdStatus.NEW);
    }
  }

  @Nested
  class Judging {
    @Test
    void moreLotsAreJudgedLikeNewOnes() {
      ledger.resize("a", 51);
      ledger.thenDenied(DenialReason.MAX_ORDER_QTY);
      ledger.tapeLagMillis = 3_000;
      ledger.resize("a", 6);
      ledger.thenDenied(DenialReason.TAPE_DOWN);
    }

    @Test
    void fewerLotsPassEverything() {
      ledger.tapeLagMillis = 3_000;
      ledger.quarantined = true;
      ledger.session = Circumstances.Session.CLOSED;
      ledger.handle(
          new OrderCommand.SetTradingState(
              io.tapeline.model.TradingState.HALTED, "stop", "k", "ada"));
      ledger.resize("a", 4);
      ledger.then(ReplaceRequested.class);
    }

    @Test
    void tooManyInOneSecondAreRefusedAndLeaveNoLineEach() {
      ledger.rateExceeded = true;
      ledger.movePrice("a", "5001");
      ledger.thenDenied(DenialReason.ORDER_RATE);
      assertThat(ledger.last.events()).isEmpty();
      ledger.resize("a", 4);
      ledger.then(ReplaceRequested.class);
      assertThat(ledger.last.events().getFirst().countsForRate()).isTrue();
    }

    @Test
    void aPriceOutsideTheCollarIsRefused() {
      ledger.marketAt("5000", "5000.25", "5000");
      ledger.movePrice("a", "4974.75");
      ledger.thenDenied(DenialReason.PRICE_OUTSIDE_COLLAR);
    }

    @Test
    void anExternalChangeIsTakenAsItIs() {
      ledger.report(
          new VenueFact.Replaced(
              new ClOrdId("a"), new OrderId("Va"), null, new Qty(4), bd("4990"), null, null));
      ledger.then(OrderReplaced.class);
      assertThat(ledger.order("a").terms().orderQty()).isEqualTo(new Qty(4));
    }
  }

  @Nested
  class Held {
    @BeforeEach
    void aStopIsHeldHere() {
      ledger.capabilities = VenueCapabilities.LEAST;
      ledger.marketAt("5000", "5000.25", "5000");
      ledger.place("s", Ledger.stop(OrdType.STOP, Side.BUY, 2, null, "5010", null));
      ledger.then(OrderHeld.class);
    }

    @Test
    void itWorksHereAndIsChangedAtOnce() {
      assertThat(ledger.status("s")).isEqualTo(OrdStatus.NEW);
      ledger.replace("s", null, "5008.10", null, null);
      assertThat(ledger.last.events())
          .singleElement()
          .isInstanceOfSatisfying(
              OrderReplaced.class, done -> assertThat(done.requestNo()).isZero());
      assertThat(ledger.order("s").terms().stopPx()).isEqualTo(Ledger.ES.price(bd("5008.25")));
    }

    @Test
    void itIsGivenUpAtOnce() {
      ledger.cancel("s");
      ledger.then(OrderCanceled.class);
      assertThat(ledger.status("s")).isEqualTo(OrdStatus.CANCELED);
    }

    @Test
    void itCannotBeMovedPastTheMarket() {
      ledger.replace("s", null, "4999", null, null);
      ledger.thenDenied(DenialReason.WRONG_SIDE_OF_MARKET);
    }

    @Test
    void onceReleasedTheVenueIsAsked() {
      var live = ledger.live("s");
      var released =
          new OrderReleased(
              live.clOrdId(),
              1,
              VenueTerms.of(live.terms(), OrdType.MARKET, live.terms().timeInForce()),
              ledger.now,
              "TRIGGERED");
      ledger.happened(new OrderTriggered(live.clOrdId()), released);
      assertThat(ledger.status("s")).isEqualTo(OrdStatus.NEW);
      assertThat(ledger.live("s").request(RequestKind.NEW)).isNotNull();
      ledger.replace("s", null, "5008", null, null);
      ledger.thenDenied(DenialReason.UNSUPPORTED_BY_VENUE);
      ledger.atAVenueThatDoesEverything();
      ledger.replace("s", null, "5008", null, null);
      ledger.thenDenied(DenialReason.ORDER_TRIGGERED);
      ledger.fill("s", "E1", 2, "5010");
      assertThat(ledger.status("s")).isEqualTo(OrdStatus.FILLED);
      assertThat(ledger.order("s").terms().ordType()).isEqualTo(OrdType.STOP);
    }
  }

  @Nested
  class Legs {
    private static final ClOrdId LEG = new ClOrdId("a.sl");

    @BeforeEach
    void aLegWaitsForItsEntry() {
      var terms =
          new Terms(
              Ledger.ES,
              "sim",
              Side.SELL,
              OrdType.STOP,
              io.tapeline.model.TimeInForce.GTC,
              new Qty(5),
              null,
              Ledger.ES.price(bd("4990")),
              null,
              null,
              true,
              null,
              null);
      ledger.happened(
          new OrderHeld(
              LEG,
              Hold.PARENT,
              terms,
              new Links(Role.STOP_LOSS, new ClOrdId("a"), "a", null),
              "a",
              "ada"));
    }

    @Test
    void itIsPendingAndCountsForNothingYet() {
      assertThat(ledger.status("a.sl")).isEqualTo(OrdStatus.PENDING_NEW);
      assertThat(ledger.state.working(Ledger.ES.symbol(), Side.SELL)).isZero();
    }

    @Test
    void itsPriceMayMoveAndItsQuantityFollowsThePosition() {
      ledger.replace("a.sl", null, "4992.10", null, null);
      ledger.then(OrderReplaced.class);
      assertThat(ledger.order("a.sl").terms().stopPx()).isEqualTo(Ledger.ES.price(bd("4992")));
      ledger.resize("a.sl", 3);
      ledger.thenDenied(DenialReason.BRACKET_CHILD_QTY_FOLLOWS_POSITION);
    }

    @Test
    void whatTheRowSaysIsWhatACommandIsTold() {
      var can = Capabilities.of(ledger.order("a.sl"), ledger.capabilities);
      assertThat(can.stopPx()).isNull();
      assertThat(can.cancel()).isNull();
      ledger.resize("a.sl", 3);
      assertThat(((Decision.Refused) ledger.last).denial()).isEqualTo(can.qty());
    }
  }

  private static BigDecimal bd(String decimal) {
    return new BigDecimal(decimal);
  }
}
