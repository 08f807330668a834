package io.tapeline.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.orders.domain.MarketDecider.Concern;
import io.tapeline.orders.domain.MarketDecider.Touch;
import io.tapeline.orders.domain.OrderEvent.OrderReleased;
import io.tapeline.orders.domain.OrderEvent.OrderReplaced;
import io.tapeline.orders.domain.OrderEvent.OrderTriggered;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EmulationTest {
  private final Ledger ledger = Ledger.reconciled();

  @BeforeEach
  void theVenueWatchesNoStops() {
    ledger.capabilities = Ledger.NO_STOPS;
  }

  @Nested
  class AStop {
    @Test
    void isKeptHereUntilATradeReachesIt() {
      stop("a", OrdType.STOP, Side.SELL, "4998", null);
      assertThat(live("a").standing().hold()).isEqualTo(Hold.TRIGGER);
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.NEW);
      ledger.market("4998.25");
      ledger.thenNothing();
      ledger.market("4998");
      ledger.then(OrderTriggered.class, OrderReleased.class);
      assertThat(sent("a").ordType()).isEqualTo(OrdType.MARKET);
    }

    @Test
    void toBuyIsReachedFromBelow() {
      stop("a", OrdType.STOP, Side.BUY, "5002", null);
      ledger.market("5001.75");
      ledger.thenNothing();
      ledger.market("5003");
      assertThat(live("a").held()).isFalse();
    }

    @Test
    void withALimitBecomesTheLimit() {
      stop("a", OrdType.STOP_LIMIT, Side.BUY, "5002", "5002.50");
      ledger.market("5002");
      assertThat(sent("a").ordType()).isEqualTo(OrdType.LIMIT);
      assertThat(sent("a").price()).isEqualTo(px("5002.5"));
      assertThat(sent("a").stopPx()).isNull();
    }

    @Test
    void isReleasedOnce() {
      stop("a", OrdType.STOP, Side.SELL, "4998", null);
      ledger.market("4998");
      ledger.market("4997");
      ledger.thenNothing();
    }
  }

  @Nested
  class ATrailingStop {
    @BeforeEach
    void eightTicksBehind() {
      ledger.place(
          "a", draft(OrdType.TRAILING_STOP, Side.SELL, null, null, 8L, TimeInForce.GTC, null));
      ledger.market("5000");
    }

    @Test
    void startsAtItsDistanceFromTheMarket() {
      assertThat(live("a").terms().stopPx()).isEqualTo(px("4998"));
    }

    @Test
    void followsTickByTickAndIsWrittenDown() {
      ledger.market("5000.25");
      ledger.then(OrderReplaced.class);
      assertThat(live("a").terms().stopPx()).isEqualTo(px("4998.25"));
    }

    @Test
    void neverLoosens() {
      ledger.market("5002");
      ledger.market("5000.5");
      ledger.thenNothing();
      assertThat(live("a").terms().stopPx()).isEqualTo(px("5000"));
    }

    @Test
    void isCheckedAgainstTheTrueBestAlsoBetweenTwoLines() {
      var best = Map.of(new ClOrdId("a"), px("5004"));
      ledger.handle(
          new OrderCommand.MarketTouched(
              new Touch(Ledger.ES.symbol(), px("5002"), px("5002"), best)));
      ledger.then(OrderReplaced.class, OrderTriggered.class, OrderReleased.class);
      assertThat(live("a").terms().stopPx()).isEqualTo(px("5002"));
    }

    @Test
    void hasItsLevelInTheJournal() {
      ledger.market("5003");
      assertThat(((Order.Live) ledger.replayed().order(new ClOrdId("a"))).terms().stopPx())
          .isEqualTo(px("5001"));
    }

    @Test
    void concernsNobodyWhileNothingMoves() {
      assertThat(concern("4999")).isEqualTo(Concern.NOTHING);
      assertThat(concern("5000.25")).isEqualTo(Concern.MOVES);
      assertThat(concern("4998")).isEqualTo(Concern.REACHED);
    }

    private Concern concern(String decimal) {
      return MarketDecider.concern(
          ledger.state, new Touch(Ledger.ES.symbol(), px(decimal), px(decimal), Map.of()));
    }
  }

  @Nested
  class Time {
    @Test
    void endsWhatIsKeptHereByTheVenuesClock() {
      var end = ledger.now.plusSeconds(60);
      ledger.place("a", draft(OrdType.STOP, Side.SELL, "4998", null, null, TimeInForce.GTD, end));
      ledger.timePassed();
      ledger.thenNothing();
      ledger.now = end;
      ledger.timePassed();
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.EXPIRED);
    }

    @Test
    void endsWhatTheVenueKeepsButDoesNotEnd() {
      var end = ledger.now.plusSeconds(60);
      ledger.place("a", draft(OrdType.LIMIT, Side.BUY, null, "4999", null, TimeInForce.GTD, end));
      assertThat(sent("a").timeInForce()).isEqualTo(TimeInForce.GTC);
      ledger.now = end;
      ledger.timePassed();
      assertThat(live("a").request(RequestKind.CANCEL)).isNotNull();
      ledger.timePassed();
      ledger.thenNothing();
    }

    @Test
    void endsTheDaysOrdersWithTheSession() {
      stop("a", OrdType.STOP, Side.SELL, "4998", null);
      ledger.session = Circumstances.Session.HALTED;
      ledger.timePassed();
      assertThat(ledger.status("a")).as("a halt ends no day").isEqualTo(OrdStatus.NEW);
      ledger.session = Circumstances.Session.CLOSED;
      ledger.timePassed();
      assertThat(ledger.status("a")).isEqualTo(OrdStatus.EXPIRED);
    }
  }

  private void stop(String id, OrdType type, Side side, String stopPx, String price) {
    ledger.place(id, draft(type, side, stopPx, price, null, TimeInForce.DAY, null));
  }

  private static Draft draft(
      OrdType type,
      Side side,
      String stopPx,
      String price,
      Long trail,
      TimeInForce time,
      Instant expireAt) {
    return new Draft(
        "ESH6",
        side,
        type,
        time,
        2,
        price == null ? null : new BigDecimal(price),
        stopPx == null ? null : new BigDecimal(stopPx),
        trail,
        expireAt,
        false,
        null,
        false);
  }

  private Order.Live live(String id) {
    return (Order.Live) ledger.order(id);
  }

  private VenueTerms sent(String id) {
    return live(id).atVenue(live(id).terms().change());
  }

  private static Price px(String decimal) {
    return Ledger.ES.price(new BigDecimal(decimal));
  }
}
