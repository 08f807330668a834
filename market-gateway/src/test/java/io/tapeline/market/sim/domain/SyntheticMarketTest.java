package io.tapeline.market.sim.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.catalogue.Catalogue;
import io.tapeline.market.catalogue.CatalogueReader;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticMarketTest {
  private static final Instant START = Instant.parse("2026-11-22T18:00:00Z");
  private static final Catalogue CATALOGUE = CatalogueReader.packaged();
  private static final AccountId ANN = new AccountId("ANN");

  private final List<ExchangeEvent> events = new ArrayList<>();
  private final Tape tape = new Tape();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ES", "MES", "NQ", "MNQ", "RTY", "M2K", "YM", "MYM", "CL", "MCL", "GC", "MGC", "SI", "ZN",
        "ZB", "6E"
      })
  void tenMinutesLookLikeAMarket(String root) {
    var exchange = exchange(7, root);
    run(exchange, Duration.ofMinutes(10), 50);

    assertThat(tape.quotes).allSatisfy(SyntheticMarketTest::isTwoSidedAndNotCrossed);
    assertThat(tape.depths)
        .allSatisfy(
            depth -> {
              assertThat(depth.bids()).hasSize(Depth.LEVELS);
              assertThat(depth.asks()).hasSize(Depth.LEVELS);
              assertThat(Stream.concat(depth.bids().stream(), depth.asks().stream()))
                  .allMatch(level -> level.orders() >= 1 && level.qty().lots() >= level.orders());
            });
    assertThat(tape.prints).extracting(Print::aggressor).contains(Side.BUY, Side.SELL);
    long bought = tape.prints.stream().filter(print -> print.aggressor() == Side.BUY).count();
    assertThat(bought / (double) tape.prints.size()).isBetween(0.3, 0.7);
    assertThat(averageSpread()).isBetween(1.0, 2.2);
    var character = CATALOGUE.front(root, today()).orElseThrow().listing().character();
    assertThat(tape.prints.size() / 600.0).isGreaterThan(0.8 * character.takersPerSecond());
    assertThat(tape.quotes.size() / 600.0).isBetween(4.0, 20.0);
    long start = listing(root).startPx().ticks();
    assertThat(tape.quotes).allMatch(quote -> Math.abs(bid(quote) - start) < 0.02 * start + 40);
  }

  @Test
  void theSpreadOfLiquidContractsIsMostlyOneTick() {
    for (var root : List.of("ES", "ZN")) {
      tape.clear();
      run(exchange(3, root), Duration.ofMinutes(5), 100);
      long tight = tape.quotes.stream().filter(quote -> spread(quote) == 1).count();
      assertThat(tight / (double) tape.quotes.size()).isGreaterThan(0.85);
    }
  }

  @Test
  void theSameSeedAndOrdersGiveTheSameTapeHoweverTimeIsMovedOn() {
    var finely = tradedTape(11, 3);
    var coarsely = tradedTape(11, 250);
    assertThat(finely.size()).isGreaterThan(1000).isEqualTo(coarsely.size());
    for (int i = 0; i < finely.size(); i++) assertThat(finely.get(i)).isEqualTo(coarsely.get(i));
  }

  @Test
  void anotherSeedGivesAnotherTape() {
    assertThat(tradedTape(11, 250).equals(tradedTape(12, 250))).isFalse();
  }

  @Test
  void anInstrumentMoreDoesNotChangeTheTapeOfTheOthers() {
    run(exchange(5, "ES"), Duration.ofSeconds(20), 50);
    var alone = List.copyOf(tape.all);
    tape.clear();
    run(exchange(5, "NQ", "ES", "GC"), Duration.ofSeconds(20), 50);
    var es = symbol("ES");
    assertThat(tape.quotes.stream().filter(quote -> quote.symbol().equals(es)))
        .isEqualTo(alone.stream().filter(Quote.class::isInstance).toList());
  }

  @Test
  void aSweptBookIsFullAgainWithinASecond() {
    for (var root : List.of("ES", "MNQ", "GC", "ZN", "SI")) {
      var exchange = exchange(9, root);
      exchange.advanceTo(START.plusSeconds(5));
      exchange.place(
          NewOrder.market(
              ANN, new ClOrdId("buy" + root), symbol(root), Side.BUY, new Qty(900_000)));
      exchange.place(
          NewOrder.market(
              ANN, new ClOrdId("sell" + root), symbol(root), Side.SELL, new Qty(900_000)));
      exchange.advanceTo(START.plusSeconds(6));
      var depth = exchange.depth(symbol(root)).orElseThrow();
      assertThat(depth.bids()).as(root).hasSize(Depth.LEVELS);
      assertThat(depth.asks()).as(root).hasSize(Depth.LEVELS);
    }
  }

  @Test
  void anOrderAtTheTouchIsFilledInTheCourseOfTrading() {
    var exchange = exchange(4, "ES");
    exchange.advanceTo(START.plusSeconds(1));
    var bid = Objects.requireNonNull(exchange.quote(symbol("ES")).orElseThrow().bidPx());
    exchange.place(limit("a1", "ES", Side.BUY, 2, bid));
    run(exchange, Duration.ofMinutes(2), 100);
    assertThat(events).filteredOn(Filled.class::isInstance).isNotEmpty();
    assertThat(exchange.netQty(ANN)).containsEntry(symbol("ES"), 2L);
  }

  @Test
  void aWallOfTheDeskIsEatenIntoButTheMarketStaysTwoSided() {
    var exchange = exchange(4, "ES");
    exchange.advanceTo(START.plusSeconds(1));
    var bid = Objects.requireNonNull(exchange.quote(symbol("ES")).orElseThrow().bidPx());
    exchange.place(limit("wall", "ES", Side.SELL, 1_000_000, bid.plusTicks(-5)));
    run(exchange, Duration.ofMinutes(10), 1000);
    assertThat(tape.quotes).allSatisfy(SyntheticMarketTest::isTwoSidedAndNotCrossed);
    assertThat(tape.depths.getLast().bids()).hasSize(Depth.LEVELS);
    assertThat(exchange.netQty(ANN).get(symbol("ES"))).isBetween(-900_000L, -10_000L);
    assertThat(tape.prints.size() / 600).isLessThan(200);
  }

  @Test
  void quotesAndDepthsAreNeverCloserThanTheirInterval() {
    var exchange = exchange(6, "MNQ");
    run(exchange, Duration.ofSeconds(30), 7);
    for (int i = 1; i < tape.quotes.size(); i++) {
      assertThat(
              Duration.between(tape.quotes.get(i - 1).venueTime(), tape.quotes.get(i).venueTime()))
          .isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }
    for (int i = 1; i < tape.depths.size(); i++) {
      assertThat(
              Duration.between(tape.depths.get(i - 1).venueTime(), tape.depths.get(i).venueTime()))
          .isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void tradeIdsCountFromOneWithoutAGap() {
    run(exchange(6, "ES"), Duration.ofSeconds(30), 50);
    for (int i = 0; i < tape.prints.size(); i++)
      assertThat(tape.prints.get(i).tradeId()).isEqualTo(i + 1L);
  }

  @Test
  void aMachineThatSleptDoesNotPlayTheNightAfterTheFact() {
    var exchange = exchange(6, "ES");
    exchange.advanceTo(START.plusSeconds(5));
    tape.clear();
    exchange.advanceTo(START.plus(Duration.ofHours(8)));
    assertThat(exchange.venueTime()).isEqualTo(START.plus(Duration.ofHours(8)));
    assertThat(tape.quotes.size()).isBetween(50, 250);
    assertThat(tape.quotes.getFirst().venueTime())
        .isAfter(START.plus(Duration.ofHours(8)).minusSeconds(11));
  }

  @Test
  void timeNeverGoesBack() {
    var exchange = exchange(6, "ES");
    exchange.advanceTo(START.plusSeconds(5));
    exchange.advanceTo(START.plusSeconds(4));
    assertThat(exchange.venueTime()).isEqualTo(START.plusSeconds(5));
  }

  /** Twenty seconds with orders of the desk at fixed venue times: all that was said. */
  private List<Object> tradedTape(long seed, int stepMillis) {
    tape.clear();
    events.clear();
    var exchange = exchange(seed, "ES", "GC");
    for (int second = 1; second <= 20; second++) {
      var at = START.plusSeconds(second);
      for (var t = at.minusSeconds(1); t.isBefore(at); t = t.plusMillis(stepMillis))
        exchange.advanceTo(t);
      exchange.advanceTo(at);
      var side = second % 3 == 0 ? Side.SELL : Side.BUY;
      exchange.place(
          NewOrder.market(
              ANN, new ClOrdId("m" + second), symbol("ES"), side, new Qty(5L * second)));
      var mid = Objects.requireNonNull(exchange.quote(symbol("GC")).orElseThrow().bidPx());
      exchange.place(limit("l" + second, "GC", side, 3, mid));
    }
    var all = new ArrayList<Object>(tape.all);
    all.addAll(events);
    return all;
  }

  private SimExchange exchange(long seed, String... roots) {
    var listings = Stream.of(roots).map(SyntheticMarketTest::listing).toList();
    return new SimExchange(
        listings, seed, START, SimMemory.NONE, SimRules.PLAIN, events::add, tape);
  }

  private static void run(SimExchange exchange, Duration how, int stepMillis) {
    var until = exchange.venueTime().plus(how);
    while (exchange.venueTime().isBefore(until))
      exchange.advanceTo(exchange.venueTime().plusMillis(stepMillis));
  }

  private static NewOrder limit(String id, String root, Side side, long lots, Price px) {
    return NewOrder.limit(
        ANN, new ClOrdId(id), symbol(root), side, TimeInForce.DAY, new Qty(lots), px);
  }

  private static Listing listing(String root) {
    return CATALOGUE.front(root, today()).orElseThrow().listing();
  }

  private static Symbol symbol(String root) {
    return listing(root).symbol();
  }

  private static LocalDate today() {
    return LocalDate.of(2026, 11, 22);
  }

  private double averageSpread() {
    return tape.quotes.stream().mapToLong(SyntheticMarketTest::spread).average().orElse(0);
  }

  private static void isTwoSidedAndNotCrossed(Quote quote) {
    assertThat(quote.bidQty().lots()).isPositive();
    assertThat(quote.askQty().lots()).isPositive();
    assertThat(spread(quote)).isPositive();
  }

  private static long spread(Quote quote) {
    return Objects.requireNonNull(quote.askPx()).ticksAbove(Objects.requireNonNull(quote.bidPx()));
  }

  private static long bid(Quote quote) {
    return Objects.requireNonNull(quote.bidPx()).ticks();
  }
}
