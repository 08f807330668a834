package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.model.TradingState;
import io.tapeline.orders.domain.OrderEvent.*;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OrderTypesTest {
  private final Ledger ledger = Ledger.reconciled();

  @Nested
  class Types {
    @Test
    void everyTypeGoesToAVenueThatHasIt() {
      ledger.atAVenueThatDoesEverything().marketAt("5000", "5000.25", "5000");
      ledger.place("m", Ledger.market(Side.BUY, 1));
      ledger.then(OrderSubmitted.class);
      ledger.place("s", Ledger.stop(OrdType.STOP, Side.BUY, 1, null, "5002", null));
      ledger.then(OrderSubmitted.class);
      ledger.place("sl", Ledger.stop(OrdType.STOP_LIMIT, Side.BUY, 1, "5003", "5002", null));
      ledger.then(OrderSubmitted.class);
      ledger.place("t", Ledger.stop(OrdType.TRAILING_STOP, Side.SELL, 1, null, null, 8L));
      ledger.then(OrderSubmitted.class);
    }

    @Test
    void aStopTheVenueDoesNotHaveIsHeldHereAndWorks() {
      ledger.place("s", Ledger.stop(OrdType.STOP, Side.BUY, 1, null, "5002", null));
      ledger.then(OrderHeld.class);
      assertThat(ledger.status("s")).isEqualTo(OrdStatus.NEW);
      assertThat(ledger.order("s").standing().emulated()).isTrue();
    }

    @Test
    void eachTypeHasItsPricesAndNoOther() {
      misfit(OrdType.MARKET, null, "5000", null);
      misfit(OrdType.LIMIT, "5000", "5000", null);
      misfit(OrdType.LIMIT, null, null, null);
      misfit(OrdType.STOP, null, null, null);
      misfit(OrdType.STOP, "5000", "5000", null);
      misfit(OrdType.STOP_LIMIT, null, "5000", null);
      misfit(OrdType.STOP_LIMIT, "5000", null, null);
      misfit(OrdType.TRAILING_STOP, null, null, null);
      misfit(OrdType.TRAILING_STOP, null, null, 0L);
      misfit(OrdType.LIMIT, "5000", null, 4L);
    }

    private void misfit(
        OrdType type, @Nullable String price, @Nullable String stopPx, @Nullable Long trail) {
      ledger.place("x" + ledger.state.seq(), Ledger.stop(type, Side.BUY, 1, price, stopPx, trail));
      ledger.thenDenied(DenialReason.INVALID_PRICE_FOR_TYPE);
    }

    @Test
    void aStopIsSnappedAwayFromTheMarket() {
      ledger.place("b", Ledger.stop(OrdType.STOP, Side.BUY, 1, null, "5002.10", null));
      assertThat(ledger.order("b").terms().stopPx())
          .isEqualTo(Ledger.ES.price(new BigDecimal("5002.25")));
      ledger.place("s", Ledger.stop(OrdType.STOP, Side.SELL, 1, null, "4998.10", null));
      assertThat(ledger.order("s").terms().stopPx())
          .isEqualTo(Ledger.ES.price(new BigDecimal("4998")));
    }

    @Test
    void aStopTheMarketIsPastIsRefused() {
      ledger.marketAt("5000", "5000.25", "5000");
      ledger.place("b", Ledger.stop(OrdType.STOP, Side.BUY, 1, null, "5000", null));
      ledger.thenDenied(DenialReason.WRONG_SIDE_OF_MARKET);
      ledger.place("s", Ledger.stop(OrdType.STOP, Side.SELL, 1, null, "5000.25", null));
      ledger.thenDenied(DenialReason.WRONG_SIDE_OF_MARKET);
      ledger.place("t", Ledger.stop(OrdType.STOP, Side.SELL, 1, null, "4999.75", null));
      ledger.then(OrderHeld.class);
    }

    @Test
    void theLimitOfAStopIsMeasuredFromItsStop() {
      ledger.marketAt("5000", "5000.25", "5000");
      ledger.place("a", Ledger.stop(OrdType.STOP_LIMIT, Side.BUY, 1, "5045", "5040", null));
      ledger.then(OrderHeld.class);
      ledger.place("b", Ledger.stop(OrdType.STOP_LIMIT, Side.BUY, 1, "5066", "5040", null));
      ledger.thenDenied(DenialReason.PRICE_OUTSIDE_COLLAR);
    }
  }

  @Nested
  class Times {
    @Test
    void onlyAnOrderGoodTillADateHasOneAndItLiesAhead() {
      ledger.place("a", timed(TimeInForce.GTD, null));
      ledger.thenDenied(DenialReason.INVALID_EXPIRE_AT);
      ledger.place("b", timed(TimeInForce.GTD, Ledger.NINE.minusSeconds(1)));
      ledger.thenDenied(DenialReason.INVALID_EXPIRE_AT);
      ledger.place("c", timed(TimeInForce.DAY, Ledger.NINE.plusSeconds(60)));
      ledger.thenDenied(DenialReason.INVALID_EXPIRE_AT);
      ledger
          .atAVenueThatDoesEverything()
          .place("d", timed(TimeInForce.GTD, Ledger.NINE.plusSeconds(60)));
      ledger.then(OrderSubmitted.class);
    }

    @Test
    void aTimeTheVenueDoesNotWatchIsWatchedHere() {
      ledger.place("a", timed(TimeInForce.GTD, Ledger.NINE.plusSeconds(60)));
      ledger.then(OrderHeld.class, OrderReleased.class);
      assertThat(ledger.live("a").standing().sentAs().timeInForce()).isEqualTo(TimeInForce.GTC);
      assertThat(ledger.order("a").terms().timeInForce()).isEqualTo(TimeInForce.GTD);
    }

    @Test
    void whatNobodyCanDoIsRefused() {
      ledger.capabilities =
          new VenueCapabilities(
              EnumSet.of(OrdType.LIMIT),
              Set.of(TimeInForce.DAY),
              VenueCapabilities.Replace.NONE,
              false,
              false,
              VenueCapabilities.TriggerOn.LAST);
      ledger.place("a", timed(TimeInForce.FOK, null));
      ledger.thenDenied(DenialReason.UNSUPPORTED_BY_VENUE);
      ledger.place("b", Ledger.stop(OrdType.STOP, Side.BUY, 1, null, "5002", null));
      ledger.thenDenied(DenialReason.UNSUPPORTED_BY_VENUE);
    }

    private static Draft timed(TimeInForce time, @Nullable Instant expireAt) {
      return new Draft(
          "ESH6",
          Side.BUY,
          OrdType.LIMIT,
          time,
          1,
          new BigDecimal("5000"),
          null,
          null,
          expireAt,
          false,
          null,
          false);
    }
  }

  @Nested
  class States {
    @Test
    void aHaltedAccountMayOnlyCancel() {
      ledger.buy("a", 1, "5000");
      halt(TradingState.HALTED);
      ledger.then(TradingStateChanged.class);
      ledger.buy("b", 1, "5000");
      ledger.thenDenied(DenialReason.TRADING_HALTED);
      ledger.cancel("a");
      ledger.then(CancelRequested.class);
    }

    @Test
    void aReducingAccountMayOnlyReduce() {
      ledger.place("a", Ledger.market(Side.BUY, 5));
      ledger.fill("a", "E1", 5, "5000");
      halt(TradingState.REDUCING);
      ledger.buy("b", 1, "5000");
      ledger.thenDenied(DenialReason.TRADING_REDUCING);
      ledger.sell("c", 6, "5000");
      ledger.thenDenied(DenialReason.TRADING_REDUCING);
      ledger.sell("d", 5, "5000");
      ledger.then(OrderSubmitted.class);
      halt(TradingState.ACTIVE);
      ledger.buy("e", 1, "5000");
      ledger.then(OrderSubmitted.class);
    }

    @Test
    void theStateItHasIsNoNews() {
      halt(TradingState.ACTIVE);
      ledger.thenNothing();
    }

    @Test
    void aFeedThatIsNotTrustedDeniesNewRiskAndAClosedMarketEverything() {
      ledger.place("a", Ledger.market(Side.BUY, 5));
      ledger.fill("a", "E1", 5, "5000");
      ledger.feedDistrusted = true;
      ledger.buy("b", 1, "5000");
      ledger.thenDenied(DenialReason.FEED_NOT_TRUSTED);
      ledger.sell("c", 1, "5000");
      ledger.then(OrderSubmitted.class);
      ledger.session = Circumstances.Session.CLOSED;
      ledger.sell("d", 1, "5000");
      ledger.thenDenied(DenialReason.SESSION_CLOSED);
      ledger.session = Circumstances.Session.HALTED;
      ledger.sell("e", 1, "5000");
      ledger.thenDenied(DenialReason.SESSION_CLOSED);
      ledger.handle(new OrderCommand.ClosePosition("ESH6", 1L, "k1", "ada"));
      ledger.thenDenied(DenialReason.SESSION_CLOSED);
      ledger.cancel("c");
      ledger.then(CancelRequested.class);
    }

    private void halt(TradingState state) {
      ledger.handle(new OrderCommand.SetTradingState(state, "as told", "k" + state, "ada"));
    }
  }
}
