package io.tapeline.market.replay.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same recording and the same inputs at the same places are the same replay. */
class ReplayAgainTest {
  private static final int EVENTS = 4_000;
  private static final List<TimeInForce> TIMES_IN_FORCE =
      List.of(TimeInForce.DAY, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK);

  /** A desk that throws orders at the market between steps, and what it threw. */
  private record Run(Desk desk, List<ReplayInput> inputs) {}

  private static Run play(long tapeSeed, long orderSeed, int stopAfterSteps) {
    var desk = Desk.started(RandomTapes.mbo(tapeSeed, EVENTS));
    var inputs = new ArrayList<ReplayInput>();
    var random = new Random(orderSeed);
    for (int step = 0; step < stopAfterSteps && !desk.replay.isOver(); step++) {
      desk.replay.advance();
      if (random.nextInt(12) == 0) inputs.add(input(desk, random, inputs.size()));
    }
    return new Run(desk, inputs);
  }

  private static ReplayInput input(Desk desk, Random random, int number) {
    var replay = desk.replay;
    if (random.nextBoolean()) {
      replay.passTimeTo(replay.exchange().venueTime().plusNanos(random.nextLong(9_000_000)));
    }
    Instant at = replay.exchange().venueTime();
    if (number > 3 && random.nextInt(4) == 0) {
      var cancel = new CancelOrder(Desk.ACCOUNT, new ClOrdId("o" + random.nextInt(number)), 2);
      replay.exchange().cancel(cancel);
      return new ReplayInput.Cancel(replay.position(), at, cancel);
    }
    var side = random.nextBoolean() ? Side.BUY : Side.SELL;
    Long limit = random.nextInt(4) == 0 ? null : 95 + random.nextLong(12);
    var timeInForce = TIMES_IN_FORCE.get(random.nextInt(TIMES_IN_FORCE.size()));
    var order = Desk.order("o" + number, side, 1 + random.nextLong(12), limit, timeInForce);
    replay.exchange().place(order);
    return new ReplayInput.Place(replay.position(), at, order);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void theSameOrdersAtTheSamePlacesGetTheSameFills(long seed) {
    var first = play(seed, seed + 100, Integer.MAX_VALUE).desk();
    var second = play(seed, seed + 100, Integer.MAX_VALUE).desk();
    assertThat(second.events).isEqualTo(first.events);
    assertThat(second.market).isEqualTo(first.market);
    assertThat(first.events.stream().filter(ExchangeEvent.Filled.class::isInstance).count())
        .isGreaterThan(100);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void marketFactsDoNotDependOnOrders(long seed) {
    var alone = Desk.started(RandomTapes.mbo(seed, EVENTS)).toTheEnd();
    var traded = play(seed, seed + 100, Integer.MAX_VALUE).desk();
    assertThat(traded.market).isEqualTo(alone.market);
    assertThat(traded.replay.facts()).isEqualTo(alone.replay.facts());
  }

  @ParameterizedTest(name = "stopped after {0} steps")
  @ValueSource(ints = {1, 50, 777, 2_500, 4_400})
  void aReplayTakenUpAgainIsWhereItWas(int steps) {
    var stopped = play(9, 99, steps);
    var whole = play(9, 99, Integer.MAX_VALUE);
    var resumed = new Desk(RandomTapes.mbo(9, EVENTS));
    resumed.replay.resume(stopped.inputs(), stopped.desk().replay.position());
    assertThat(resumed.events).isEqualTo(stopped.desk().events);
    assertThat(resumed.market.stream().filter(line -> line.contains("#"))).isEmpty();

    // and goes on as if nothing had been: the rest of the inputs at their places, then all is the
    // same
    for (var input : whole.inputs().subList(stopped.inputs().size(), whole.inputs().size())) {
      while (resumed.replay.position() < input.position()) resumed.replay.advance();
      resumed.replay.apply(input);
    }
    resumed.toTheEnd();
    assertThat(resumed.events).isEqualTo(whole.desk().events);
    assertThat(resumed.replay.facts()).isEqualTo(whole.desk().replay.facts());
    var printed = resumed.market.stream().filter(line -> line.contains("#")).toList();
    var allPrinted = whole.desk().market.stream().filter(line -> line.contains("#")).toList();
    assertThat(allPrinted).endsWith(printed.toArray(String[]::new));
    assertThat(resumed.market).last().isEqualTo(whole.desk().market.getLast());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noOrderGetsMoreThanItAskedForNorBeyondItsLimitAndAllAddsUp(long seed) {
    var run = play(seed, seed, Integer.MAX_VALUE);
    var execIds = new HashSet<String>();
    long net = 0;
    for (var event : run.desk().events) {
      if (!(event instanceof ExchangeEvent.Filled fill)) continue;
      var state = run.desk().replay.exchange().find(Desk.ACCOUNT, fill.clOrdId()).orElseThrow();
      var limit = state.order().price();
      assertThat(execIds.add(fill.execId().value())).isTrue();
      assertThat(limit == null || fill.side().reaches(limit, fill.lastPx())).isTrue();
      assertThat(fill.cumQty().lots() + fill.leavesQty().lots())
          .isEqualTo(state.order().orderQty().lots());
      assertThat(state.cumQty()).isLessThanOrEqualTo(state.order().orderQty());
      net += fill.side().signed(fill.lastQty());
    }
    assertThat(run.desk().replay.exchange().netQty(Desk.ACCOUNT).getOrDefault(Desk.ES, 0L))
        .isEqualTo(net);
  }

  @Test
  void inputsOfOtherRecordingsAreRefused() {
    var resumed = new Desk(Tape.mbo().bid(1, 100, 1));
    var input =
        new ReplayInput.Place(
            99, Instant.EPOCH, Desk.order("a", Side.BUY, 1, null, TimeInForce.DAY));
    assertThatThrownBy(() -> resumed.replay.resume(List.of(input), 99))
        .hasMessage("an input of position 99 cannot be applied at 1: these are other recordings");
  }
}
