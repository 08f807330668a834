package io.tapeline.market.sim.domain;

import static io.tapeline.model.OrdType.LIMIT;
import static io.tapeline.model.OrdType.MARKET;
import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.model.TimeInForce.DAY;
import static io.tapeline.model.TimeInForce.GTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.SessionState;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Hours, halts and price limits, in a market that opens for the last ten minutes of every hour. */
class SessionsTest {
  private static final Duration TO_THE_CLOSE = Duration.ofMinutes(60);
  private static final Duration TO_THE_OPEN = Duration.ofMinutes(50);

  /** The last ten minutes of every hour. */
  private static final TradingHours LAST_TEN =
      new TradingHours() {
        @Override
        public boolean isOpen(Instant at) {
          return at.getEpochSecond() % 3600 >= 3000;
        }

        @Override
        public Optional<Instant> nextChange(Instant after) {
          long into = after.getEpochSecond() % 3600;
          long hour = after.getEpochSecond() - into;
          return Optional.of(Instant.ofEpochSecond(hour + (into < 3000 ? 3000 : 3600)));
        }
      };

  private final SimDesk desk = desk(SimMemory.NONE, 0);

  @Test
  void outOfHoursNothingIsTakenAndABookIsShown() {
    assertThat(session()).isEqualTo(SessionState.CLOSED);
    assertThat(desk.exchange.quote(SimDesk.ES).orElseThrow().bidPx()).isNotNull();
    assertThat(desk.place(day("a", BUY, 90)).news()).containsExactly("a rejected MARKET_CLOSED");
    desk.after(Duration.ofMinutes(30));
    assertThat(desk.prints()).isEmpty();
  }

  @Test
  void atTheCloseDayOrdersExpireAndOthersWait() {
    desk.after(TO_THE_OPEN).place(day("day", BUY, 90)).place(gtc("good", BUY, 91)).news();
    desk.after(TO_THE_CLOSE.minusMillis(1));
    assertThat(desk.news()).isEmpty();
    assertThat(session()).isEqualTo(SessionState.OPEN);
    assertThat(desk.after(TO_THE_CLOSE).news()).containsExactly("day expired: the session is over");
    assertThat(session()).isEqualTo(SessionState.CLOSED);
    assertThat(desk.exchange.openOrders(SimDesk.ANN)).hasSize(1);
    assertThat(desk.after(TO_THE_OPEN.plusHours(1)).place(day("next", BUY, 90)).news())
        .containsExactly("next accepted");
  }

  @Test
  void whatIsClosedCanStillBeCanceledButNotChanged() {
    desk.after(TO_THE_OPEN).place(gtc("good", BUY, 91)).after(TO_THE_CLOSE).news();
    assertThat(desk.replace("good", 1, 90L, null, null).news())
        .containsExactly("good replace rejected MARKET_CLOSED");
    assertThat(desk.cancel("good").news()).containsExactly("good canceled REQUESTED");
  }

  @Test
  void agentsTradeInHoursAlone() {
    var lively = lively(0);
    play(lively, TO_THE_CLOSE.plusHours(1));
    assertThat(lively.prints())
        .isNotEmpty()
        .allMatch(print -> LAST_TEN.isOpen(print.venueTime()), "in hours");
  }

  @Test
  void aSessionThatEndedWhileNobodyWasThereEndsItsOrdersToo() {
    desk.after(TO_THE_OPEN).place(day("day", BUY, 90)).place(gtc("good", BUY, 91));
    var memory =
        new SimMemory(
            2, List.of(desk.state("day"), desk.state("good")), Map.of(), desk.exchange.tapes());
    var sameSession = new SimDesk(memory, listing(0, false), at(TO_THE_CLOSE.minusSeconds(1)));
    assertThat(sameSession.news()).isEmpty();
    var later = new SimDesk(memory, listing(0, false), at(TO_THE_OPEN.plusHours(1)));
    assertThat(later.news()).containsExactly("day expired: the session is over");
  }

  @Test
  void aHaltIsShownAsOneAndEnds() {
    desk.after(TO_THE_OPEN).exchange.halt(SimDesk.ES, true);
    assertThat(session()).isEqualTo(SessionState.HALTED);
    assertThat(desk.place(day("a", BUY, 90)).news()).containsExactly("a rejected HALTED");
    desk.exchange.halt(SimDesk.ES, false);
    assertThat(session()).isEqualTo(SessionState.OPEN);
    assertThat(desk.place(day("b", BUY, 90)).news()).containsExactly("b accepted");
  }

  @Test
  void noPriceBeyondTheLimitsIsTakenAndNoneIsTradedAt() {
    var limited = desk(SimMemory.NONE, 1).after(TO_THE_OPEN);
    assertThat(limited.place(day("over", BUY, 26_800 + 269)).news())
        .containsExactly("over rejected PRICE_LIMIT");
    assertThat(limited.place(day("at", SELL, 26_800 + 268)).news()).containsExactly("at accepted");
    limited.cancel("at").rests(SELL, 3, 26_800 + 268).news();
    limited.place(market("all", BUY));
    assertThat(limited.news()).last().isEqualTo("all canceled NO_LIQUIDITY");
    assertThat(limited.prints()).last().matches(print -> print.px().ticks() == 26_800 + 268);
    assertThat(limited.prints()).allMatch(print -> print.px().ticks() <= 26_800 + 268);
  }

  @Test
  void whatWaitsBeyondTheLimitsOfANewSessionIsNotTradedWith() {
    var limited = desk(SimMemory.NONE, 1).after(TO_THE_OPEN);
    limited.rests(BUY, 1, 26_800 - 268).rests(SELL, 3, 26_800 + 268).place(market("sold", SELL));
    assertThat(limited.prints()).last().matches(print -> print.px().ticks() == 26_800 - 268);
    limited.after(TO_THE_CLOSE).after(TO_THE_OPEN.plusHours(1)).place(market("bought", BUY));
    assertThat(limited.news()).last().isEqualTo("bought canceled NO_LIQUIDITY");
    assertThat(limited.prints()).allMatch(print -> print.px().ticks() < 26_800 + 268);
  }

  @Test
  void agentsKeepTheLimitsHoweverTheMarketRuns() {
    var limited = lively(0.01);
    play(limited, TO_THE_CLOSE);
    assertThat(limited.prints()).hasSizeGreaterThan(100);
    assertThat(limited.prints())
        .allMatch(print -> Math.abs(print.px().ticks() - 26_800) <= 2, "within two ticks");
  }

  /** In steps the exchange does not sleep over. */
  private static void play(SimDesk desk, Duration until) {
    var step = SimExchange.LONGEST_CATCH_UP;
    for (var at = TO_THE_OPEN.minus(step); at.compareTo(until) <= 0; at = at.plus(step))
      desk.after(at);
  }

  private SessionState session() {
    return desk.exchange.session(SimDesk.ES);
  }

  private static Instant at(Duration time) {
    return SimDesk.START.plus(time);
  }

  private static SimDesk desk(SimMemory memory, double limitPercent) {
    return new SimDesk(memory, listing(limitPercent, false), SimDesk.START);
  }

  private static SimDesk lively(double limitPercent) {
    return new SimDesk(SimMemory.NONE, listing(limitPercent, true), SimDesk.START);
  }

  private static Listing listing(double limitPercent, boolean lively) {
    var character =
        lively
            ? new MarketCharacter(2, 20, 5, 10, 20, 3, 3, 0.05)
            : new MarketCharacter(0, 0.000_1, 0, 30, 60, 5, 3, 0);
    return new Listing(SimDesk.ES, new Price(26_800), character, LAST_TEN, limitPercent);
  }

  private static NewOrder day(String id, Side side, long price) {
    return limit(id, side, DAY, price);
  }

  private static NewOrder gtc(String id, Side side, long price) {
    return limit(id, side, GTC, price);
  }

  /** More than anybody offers. */
  private static NewOrder market(String id, Side side) {
    return SimDesk.order(id, side, MARKET, DAY, 100_000, null, null, null, null, null);
  }

  private static NewOrder limit(String id, Side side, TimeInForce timeInForce, long price) {
    return SimDesk.order(
        id, side, LIMIT, timeInForce, new Qty(2).lots(), price, null, null, null, null);
  }
}
