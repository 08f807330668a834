package io.tapeline.market.sim.domain;

import static io.tapeline.model.OrdType.LIMIT;
import static io.tapeline.model.OrdType.MARKET;
import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.model.TimeInForce.GTC;
import static io.tapeline.model.TimeInForce.IOC;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.Protection;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Orders that bring their bracket, at an exchange that keeps brackets. */
class BracketsTest {
  private static final SimRules KEPT = new SimRules(false, true);

  private final SimDesk desk = new SimDesk(KEPT, SimMemory.NONE);

  @Test
  void whatFillsIsProtectedOnBothSidesOfItsPrice() {
    desk.rests(SELL, 2, 100).place(entry("e", BUY, MARKET, IOC, 2, null));
    assertThat(desk.news())
        .containsExactly("e accepted", "e filled 2 at 100", "e.sl accepted", "e.tp1 accepted");
    assertThat(desk.state("e.sl").order()).isEqualTo(leg("e.sl", SELL, OrdType.STOP, null, 92L, 2));
    assertThat(desk.state("e.tp1").order()).isEqualTo(leg("e.tp1", SELL, LIMIT, 110L, null, 2));
  }

  @Test
  void whatSellsIsProtectedTheOtherWayRound() {
    desk.rests(BUY, 1, 100).place(entry("e", SELL, MARKET, IOC, 1, null));
    assertThat(desk.level("e.sl")).isEqualTo(108);
    assertThat(desk.state("e.tp1").order().price().ticks()).isEqualTo(90);
  }

  @Test
  void legsGrowWithWhatFillsAndNothingProtectsWhatDoesNot() {
    desk.place(entry("e", BUY, LIMIT, GTC, 5, 100L));
    assertThat(desk.news()).containsExactly("e accepted");
    desk.rests(SELL, 2, 100);
    assertThat(desk.state("e.sl").order().orderQty().lots()).isEqualTo(2);
    desk.rests(SELL, 1, 100);
    assertThat(desk.state("e.sl").order().orderQty().lots()).isEqualTo(3);
    assertThat(desk.state("e.tp1").order().orderQty().lots()).isEqualTo(3);
    desk.cancel("e");
    assertThat(desk.state("e.sl").status().isWorking()).isTrue();
  }

  @Test
  void oneLegsFillIsTheOthersEnd() {
    desk.rests(SELL, 2, 100).place(entry("e", BUY, MARKET, IOC, 2, null)).news();
    desk.rests(BUY, 1, 110);
    assertThat(desk.news()).containsExactly("e.tp1 filled 1 at 110", "e.sl replaced null: 1");
    desk.rests(BUY, 1, 110);
    assertThat(desk.news()).containsExactly("e.tp1 filled 1 at 110", "e.sl canceled OCO");
  }

  @Test
  void aStopThatIsReachedTakesTheProfitOrderAway() {
    desk.rests(SELL, 1, 100).place(entry("e", BUY, MARKET, IOC, 1, null)).news();
    desk.rests(BUY, 5, 91).tradeAt(92);
    assertThat(desk.news())
        .containsExactly("e.sl triggered", "e.sl filled 1 at 91", "e.tp1 canceled OCO");
    assertThat(desk.exchange.netQty(SimDesk.ANN)).isEmpty();
  }

  @Test
  void aBracketOutlivesARestart() {
    desk.place(entry("e", BUY, LIMIT, GTC, 2, 100L)).rests(SELL, 1, 100).news();
    var memory =
        new SimMemory(
            10,
            List.of(desk.state("e"), desk.state("e.sl"), desk.state("e.tp1")),
            Map.of(),
            desk.exchange.tapes());
    var again = new SimDesk(KEPT, memory);
    again.rests(SELL, 1, 100);
    assertThat(again.news())
        .containsExactly("e filled 1 at 100", "e.sl replaced null: 2", "e.tp1 replaced null: 2");
    again.rests(BUY, 2, 110);
    assertThat(again.news()).containsExactly("e.tp1 filled 2 at 110", "e.sl canceled OCO");
  }

  @Test
  void aChangeOfTheEntryKeepsItsBracket() {
    desk.place(entry("e", BUY, LIMIT, GTC, 2, 90L)).replace("e", 2, 100L, null, null);
    desk.news();
    desk.rests(SELL, 2, 100);
    assertThat(desk.news()).containsExactly("e filled 2 at 100", "e.sl accepted", "e.tp1 accepted");
  }

  @Test
  void whereNoBracketsAreKeptAnOrderThatBringsOneIsRefused() {
    var plain = new SimDesk().rests(SELL, 2, 100);
    assertThat(plain.place(entry("e", BUY, MARKET, IOC, 2, null)).news())
        .containsExactly("e rejected UNSUPPORTED");
  }

  private static NewOrder entry(
      String id, Side side, OrdType type, TimeInForce timeInForce, long lots, Long price) {
    return SimDesk.order(id, side, type, timeInForce, lots, price, null, null, null, null)
        .with(
            new Protection(
                new Protection.Leg(new ClOrdId(id + ".sl"), 8),
                new Protection.Leg(new ClOrdId(id + ".tp1"), 10)));
  }

  private static NewOrder leg(
      String id, Side side, OrdType type, Long price, Long stop, long lots) {
    return SimDesk.order(id, side, type, GTC, lots, price, stop, null, null, "~e");
  }
}
