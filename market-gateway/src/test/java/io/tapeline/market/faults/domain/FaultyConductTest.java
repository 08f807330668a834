package io.tapeline.market.faults.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.sim.domain.Listing;
import io.tapeline.market.sim.domain.MarketCharacter;
import io.tapeline.market.sim.domain.SimExchange;
import io.tapeline.market.sim.domain.SimMemory;
import io.tapeline.market.sim.domain.SimRules;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultyConductTest {
  private static final Instant START = Instant.parse("2026-11-22T18:00:00Z");
  private static final Symbol ES = new Symbol("ESZ6");
  private static final AccountId ANN = new AccountId("ANN");

  @Test
  void theSameSeedAndTheSameOrdersGiveTheSameTape() {
    var once = tape(3);
    assertThat(once)
        .anyMatch(event -> event instanceof ExchangeEvent.Busted)
        .anyMatch(event -> event instanceof ExchangeEvent.Corrected)
        .anyMatch(event -> event instanceof ExchangeEvent.Rejected)
        .isEqualTo(tape(3));
    assertThat(tape(4)).isNotEqualTo(once);
  }

  @Test
  void whatHappensToOneOrderDoesNotHangOnWhatWasAskedBefore() {
    var dice = new FaultDice(5);
    var forwards = IntStream.range(0, 100).mapToObj(i -> dice.happens(0.3, "ack", i)).toList();
    var backwards =
        IntStream.range(0, 100).mapToObj(i -> dice.happens(0.3, "ack", 99 - i)).toList();
    assertThat(backwards.reversed()).isEqualTo(forwards);
  }

  @Test
  void aShareIsAboutWhatHappens() {
    var dice = new FaultDice(5);
    long happened =
        IntStream.range(0, 10_000).filter(i -> dice.happens(0.3, "ack", "o" + i)).count();
    assertThat(happened).isBetween(2_800L, 3_200L);
    assertThat(dice.happens(0, "ack", 1)).isFalse();
    assertThat(dice.happens(1, "ack", 1)).isTrue();
  }

  @Test
  void aProfileThatCannotBeIsRefused() {
    assertThatThrownBy(() -> FaultPresets.named("unheard-of"))
        .hasMessageContaining("there are [busts, ");
    assertThat(FaultPresets.named("none").withSeed(9).isProper()).isTrue();
    assertThat(FaultPresets.all().values().stream().filter(FaultProfile::isProper)).hasSize(1);
  }

  private static List<ExchangeEvent> tape(long seed) {
    var profile =
        new FaultProfile(
            seed,
            Duration.ZERO,
            Duration.ZERO,
            0,
            0,
            0,
            0,
            0.5,
            0.2,
            List.of("2", "3"),
            0.3,
            0.3,
            Duration.ofMillis(200),
            0.5,
            false,
            false,
            BookFault.NONE,
            Duration.ZERO);
    var events = new ArrayList<ExchangeEvent>();
    var character = new MarketCharacter(1, 50, 5, 30, 60, 5, 3, 0.05);
    var exchange =
        new SimExchange(
            List.of(new Listing(ES, new Price(26_800), character)),
            1,
            START,
            SimMemory.NONE,
            SimRules.PLAIN,
            events::add,
            new Nobody());
    exchange.behave(new FaultyConduct(profile, _ -> {}));
    for (int i = 0; i < 60; i++) {
      exchange.advanceTo(START.plusMillis(50L * i));
      var id = new ClOrdId("o" + i);
      var side = i % 2 == 0 ? Side.BUY : Side.SELL;
      if (i % 3 == 0) {
        exchange.place(
            NewOrder.limit(ANN, id, ES, side, TimeInForce.GTC, new Qty(3), new Price(26_800)));
        exchange.cancel(new CancelOrder(ANN, id, 2));
      } else {
        exchange.place(NewOrder.market(ANN, id, ES, side, new Qty(3)));
      }
    }
    exchange.advanceTo(START.plusSeconds(5));
    return events;
  }

  private record Nobody() implements MarketListener {
    @Override
    public void quote(Quote quote) {}

    @Override
    public void depth(Depth depth) {}

    @Override
    public void print(Print print) {}
  }
}
