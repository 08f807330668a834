package io.tapeline.market.sim.domain;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.model.TimeInForce.DAY;
import static io.tapeline.model.TimeInForce.FOK;
import static io.tapeline.model.TimeInForce.GTC;
import static io.tapeline.model.TimeInForce.IOC;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.ExchangeCode;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeEvent.Accepted;
import io.tapeline.market.exchange.domain.ExchangeEvent.CancelRejected;
import io.tapeline.market.exchange.domain.ExchangeEvent.Canceled;
import io.tapeline.market.exchange.domain.ExchangeEvent.Expired;
import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.market.exchange.domain.ExchangeEvent.Rejected;
import io.tapeline.market.exchange.domain.ExchangeEvent.ReplaceRejected;
import io.tapeline.market.exchange.domain.ExchangeEvent.Replaced;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.ReplaceOrder;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The desk's side of the practice exchange, before the agents have come. */
class SimExchangeTest {
  private static final AccountId ANN = new AccountId("ANN");
  private static final AccountId BOB = new AccountId("BOB");
  private static final Symbol ES = new Symbol("ESZ6");

  private final List<ExchangeEvent> events = new ArrayList<>();
  private final Tape tape = new Tape();
  private SimExchange exchange = exchange(SimMemory.NONE, ES);

  @Nested
  class Placing {
    @Test
    void anOrderThatMeetsNobodyIsAcceptedAndOpen() {
      place(ANN, "a1", BUY, 5, 100, DAY);
      assertThat(events).singleElement().isInstanceOf(Accepted.class);
      assertThat(exchange.openOrders(ANN))
          .extracting(OrderState::status)
          .containsExactly(OrdStatus.NEW);
      assertThat(exchange.openOrders(BOB)).isEmpty();
    }

    @Test
    void aPartialFillLeavesTheRestOpen() {
      place(ANN, "a1", BUY, 5, 100, DAY);
      place(BOB, "b1", SELL, 2, 100, DAY);
      assertThat(fills("a1"))
          .singleElement()
          .satisfies(
              fill -> {
                assertThat(fill.lastQty()).isEqualTo(new Qty(2));
                assertThat(fill.cumQty()).isEqualTo(new Qty(2));
                assertThat(fill.leavesQty()).isEqualTo(new Qty(3));
                assertThat(fill.execId()).hasToString("S1-1");
              });
      assertThat(fills("b1")).singleElement().extracting(Filled::leavesQty).isEqualTo(Qty.ZERO);
      assertThat(state(ANN, "a1").status()).isEqualTo(OrdStatus.PARTIALLY_FILLED);
      assertThat(state(BOB, "b1").status()).isEqualTo(OrdStatus.FILLED);
    }

    @Test
    void whoTakesFromSeveralOrdersAtOnePriceHasOneExecutionPerPrice() {
      place(ANN, "a1", SELL, 1, 100, DAY);
      place(ANN, "a2", SELL, 2, 100, DAY);
      place(ANN, "a3", SELL, 4, 101, DAY);
      market(BOB, "b1", BUY, 5);
      assertThat(fills("b1")).extracting(Filled::lastQty).containsExactly(new Qty(3), new Qty(2));
      assertThat(fills("b1"))
          .extracting(Filled::lastPx)
          .containsExactly(new Price(100), new Price(101));
      assertThat(tape.prints).extracting(Print::qty).containsExactly(new Qty(3), new Qty(2));
      assertThat(tape.prints).extracting(Print::tradeId).containsExactly(1L, 2L);
      assertThat(tape.prints).extracting(Print::aggressor).containsOnly(BUY);
    }

    @Test
    void aMarketOrderWithNobodyThereIsCanceled() {
      market(ANN, "a1", BUY, 5);
      assertThat(events).hasExactlyElementsOfTypes(Accepted.class, Canceled.class);
      assertThat(code("a1")).isEqualTo(ExchangeCode.NO_LIQUIDITY);
    }

    @Test
    void theRestOfAnImmediateOrderIsCanceled() {
      place(ANN, "a1", SELL, 2, 100, DAY);
      place(BOB, "b1", BUY, 5, 100, IOC);
      assertThat(code("b1")).isEqualTo(ExchangeCode.IOC_REST);
      assertThat(state(BOB, "b1").cumQty()).isEqualTo(new Qty(2));
    }

    @Test
    void fillOrKillIsAllOrNone() {
      place(ANN, "a1", SELL, 2, 100, DAY);
      place(BOB, "b1", BUY, 3, 100, FOK);
      assertThat(code("b1")).isEqualTo(ExchangeCode.FOK_NOT_FILLABLE);
      assertThat(fills("b1")).isEmpty();
      place(BOB, "b2", BUY, 2, 100, FOK);
      assertThat(state(BOB, "b2").status()).isEqualTo(OrdStatus.FILLED);
    }

    @Test
    void anAccountDoesNotTradeWithItself() {
      place(ANN, "a1", SELL, 2, 100, GTC);
      place(ANN, "a2", BUY, 2, 100, DAY);
      assertThat(code("a2")).isEqualTo(SimExchange.SELF_TRADE);
      assertThat(state(ANN, "a1").status()).isEqualTo(OrdStatus.NEW);
    }

    @Test
    void aRepeatChangesNothingAndIsNotAnswered() {
      place(ANN, "a1", BUY, 5, 100, DAY);
      events.clear();
      place(ANN, "a1", BUY, 7, 101, DAY);
      assertThat(events).isEmpty();
      assertThat(exchange.openOrders(ANN)).hasSize(1);
    }

    @Test
    void twoAccountsMayUseOneClOrdId() {
      place(ANN, "x", BUY, 5, 100, DAY);
      place(BOB, "x", BUY, 5, 100, DAY);
      assertThat(events).hasExactlyElementsOfTypes(Accepted.class, Accepted.class);
    }
  }

  @Nested
  class Refusing {
    @Test
    void anUnknownSymbol() {
      exchange.place(NewOrder.market(ANN, new ClOrdId("a1"), new Symbol("NQZ6"), BUY, new Qty(1)));
      assertThat(code("a1")).isEqualTo(ExchangeCode.UNKNOWN_SYMBOL);
    }

    @Test
    void whatMakesNoSense() {
      exchange.place(order("a1", OrdType.LIMIT, DAY, 0, new Price(100), null));
      exchange.place(order("a2", OrdType.LIMIT, DAY, 1, null, null));
      exchange.place(order("a3", OrdType.MARKET, DAY, 1, new Price(100), null));
      exchange.place(order("a4", OrdType.LIMIT, DAY, 1, new Price(100), new Price(100)));
      exchange.place(order("a5", OrdType.LIMIT, DAY, 1, new Price(Long.MIN_VALUE), null));
      exchange.place(order("a6", OrdType.LIMIT, DAY, Long.MAX_VALUE, new Price(100), null));
      assertThat(events)
          .hasSize(6)
          .allSatisfy(
              event -> assertThat(((Rejected) event).code()).isEqualTo(ExchangeCode.INVALID_ORDER));
    }

    @Test
    void moreOpenOrdersThanItTakes() {
      for (int i = 0; i < SimExchange.MOST_OPEN_ORDERS; i++) place(ANN, "a" + i, BUY, 1, i, GTC);
      place(ANN, "more", BUY, 1, 0, GTC);
      assertThat(code("more")).isEqualTo(ExchangeCode.TOO_MANY_ORDERS);
    }
  }

  @Nested
  class Cancelling {
    @Test
    void anOpenOrderEnds() {
      place(ANN, "a1", BUY, 5, 100, DAY);
      cancel(ANN, "a1");
      assertThat(events).hasExactlyElementsOfTypes(Accepted.class, Canceled.class);
      assertThat(code("a1")).isEqualTo(ExchangeCode.REQUESTED);
      market(BOB, "b1", SELL, 5);
      assertThat(fills("a1")).isEmpty();
    }

    @Test
    void aDoneOrAnUnknownOrderDoesNot() {
      place(ANN, "a1", BUY, 5, 100, DAY);
      cancel(ANN, "a1");
      events.clear();
      cancel(ANN, "a1");
      cancel(BOB, "a1");
      assertThat(events)
          .extracting(event -> ((CancelRejected) event).code())
          .containsExactly(ExchangeCode.ORDER_ALREADY_DONE, ExchangeCode.UNKNOWN_ORDER);
    }
  }

  @Nested
  class Accounting {
    @Test
    void anAccountHoldsWhatItTraded() {
      place(ANN, "a1", SELL, 5, 100, DAY);
      market(BOB, "b1", BUY, 3);
      assertThat(exchange.netQty(BOB)).isEqualTo(Map.of(ES, 3L));
      assertThat(exchange.netQty(ANN)).isEqualTo(Map.of(ES, -3L));
      assertThat(exchange.executions(BOB)).isEqualTo(fills("b1"));
      place(ANN, "a2", BUY, 3, 99, DAY);
      market(BOB, "b2", SELL, 3);
      assertThat(exchange.netQty(BOB)).isEmpty();
    }
  }

  @Nested
  class Remembering {
    @Test
    void openOrdersComeBackInFrontWithTheirFillsAndIdsGoOn() {
      place(ANN, "a1", BUY, 5, 100, GTC);
      market(BOB, "b1", SELL, 2);
      restart(ES);
      place(BOB, "b2", BUY, 5, 100, GTC);
      market(new AccountId("CAT"), "c1", SELL, 4);
      assertThat(fills("a1")).extracting(fill -> fill.execId().value()).containsExactly("S1-2");
      assertThat(fills("a1")).extracting(Filled::cumQty).containsExactly(new Qty(5));
      assertThat(state(BOB, "b2").venueOrderId()).hasToString("S3");
      assertThat(state(BOB, "b2").cumQty()).isEqualTo(new Qty(1));
      assertThat(exchange.netQty(ANN)).isEqualTo(Map.of(ES, 5L));
      assertThat(exchange.executions(ANN)).hasSize(2);
      assertThat(tape.prints).extracting(Print::tradeId).containsExactly(2L);
    }

    @Test
    void doneOrdersCanStillBeAskedAboutAndARepeatIsStillOne() {
      place(ANN, "a1", BUY, 5, 100, GTC);
      cancel(ANN, "a1");
      restart(ES);
      assertThat(state(ANN, "a1").code()).isEqualTo(ExchangeCode.REQUESTED);
      place(ANN, "a1", BUY, 5, 100, GTC);
      assertThat(events).isEmpty();
    }

    @Test
    void anOrderForWhatIsNoLongerListedExpires() {
      place(ANN, "a1", BUY, 5, 100, GTC);
      restart(new Symbol("ESH7"));
      assertThat(events).singleElement().isInstanceOf(Expired.class);
      assertThat(exchange.openOrders(ANN)).isEmpty();
    }

    @Test
    void theMarketGoesOnWhereItTradedLast() {
      place(ANN, "a1", BUY, 5, 123, GTC);
      market(BOB, "b1", SELL, 5);
      restart(ES);
      exchange.advanceTo(START.plusMillis(1));
      assertThat(exchange.quote(ES).orElseThrow().bidPx())
          .isBetween(new Price(120), new Price(126));
    }

    private void restart(Symbol symbol) {
      var states =
          List.of("a1", "b1").stream()
              .flatMap(
                  id ->
                      List.of(ANN, BOB).stream()
                          .flatMap(acct -> exchange.find(acct, new ClOrdId(id)).stream()))
              .toList();
      long last =
          states.stream()
              .mapToLong(each -> SimExchange.orderNo(each.venueOrderId()))
              .max()
              .orElse(0);
      var netQty = Map.of(ANN, exchange.netQty(ANN), BOB, exchange.netQty(BOB));
      var memory = new SimMemory(last, states, netQty, exchange.tapes());
      events.clear();
      tape.clear();
      exchange = exchange(memory, symbol);
    }
  }

  @Nested
  class Replacing {
    @Test
    void fewerLotsAtTheSamePriceKeepTheirPlace() {
      place(ANN, "a1", BUY, 5, 100, DAY);
      place(BOB, "b1", BUY, 5, 100, DAY);
      replace(ANN, "a1", 3, 100);
      place(new AccountId("CAT"), "c1", SELL, 3, 100, DAY);
      assertThat(fills("a1")).hasSize(1);
      assertThat(fills("b1")).isEmpty();
    }

    @Test
    void moreLotsOrAnotherPriceLoseIt() {
      place(ANN, "a1", BUY, 5, 100, DAY);
      place(BOB, "b1", BUY, 5, 100, DAY);
      replace(ANN, "a1", 6, 100);
      place(new AccountId("CAT"), "c1", SELL, 3, 100, DAY);
      assertThat(fills("a1")).isEmpty();
      replace(BOB, "b1", 5, 99);
      replace(BOB, "b1", 5, 100);
      place(new AccountId("CAT"), "c2", SELL, 3, 100, DAY);
      assertThat(fills("a1")).hasSize(1);
    }

    @Test
    void theAnswerNamesItsRequestAndComesBeforeWhatTheOrderThenTrades() {
      place(ANN, "a1", SELL, 2, 101, DAY);
      place(BOB, "b1", BUY, 2, 100, DAY);
      events.clear();
      replace(BOB, "b1", 2, 101);
      assertThat(events).hasExactlyElementsOfTypes(Replaced.class, Filled.class, Filled.class);
      assertThat(((Replaced) events.getFirst()).requestNo()).isEqualTo(2);
      assertThat(state(BOB, "b1").order().price()).isEqualTo(new Price(101));
    }

    @Test
    void aQuantityThatIsFilledAlreadyEndsTheOrder() {
      place(ANN, "a1", BUY, 5, 100, DAY);
      place(BOB, "b1", SELL, 3, 100, DAY);
      replace(ANN, "a1", 3, 100);
      assertThat(code("a1")).isEqualTo(ExchangeCode.QTY_IS_FILLED);
      assertThat(exchange.openOrders(ANN)).isEmpty();
    }

    @Test
    void whatIsDoneOrUnknownCannotBeReplaced() {
      place(ANN, "a1", BUY, 5, 100, DAY);
      cancel(ANN, "a1");
      replace(ANN, "a1", 3, 100);
      assertThat(events.getLast())
          .isInstanceOfSatisfying(
              ReplaceRejected.class,
              no -> assertThat(no.code()).isEqualTo(ExchangeCode.ORDER_ALREADY_DONE));
      replace(ANN, "a2", 3, 100);
      assertThat(events.getLast())
          .isInstanceOfSatisfying(
              ReplaceRejected.class,
              no -> assertThat(no.code()).isEqualTo(ExchangeCode.UNKNOWN_ORDER));
    }
  }

  @Test
  void theBookIsShownAtOnceAndThenNotBeforeItsTime() {
    place(ANN, "a1", BUY, 1, 10, DAY);
    place(ANN, "a2", BUY, 1, 11, DAY);
    assertThat(tape.quotes)
        .singleElement()
        .satisfies(quote -> assertThat(quote.bidPx()).isEqualTo(new Price(10)));
    assertThat(tape.depths).singleElement().extracting(Depth::asks).isEqualTo(List.of());
  }

  @Test
  void theLastStateIsShownWhenItsTimeHasComeThoughNobodyActsAnyMore() {
    var drowsy = new MarketCharacter(0, 0.000_1, 0, 30, 60, 5, 3, 0);
    var listing = new Listing(ES, new Price(26_800), drowsy);
    exchange =
        new SimExchange(
            List.of(listing), 1, START, SimMemory.NONE, SimRules.PLAIN, events::add, tape);
    exchange.advanceTo(START);
    place(ANN, "a1", BUY, 1, 26_800, DAY);
    place(ANN, "a2", BUY, 1, 26_800, DAY);
    assertThat(tape.quotes).hasSize(1);
    exchange.advanceTo(START.plusSeconds(1));
    assertThat(tape.quotes).hasSize(2);
    assertThat(tape.quotes.getLast().venueTime()).isEqualTo(START.plusMillis(50));
    assertThat(tape.quotes.getLast().bidQty()).isEqualTo(exchange.quote(ES).orElseThrow().bidQty());
    assertThat(tape.depths.getLast().bids()).isEqualTo(exchange.depth(ES).orElseThrow().bids());
  }

  private static final Instant START = Instant.parse("2026-11-22T18:00:00Z");

  private SimExchange exchange(SimMemory memory, Symbol symbol) {
    var character = new MarketCharacter(1, 50, 5, 30, 60, 5, 3, 0.05);
    var listing = new Listing(symbol, new Price(26_800), character);
    return new SimExchange(List.of(listing), 1, START, memory, SimRules.PLAIN, events::add, tape);
  }

  private void place(AccountId account, String id, Side side, long lots, long px, TimeInForce tif) {
    exchange.place(
        NewOrder.limit(account, new ClOrdId(id), ES, side, tif, new Qty(lots), new Price(px)));
  }

  private void market(AccountId account, String id, Side side, long lots) {
    exchange.place(NewOrder.market(account, new ClOrdId(id), ES, side, new Qty(lots)));
  }

  private static NewOrder order(
      String id, OrdType type, TimeInForce tif, long lots, Price price, Price stopPx) {
    return new NewOrder(ANN, new ClOrdId(id), ES, BUY, type, tif, new Qty(lots), price, stopPx);
  }

  private void cancel(AccountId account, String id) {
    exchange.cancel(new CancelOrder(account, new ClOrdId(id), 2));
  }

  private void replace(AccountId account, String id, long lots, long px) {
    var side = exchange.find(account, new ClOrdId(id)).map(it -> it.order().side()).orElse(BUY);
    var terms =
        NewOrder.limit(account, new ClOrdId(id), ES, side, DAY, new Qty(lots), new Price(px));
    exchange.replace(new ReplaceOrder(terms, 2));
  }

  private OrderState state(AccountId account, String id) {
    return exchange.find(account, new ClOrdId(id)).orElseThrow();
  }

  private List<Filled> fills(String id) {
    return events.stream()
        .filter(event -> event instanceof Filled && event.clOrdId().value().equals(id))
        .map(Filled.class::cast)
        .toList();
  }

  /** Why an order ended, by its last event. */
  private String code(String id) {
    var last =
        events.stream().filter(event -> event.clOrdId().value().equals(id)).toList().getLast();
    return switch (last) {
      case Rejected rejected -> rejected.code();
      case Canceled canceled -> canceled.code();
      default -> "none: " + last;
    };
  }
}
