package io.tapeline.market.sim.domain;

import static io.tapeline.market.sim.domain.SimDesk.START;
import static io.tapeline.market.sim.domain.SimDesk.order;
import static io.tapeline.model.OrdType.LIMIT;
import static io.tapeline.model.OrdType.STOP;
import static io.tapeline.model.OrdType.STOP_LIMIT;
import static io.tapeline.model.OrdType.TRAILING_STOP;
import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.model.TimeInForce.DAY;
import static io.tapeline.model.TimeInForce.GTC;
import static io.tapeline.model.TimeInForce.GTD;
import static io.tapeline.model.TimeInForce.IOC;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.model.OrdStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Stops, times in force and groups of the practice exchange. */
class OrderTypesTest {
  private final SimDesk desk = new SimDesk().rests(BUY, 50, 90).rests(SELL, 50, 110).tradeAt(100);

  @Nested
  class Stops {
    @Test
    void aStopWaitsUntilSomethingTradesAtItsPrice() {
      desk.place("s", SELL, STOP, 2, null, 95L, null).tradeAt(96);
      assertThat(desk.news()).containsExactly("s accepted");
      desk.tradeAt(95);
      assertThat(desk.news()).containsExactly("s triggered", "s filled 2 at 90");
      assertThat(desk.state("s").triggered()).isTrue();
    }

    @Test
    void quotesAloneDoNotTriggerIt() {
      desk.place("s", BUY, STOP, 2, null, 105L, null).rests(BUY, 1, 106);
      assertThat(desk.news()).containsExactly("s accepted");
    }

    @Test
    void aStopThatIsReachedAlreadyGoesToTheBookAtOnce() {
      desk.place("s", SELL, STOP, 2, null, 100L, null);
      assertThat(desk.news()).containsExactly("s accepted", "s triggered", "s filled 2 at 90");
    }

    @Test
    void aTriggeredStopLimitRestsAtItsLimit() {
      desk.place("s", SELL, STOP_LIMIT, 2, 97L, 95L, null).tradeAt(95);
      assertThat(desk.news()).containsExactly("s accepted", "s triggered");
      assertThat(desk.exchange.quote(SimDesk.ES).orElseThrow().askPx().ticks()).isEqualTo(97);
    }

    @Test
    void theNearestStopIsFirstAndTheOlderOfTwo() {
      desk.place("far", SELL, STOP, 1, null, 94L, null)
          .place("near2", SELL, STOP, 1, null, 96L, null)
          .place("near3", SELL, STOP, 1, null, 96L, null);
      desk.news();
      desk.tradeAt(93);
      assertThat(desk.news())
          .containsExactly(
              "near2 triggered",
              "near2 filled 1 at 90",
              "near3 triggered",
              "near3 filled 1 at 90",
              "far triggered",
              "far filled 1 at 90");
    }

    @Test
    void oneStopsTradeMayReachTheNext() {
      desk.place("b", SELL, STOP, 1, null, 91L, null)
          .place("a", SELL, STOP, 1, null, 96L, null)
          .tradeAt(96);
      assertThat(desk.news())
          .endsWith("a triggered", "a filled 1 at 90", "b triggered", "b filled 1 at 90");
    }

    @Test
    void aWaitingStopIsReplacedAndCanceled() {
      desk.place("s", SELL, STOP, 2, null, 95L, null).replace("s", 3, null, 92L, null).tradeAt(95);
      assertThat(desk.news()).containsExactly("s accepted", "s replaced 2: 3");
      desk.cancel("s").tradeAt(91);
      assertThat(desk.news()).containsExactly("s canceled REQUESTED");
    }

    @Test
    void aStopNeedsAStopPriceAndALimitHasNone() {
      desk.place("a", SELL, STOP, 2, null, null, null)
          .place("b", SELL, STOP, 2, 95L, 95L, null)
          .place("c", SELL, STOP_LIMIT, 2, null, 95L, null)
          .place("d", SELL, LIMIT, 2, 120L, 95L, null)
          .place("e", SELL, TRAILING_STOP, 2, null, null, 0L);
      assertThat(desk.news()).hasSize(5).allMatch(it -> it.endsWith("rejected INVALID_ORDER"));
    }

    @Test
    void itWaitsAgainAfterARestart() {
      desk.place("s", SELL, STOP, 2, null, 95L, null)
          .place("t", SELL, TRAILING_STOP, 1, null, null, 4L)
          .tradeAt(108);
      var memory =
          new SimMemory(9, desk.exchange.openOrders(SimDesk.ANN), Map.of(), desk.exchange.tapes());
      var again = new SimDesk(SimRules.PLAIN, memory).rests(BUY, 50, 90);
      assertThat(again.level("t")).isEqualTo(104);
      again.tradeAt(105);
      assertThat(again.news()).isEmpty();
      again.tradeAt(95);
      assertThat(again.news())
          .containsExactly("t triggered", "t filled 1 at 90", "s triggered", "s filled 2 at 90");
    }
  }

  @Nested
  class Trailing {
    @Test
    void itFollowsTheMarketItsWayAndNeverBack() {
      desk.place("t", SELL, TRAILING_STOP, 1, null, null, 5L);
      assertThat(desk.level("t")).isEqualTo(95);
      desk.tradeAt(104).tradeAt(101);
      assertThat(desk.level("t")).isEqualTo(99);
      desk.tradeAt(99);
      assertThat(desk.news()).containsExactly("t accepted", "t triggered", "t filled 1 at 90");
    }

    @Test
    void aBuyerIsItsMirror() {
      desk.place("t", BUY, TRAILING_STOP, 1, null, null, 5L).tradeAt(96).tradeAt(99);
      assertThat(desk.level("t")).isEqualTo(101);
      desk.tradeAt(101);
      assertThat(desk.news()).endsWith("t triggered", "t filled 1 at 110");
    }

    @Test
    void itBeginsWhereItIsTold() {
      desk.place("t", SELL, TRAILING_STOP, 1, null, 97L, 5L).tradeAt(101);
      assertThat(desk.level("t")).isEqualTo(97);
      desk.tradeAt(103);
      assertThat(desk.level("t")).isEqualTo(98);
    }

    @Test
    void whereItStandsIsToldAtMostOnceASecondAndTheLastAlways() {
      desk.place("t", SELL, TRAILING_STOP, 1, null, null, 5L)
          .tradeAt(101)
          .tradeAt(102)
          .tradeAt(103);
      desk.news();
      desk.after(Duration.ofMillis(1));
      assertThat(desk.news()).containsExactly("t replaced null: 1");
      desk.tradeAt(104).tradeAt(105).after(Duration.ofMillis(900));
      assertThat(desk.news()).isEmpty();
      desk.after(Duration.ofMillis(1_100));
      assertThat(desk.news()).containsExactly("t replaced null: 1");
      assertThat(desk.events.getLast())
          .isInstanceOfSatisfying(
              ExchangeEvent.Replaced.class,
              told -> assertThat(told.terms().stopPx().ticks()).isEqualTo(desk.level("t")));
    }

    @Test
    void withoutATradeThereIsNothingToTrail() {
      var blank = new SimDesk().place("t", SELL, TRAILING_STOP, 1, null, null, 5L);
      assertThat(blank.news()).containsExactly("t rejected NO_LAST_PRICE");
    }
  }

  @Nested
  class Times {
    @Test
    void anOrderGoodTillATimeEndsThen() {
      desk.place(order("g", BUY, LIMIT, GTD, 1, 10L, null, null, START.plusSeconds(3), null));
      desk.after(Duration.ofMillis(2_999));
      assertThat(desk.news()).containsExactly("g accepted");
      desk.after(Duration.ofSeconds(4));
      assertThat(desk.news()).containsExactly("g expired: its time is over");
      assertThat(desk.events.getLast().venueTime()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void aTimeThatIsOverIsNone() {
      desk.place(order("g", BUY, LIMIT, GTD, 1, 10L, null, null, START, null));
      desk.place(order("h", BUY, LIMIT, GTD, 1, 10L, null, null, null, null));
      assertThat(desk.news())
          .containsExactly("g rejected INVALID_ORDER", "h rejected INVALID_ORDER");
    }

    @Test
    void theEndOfASessionEndsItsDayOrdersAndNoOthers() {
      desk.place(order("d", BUY, LIMIT, DAY, 1, 10L, null, null, null, null))
          .place(order("s", SELL, STOP, DAY, 1, null, 50L, null, null, null))
          .place(order("c", BUY, LIMIT, GTC, 1, 10L, null, null, null, null));
      desk.news();
      desk.exchange.endSession(SimDesk.ES);
      assertThat(desk.news())
          .containsExactly("d expired: the session is over", "s expired: the session is over");
      assertThat(desk.state("c").status()).isEqualTo(OrdStatus.NEW);
    }

    @Test
    void anImmediateStopIsImmediateWhenItIsReached() {
      desk.place(order("i", SELL, STOP_LIMIT, IOC, 60, 90L, 95L, null, null, null)).tradeAt(95);
      assertThat(desk.news())
          .containsExactly("i accepted", "i triggered", "i filled 50 at 90", "i canceled IOC_REST");
    }

    @Test
    void inAHaltOrdersAreRefusedAndCancelsTaken() {
      desk.place("a", BUY, LIMIT, 1, 80L, null, null);
      desk.exchange.halt(SimDesk.ES, true);
      desk.place("b", BUY, LIMIT, 1, 80L, null, null).cancel("a");
      assertThat(desk.news())
          .containsExactly("a accepted", "b rejected HALTED", "a canceled REQUESTED");
      desk.exchange.halt(SimDesk.ES, false);
      assertThat(desk.place("c", BUY, LIMIT, 1, 80L, null, null).news())
          .containsExactly("c accepted");
    }
  }

  @Nested
  class Groups {
    private final SimDesk oco =
        new SimDesk(new SimRules(true, false), SimMemory.NONE).rests(BUY, 50, 90).tradeAt(100);

    private void pair() {
      oco.place(order("tp", SELL, LIMIT, GTC, 5, 105L, null, null, null, "g"));
      oco.place(order("sl", SELL, STOP, GTC, 5, null, 95L, null, null, "g"));
      oco.news();
    }

    @Test
    void whatOneFillsTheOtherHasLess() {
      pair();
      oco.rests(BUY, 2, 105);
      assertThat(oco.news()).containsExactly("tp filled 2 at 105", "sl replaced null: 3");
      oco.tradeAt(95);
      assertThat(oco.news())
          .containsExactly("sl triggered", "sl filled 3 at 90", "tp canceled OCO");
    }

    @Test
    void theLastLotEndsTheOther() {
      pair();
      oco.rests(BUY, 5, 105);
      assertThat(oco.news()).containsExactly("tp filled 5 at 105", "sl canceled OCO");
    }

    @Test
    void withoutNativeGroupsNobodyLooksAtThem() {
      desk.place(order("tp", SELL, LIMIT, GTC, 5, 105L, null, null, null, "g"));
      desk.place(order("sl", SELL, STOP, GTC, 5, null, 95L, null, null, "g"));
      desk.rests(BUY, 5, 105);
      assertThat(desk.news()).containsExactly("tp accepted", "sl accepted", "tp filled 5 at 105");
    }
  }

  @Nested
  class Misbehaving {
    @Test
    void aBustTakesTheFillBackOnceTheOrderIsDone() {
      desk.exchange.behave(new Grim(List.of(3L, 2L)));
      desk.place("a", SELL, LIMIT, 5, 90L, null, null).after(Duration.ofSeconds(2));
      assertThat(desk.news())
          .containsExactly("a accepted", "a filled 3 at 90", "a filled 2 at 90", "a busted S5-1");
      assertThat(desk.state("a").cumQty().lots()).isEqualTo(2);
      assertThat(desk.state("a").status()).isEqualTo(OrdStatus.FILLED);
      assertThat(desk.exchange.netQty(SimDesk.ANN)).isEqualTo(Map.of(SimDesk.ES, -2L));
    }

    @Test
    void aCancelMayComeAfterATrade() {
      desk.exchange.behave(new Grim(List.of()));
      desk.place("a", SELL, LIMIT, 5, 120L, null, null).cancel("a");
      assertThat(desk.news())
          .containsExactly("a accepted", "a filled 2 at 120", "a canceled REQUESTED");
    }
  }
}
