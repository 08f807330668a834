package io.tapeline.positions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.TapeLine.Fact.Corrected;
import io.tapeline.positions.domain.TapeLine.Fact.Executed;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The position against one that knows no lots, no ticks and no sums: every single contract bought
 * or sold stands in a queue with its decimal price.
 */
class PositionStormTest {
  /** Of each contract; millions with {@code -Dstorm.fills=1000000 -Dstorm.ledgers=3}. */
  private static final int FILLS = Integer.getInteger("storm.fills", 55_000);

  static Stream<Arguments> storms() {
    long first = Long.getLong("storm.seed", 20_260_101L);
    return LongStream.range(first, first + Long.getLong("storm.ledgers", 1))
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
              Contracts.NOON,
              null,
              null);
      long before = position.netQty();

      position = position.plus(fill);
      naive.trade(fill);

      if (before * position.netQty() < 0) flips++;
      // asserted only where it is wrong: words for every one of millions would take the time
      if (position.netQty() != naive.net())
        assertThat(position.netQty()).as("net after fill %s", seq).isEqualTo(naive.net());
      if (position.realized().amount().compareTo(naive.realized) != 0)
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
    assertThat(flips).as("the storm must flip").isGreaterThan(FILLS / 550);
  }

  /**
   * Executions taken back and corrected at random, those corrected before included, in batches of
   * any size: after each the account is what single contracts in queues give that are traded again
   * from the beginning, without the wrong ones.
   */
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("storms")
  void whatIsTakenBackOrCorrectedWasNeverOtherwise(Instrument instrument, long seed) {
    var random = new Random(seed + instrument.symbol().hashCode());
    var account = new AccountId("STORM");
    var place = new Delivery.Place(0, 0);
    var truth = new ArrayList<TapeLine>(); // the last line of each execution that stands, in order
    var batch = new ArrayList<Delivery>();
    batch.add(new Line(place, account, Contracts.named(1, instrument)));
    var state = AccountState.empty(account);
    var table = new LinkedHashMap<ExecId, Fill>();
    int reversals = 0;
    for (int seq = 2; seq <= 1_500; seq++) {
      var px = instrument.decimal(new Price(10_000 + random.nextInt(200))).toPlainString();
      var fee = random.nextInt(4) == 0 ? null : "" + random.nextInt(9);
      TapeLine line;
      if (truth.isEmpty() || random.nextInt(5) > 0) {
        var side = random.nextBoolean() ? Side.BUY : Side.SELL;
        line = Contracts.executed(seq, instrument, side, random.nextLong(1, 10), px, fee);
        truth.add(line);
      } else {
        int which = random.nextInt(truth.size());
        reversals++;
        if (random.nextBoolean()) {
          line = Contracts.busted(seq, truth.remove(which));
        } else {
          long lots = random.nextLong(1, 10);
          line = Contracts.corrected(seq, truth.get(which), "E" + seq, lots, px, fee);
          truth.set(which, line);
        }
      }
      batch.add(new Line(place, account, line));
      if (random.nextInt(6) == 0) batch.add(new Line(place, account, line));
      if (random.nextInt(8) > 0) continue;

      var result =
          BatchFold.fold(
              batch,
              Map.of(account, state)::get,
              BatchFold.Readings.ONCE,
              Map.of(),
              Map.of(account, List.copyOf(table.values())),
              (_, _) -> Totals.NOTHING,
              Contracts.NOON);
      batch.clear();
      var change = result.changes().getFirst();
      state = change.after();
      change.fills().forEach(fill -> table.put(fill.execId(), fill));
      change.reversals().forEach(reversal -> table.remove(reversal.execId()));

      assertThat(state.quarantine()).isNull();
      var position = state.fold().positions().get(instrument.symbol());
      var naive = new OneByOne(instrument);
      for (var standing : truth) naive.trade(standing);
      assertThat(position.netQty()).as("net at %s", seq).isEqualTo(naive.net());
      assertThat(position.realized().amount())
          .as("realised at %s", seq)
          .isEqualByComparingTo(naive.realized);
      assertThat(position.fees()).as("fees at %s", seq).isEqualByComparingTo(naive.fees);
      var mark = new Mark(2 * 10_000 + random.nextInt(400), Contracts.NOON);
      assertThat(position.unrealized(mark).amount())
          .as("unrealised at %s", seq)
          .isEqualByComparingTo(naive.unrealized(mark.px(instrument)));
      assertTheCashIdentity(position, mark);
    }
    assertThat(reversals).as("the storm must take back").isGreaterThan(200);
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
      trade(fill.side(), fill.lastQty(), instrument.decimal(fill.lastPx()), fill.fee());
    }

    void trade(TapeLine line) {
      var executed =
          line.fact() instanceof Corrected corrected ? corrected.now() : (Executed) line.fact();
      trade(executed.side(), executed.lastQty(), executed.lastPx(), executed.fee());
    }

    private void trade(Side side, Qty qty, BigDecimal px, @Nullable BigDecimal fee) {
      for (long i = 0; i < qty.lots(); i++) {
        if (side == Side.BUY) {
          if (shorts.isEmpty()) longs.addLast(px);
          else realized = realized.add(shorts.removeFirst().subtract(px).multiply(pointValue));
        } else {
          if (longs.isEmpty()) shorts.addLast(px);
          else realized = realized.add(px.subtract(longs.removeFirst()).multiply(pointValue));
        }
      }
      if (fee != null) fees = fees.add(fee);
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
