package io.tapeline.positions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The position against one that knows no lots, no ticks and no sums: every single contract bought
 * or sold stands in a queue with its decimal price.
 */
class PositionStormTest {
  private static final int FILLS = 55_000;

  static Stream<Arguments> storms() {
    var extra = Long.getLong("storm.seed", 20_260_101L);
    return LongStream.of(extra)
        .boxed()
        .flatMap(seed -> Contracts.ALL.stream().map(contract -> Arguments.of(contract, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("storms")
  void everyFillGivesWhatSingleContractsInAQueueGive(Instrument instrument, long seed) {
    var random = new Random(seed + instrument.symbol().hashCode());
    var naive = new OneByOne(instrument);
    var position = Position.untraded(instrument);
    long ticks = instrument.symbol().root().equals("CL") ? 0 : 10_000;
    int flips = 0;
    for (int seq = 1; seq <= FILLS; seq++) {
      ticks += random.nextInt(9) - 4;
      var side = random.nextBoolean() ? Side.BUY : Side.SELL;
      if (Math.abs(position.netQty()) > 200) side = position.netQty() > 0 ? Side.SELL : Side.BUY;
      long lots = random.nextInt(50) == 0 ? random.nextLong(1, 400) : random.nextLong(1, 10);
      var fee =
          random.nextInt(4) == 0 ? null : new BigDecimal(random.nextInt(500)).movePointLeft(2);
      var fill =
          new Fill(
              seq,
              seq,
              new ExecId("E" + seq),
              new ClOrdId("c"),
              instrument.symbol(),
              side,
              new Qty(lots),
              new Price(ticks),
              fee,
              Contracts.NOON,
              Contracts.NOON);
      long before = position.netQty();

      position = position.plus(fill);
      naive.trade(fill);

      if (before * position.netQty() < 0) flips++;
      assertThat(position.netQty()).as("net after fill %s", seq).isEqualTo(naive.net());
      assertThat(position.realized().amount())
          .as("realised after fill %s", seq)
          .isEqualByComparingTo(naive.realized);
      if (seq % 50 == 0) {
        var mark = new Mark(2 * ticks + random.nextInt(5) - 2, Contracts.NOON);
        assertThat(position.unrealized(mark).amount())
            .as("unrealised after fill %s", seq)
            .isEqualByComparingTo(naive.unrealized(mark.px(instrument)));
        assertThat(position.fees()).isEqualByComparingTo(naive.fees);
        assertTheCashIdentity(position, mark);
      }
    }
    assertThat(flips).as("the storm must flip").isGreaterThan(100);
  }

  private static void assertTheCashIdentity(Position position, Mark mark) {
    var inLots =
        position.lots().stream()
            .map(
                lot ->
                    BigDecimal.valueOf(lot.signedQty())
                        .multiply(
                            mark.px(position.instrument())
                                .subtract(position.instrument().decimal(lot.px()))))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(position.instrument().tickSize())
            .multiply(position.instrument().tickValue().amount());
    assertThat(position.unrealized(mark).amount())
        .as("cash and marks against open lots")
        .isEqualByComparingTo(inLots);
  }

  private static final class OneByOne {
    private final BigDecimal pointValue;
    private final Instrument instrument;
    private final ArrayDeque<BigDecimal> longs = new ArrayDeque<>();
    private final ArrayDeque<BigDecimal> shorts = new ArrayDeque<>();
    private BigDecimal realized = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;

    OneByOne(Instrument instrument) {
      this.instrument = instrument;
      this.pointValue = instrument.tickValue().amount().divide(instrument.tickSize());
    }

    void trade(Fill fill) {
      var px = instrument.decimal(fill.lastPx());
      for (long i = 0; i < fill.lastQty().lots(); i++) {
        if (fill.side() == Side.BUY) {
          if (shorts.isEmpty()) longs.addLast(px);
          else realized = realized.add(shorts.removeFirst().subtract(px).multiply(pointValue));
        } else {
          if (longs.isEmpty()) shorts.addLast(px);
          else realized = realized.add(px.subtract(longs.removeFirst()).multiply(pointValue));
        }
      }
      if (fill.fee() != null) fees = fees.add(fill.fee());
    }

    long net() {
      return (long) longs.size() - shorts.size();
    }

    BigDecimal unrealized(BigDecimal mark) {
      var sum = BigDecimal.ZERO;
      for (var px : longs) sum = sum.add(mark.subtract(px));
      for (var px : shorts) sum = sum.add(px.subtract(mark));
      return sum.multiply(pointValue);
    }
  }
}
